import type { Change, ChangeOf, KnownChange } from '#domain/change.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { applyCorrection } from '#domain/fold-correction.ts'
import { applyDecision } from '#domain/fold-decision.ts'
import { applyRevision } from '#domain/fold-revision.ts'
import type { Folding } from '#domain/folding.ts'
import { nextReview } from '#domain/review.ts'

/**
 * The state of an entry: a fold of its changes in `seq` order, local ones last. Pure, and the same in the browser,
 * on the server and in the tests; it never reads a clock. Returns null when no `record` counts (yet).
 */
export function foldEntry(changes: readonly KnownChange[]): EntryState | null {
  const history = countingChanges(changes)
  const positions = new Map(history.map((known, index) => [known.change.id, index] as const))
  let entry: EntryState | null = null
  for (const known of history) {
    if (entry !== null) entry = applyChange({ entry, positions, history }, known)
    else if (known.change.type === 'record') entry = recordedEntry(known, known.change)
  }
  return entry
}

/**
 * The changes that count, in the order in which they count: by seq, what is only here last and by deviceSeq. What came before its entry, was
 * set aside and released since, counts behind the record: before it there is nothing that it could be said of.
 */
export function countingChanges(changes: readonly KnownChange[]): readonly KnownChange[] {
  const inOrder = inServerOrder(changes)
  const begin = inOrder.findIndex(({ change }) => change.type === 'record')
  const isEarly = (known: KnownChange, index: number): boolean => index < begin && known.quarantined === true
  if (!inOrder.some(isEarly)) return inOrder
  const before = inOrder.filter((known, index) => index <= begin && !isEarly(known, index))
  return [...before, ...inOrder.filter(isEarly), ...inOrder.slice(begin + 1)]
}

function inServerOrder(changes: readonly KnownChange[]): readonly KnownChange[] {
  const released = new Set(changes.flatMap(({ change, quarantined }) => (change.type === 'release' && quarantined !== true ? [change.body.change] : [])))
  return changes
    .filter((known) => known.quarantined !== true || released.has(known.change.id))
    .sort((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity) || a.change.deviceSeq - b.change.deviceSeq)
}

function recordedEntry(known: KnownChange, change: ChangeOf<'record'>): EntryState {
  const { content } = change.body
  const step = { change: change.id, memberId: known.memberId, seq: known.seq }
  return {
    id: change.entryId, kind: content.kind, ref: known.ref ?? null, author: known.memberId, device: known.deviceId,
    content, corrections: {}, revision: change.id, head: change.id, review: 'received', contested: false, approved: null,
    questions: [], decisions: [], conflicts: [], comments: [], links: [], storedFiles: [], withdrawReason: undefined,
    trail: [
      { ...step, step: 'recorded', at: change.recordedAt },
      ...(known.seq === null ? [] : [{ ...step, step: 'received' as const, at: known.receivedAt }]),
    ],
    recordedAt: change.recordedAt, receivedAt: known.receivedAt, seq: known.seq,
  }
}

function applyChange(folding: Folding, known: KnownChange): EntryState {
  const entry = applyBody(folding, known, known.change)
  return known.seq === null ? entry : { ...entry, head: known.change.id, seq: Math.max(entry.seq ?? 0, known.seq) }
}

function applyBody(folding: Folding, known: KnownChange, change: Change): EntryState {
  const { entry } = folding
  const who = { change: change.id, memberId: known.memberId, at: known.receivedAt ?? change.recordedAt }
  switch (change.type) {
    case 'record':
      return entry
    case 'release':
      // A record that was quarantined gets its ref with its release.
      return entry.ref === null && known.ref !== undefined ? { ...entry, ref: known.ref } : entry
    case 'erase':
      return { ...entry, review: 'withdrawn', trail: [...entry.trail, { ...who, step: 'withdrawn', seq: known.seq }] }
    case 'revise':
      return applyRevision(folding, { ...known, change })
    case 'decide':
      return applyDecision(folding, { ...known, change })
    case 'correct':
      return applyCorrection(folding, { ...known, change })
    case 'withdraw':
      return {
        ...entry, review: nextReview(entry.review, 'withdraw') ?? entry.review, withdrawReason: change.body.reason,
        trail: [...entry.trail, { ...who, step: 'withdrawn', seq: known.seq, reason: change.body.reason }],
      }
    case 'comment':
      return { ...entry, comments: [...entry.comments, { ...who, text: change.body.text, lang: change.body.lang, replyTo: change.body.replyTo }] }
    case 'link':
      return { ...entry, links: [...entry.links, { change: change.id, to: change.body.to, kind: change.body.kind, coverage: change.body.coverage, memberId: known.memberId }] }
    case 'unlink':
      return { ...entry, links: entry.links.filter((link) => link.change !== change.body.link) }
    case 'fileStored':
      return { ...entry, storedFiles: [...entry.storedFiles, change.body.sha256] }
  }
}
