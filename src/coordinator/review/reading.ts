import type { HeldDecision, LogPlace, Rival } from '#device/held-decisions.ts'
import { changeFrom } from '#domain/change.ts'
import type { KnownChange, Verdict } from '#domain/change.ts'
import { sensitivityOf } from '#domain/disclosure.ts'
import type { Decision, EntryState, Question } from '#domain/entry-state.ts'
import { countingChanges, foldEntry } from '#domain/fold.ts'
import { revisionContent } from '#domain/fold-decision.ts'
import type { ChangeId, EntryId, MemberId, Sha256 } from '#domain/ids.ts'
import { secondReading } from '#domain/second-reading.ts'
import { hashContent } from '#protocol/chain.ts'
import type { Digest } from '#protocol/chain.ts'
import type { EntryResponse, EntryRow } from '#protocol/desk.ts'
import type { Member } from '#protocol/membership.ts'

/** One entry as the coordinator reads it: the fold of what the server sent, and the hash that a decision carries. */
export interface Reading {
  readonly entry: EntryState
  readonly row: EntryRow
  readonly history: readonly KnownChange[]
  readonly members: ReadonlyMap<string, Member>
  readonly files: readonly string[]
  /** Who wrote the entries that this one is tied to. */
  readonly linkedAuthors: ReadonlyMap<EntryId, MemberId>
  /** Null when the server's hash is not that of what was folded here: then nobody may decide on it. */
  readonly contentHash: Sha256 | null
  /** Changes of a kind or version that this app does not know. */
  readonly unknownChanges: number
  /** Per step, its place in its device's chain and whether a seal covers it; nothing where the server did not say. */
  readonly proofs: ReadonlyMap<ChangeId, { readonly deviceSeq: number; readonly proven: boolean }>
  /** Up to where the server's log was known when this was asked for; null when it was not. */
  readonly asOf: LogPlace | null
  /** Somebody has decided, and this reader is the second: what was decided is left out until they have given a verdict of their own. */
  readonly isSecond: boolean
  /** Why nobody gets a question on it; null as far as is known. */
  readonly unreachable: EntryResponse['unreachable'] | null
}

export async function readEntry(response: EntryResponse, digest: Digest, { asOf, reader }: { readonly asOf: LogPlace | null; readonly reader: MemberId }): Promise<Reading | null> {
  const changes = response.changes.flatMap((item) => {
    const change = changeFrom(item.change)
    const { seq, deviceId, memberId, receivedAt, ref } = item
    return change === null ? [] : [{ change, seq, deviceId, memberId, receivedAt, ref, quarantined: item.quarantined !== undefined }]
  })
  const whole = foldEntry(changes)
  if (whole === null) return null
  const own = await hashContent(whole, digest)
  const before = beforeFirstVerdict({ entry: whole, row: response.row, history: countingChanges(changes), reader })
  const entry = before === null ? whole : foldEntry(before)
  if (entry === null) return null
  return {
    isSecond: before !== null,
    unreachable: response.unreachable ?? null,
    entry,
    row: response.row,
    history: before ?? countingChanges(changes),
    members: new Map(response.members.map((member) => [member.id, member] as const)),
    files: response.files,
    linkedAuthors: new Map(Object.entries(response.linkedAuthors ?? {}) as [EntryId, MemberId][]),
    contentHash: own === response.contentHash ? own : null,
    proofs: new Map(response.changes.flatMap(({ change, proven }) => (proven === undefined ? [] : [[change.id, { deviceSeq: change.deviceSeq, proven }] as const]))),
    unknownChanges: response.changes.length - changes.length,
    asOf,
  }
}

/**
 * The changes up to the verdict that a second reader must not know; null for everybody else. The second verdict is based on the
 * last of them, so that the fold takes it for what it is: given unaware of the first.
 */
function beforeFirstVerdict({ entry, row, history, reader }: { readonly entry: EntryState; readonly row: EntryRow; readonly history: readonly KnownChange[]; readonly reader: MemberId }): readonly KnownChange[] | null {
  const reading = secondReading(entry)
  if (row.second?.state !== 'wanted' || reading?.state !== 'alone' || reading.first.memberId === reader) return null
  const place = history.findIndex(({ change }) => change.id === reading.first.change)
  return place <= 0 ? null : history.slice(0, place)
}

/**
 * The same entry with a correction that was kept on this device: a decision after it goes out behind it, so it is one on the corrected words.
 * `known` has no seq, as the server does not have it yet.
 */
export async function withCorrection(reading: Reading, known: KnownChange, { digest, member }: { readonly digest: Digest; readonly member: Member }): Promise<Reading> {
  const history = countingChanges([...reading.history, known])
  const entry = foldEntry(history)
  if (entry === null) return reading
  // Only where somebody has set the level does it not depend on what the campaign takes for granted.
  const row = entry.corrections['sensitivity'] === undefined ? reading.row : { ...reading.row, sensitivity: sensitivityOf(entry) }
  const members = new Map([...reading.members, [member.id, member] as const])
  return { ...reading, entry, row, history, members, contentHash: reading.contentHash === null ? null : await hashContent(entry, digest) }
}

/** Whether something that was laid over it here has not arrived, as far as this reading goes. */
export function hasUnsent({ history }: Pick<Reading, 'history'>): boolean {
  return history.some(({ seq }) => seq === null)
}

/** What has become of an entry between what was read and what the server says now. */
export type Movement = { readonly kind: 'same' } | { readonly kind: 'revised' } | { readonly kind: 'withdrawn' } | { readonly kind: 'decided'; readonly decision: Decision }

/** What has become of what stands on the screen. */
export interface Moved {
  readonly movement: Exclude<Movement, { readonly kind: 'same' }>
  /** The colleague who decided last since, or whose correction is all that came; null where it is unknown, or the author wrote. */
  readonly name: string | null
  /** What was decided at this desk since, and had arrived. */
  readonly own: Verdict | null
}

export function movedBetween(before: Reading, now: Reading, me: MemberId): Moved | null {
  const movement = movementBetween(before, now)
  if (movement.kind === 'same') return null
  const since = now.entry.decisions.slice(before.entry.decisions.length)
  const by = movement.kind === 'decided' ? movement.decision.memberId : movement.kind === 'revised' ? correctorSince(before, now) : null
  return { movement, name: by === null ? null : (now.members.get(by)?.name ?? null), own: since.findLast(({ memberId }) => memberId === me)?.verdict ?? null }
}

/** Whose correction came last, where the author wrote nothing. */
function correctorSince({ history: before }: Reading, { history, entry }: Reading): MemberId | null {
  const known = new Set(before.map(({ change }) => change.id))
  const since = history.filter(({ change }) => !known.has(change.id))
  if (since.some(({ change, memberId }) => memberId === entry.author && change.type !== 'comment')) return null
  return since.findLast(({ change }) => change.type === 'correct')?.memberId ?? null
}

type Standing = Pick<Reading, 'entry' | 'contentHash'>

export function movementBetween({ entry: read, contentHash }: Standing, { entry: now, contentHash: hash }: Standing): Movement {
  // Whatever else has come: whoever has the words before them must know that they are not to be used.
  if (now.review === 'withdrawn' && read.review !== 'withdrawn') return { kind: 'withdrawn' }
  // Behind a correction of one's own that has not gone out the revision is the same, whatever the author has written before it.
  const isOther = contentHash !== null && hash !== null && contentHash !== hash
  if (isOther || read.revision !== now.revision) return { kind: 'revised' }
  const decision = now.decisions.slice(read.decisions.length).at(-1)
  if (decision !== undefined) return { kind: 'decided', decision }
  return read.review === now.review ? { kind: 'same' } : { kind: 'revised' }
}

/**
 * What speaks against sending a decision that was made on `base`: another verdict, other words, or a withdrawal behind it. Behind a correction
 * of one's own the revision is the same, and the words are not where the author has written others meanwhile.
 */
export function rivalOf({ entry, history, members, contentHash, isSecond }: Pick<Reading, 'entry' | 'history' | 'members' | 'contentHash' | 'isSecond'>, { base, body }: Pick<HeldDecision, 'base' | 'body'>): Rival | null {
  const place = history.findIndex(({ change }) => change.id === base)
  const later = place === -1 ? [] : history.slice(place + 1)
  const decided = later.findLast(({ change }) => change.type === 'decide')
  if (decided?.change.type === 'decide') return { name: members.get(decided.memberId)?.name ?? null, verdict: decided.change.body.verdict }
  // A second reader's question would stand against a verdict that is in force; a verdict of theirs is what is wanted.
  if (isSecond && body.verdict === 'askBack') return { name: null, verdict: null }
  const isOther = entry.revision !== body.revision || (contentHash !== null && contentHash !== body.contentHash) || later.some(({ change }) => change.type === 'withdraw')
  return isOther ? { name: null, verdict: null } : null
}

/** The questions that were put on a field, oldest first, with the value they were asked about and the value that answered. */
export interface AskedBefore {
  readonly question: Question
  readonly before: unknown
  readonly after: unknown
}

export function askedBefore(reading: Reading, field: string): readonly AskedBefore[] {
  const { entry, history } = reading
  return entry.questions.filter((question) => question.field === field).map((question) => {
    const decision = entry.decisions.find(({ change }) => change === question.decision)
    return {
      question,
      before: decision === undefined ? undefined : valueAt(entry, history, decision.revision, field),
      after: question.answeredBy === null ? undefined : valueAt(entry, history, question.answeredBy, field),
    }
  })
}

function valueAt(entry: EntryState, history: readonly KnownChange[], revision: ChangeId, field: string): unknown {
  const { content } = revisionContent({ entry, history }, revision)
  return (content as Readonly<Record<string, unknown>>)[field]
}

/** 1 for the entry as recorded, one more for each revision or correction since. */
export function revisionNumber({ history }: Pick<Reading, 'history'>): number {
  return history.filter(({ change }) => change.type === 'record' || change.type === 'revise' || change.type === 'correct').length
}
