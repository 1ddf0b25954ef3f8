import { changeFrom } from '#domain/change.ts'
import type { ChangeBody, ChangeType } from '#domain/change.ts'
import type { EntryContent } from '#domain/entry.ts'
import { foldEntry } from '#domain/fold.ts'
import type { ChangeId, DeviceId, EntryId, Instant, MemberId, QuestionId, Ref, Sha256 } from '#domain/ids.ts'
import type { EntryResponse, EntryRow } from '#protocol/desk.ts'

const uuid = (kind: string, number: number): string => `00000000-0000-7000-8000-${kind}${String(number).padStart(12 - kind.length, '0')}`

/** Ids that a test can name. */
export const deskIds = {
  entry: (number: number) => uuid('e', number) as EntryId,
  change: (number: number) => uuid('c', number) as ChangeId,
  member: (number: number) => uuid('a', number) as MemberId,
  question: (number: number) => uuid('b', number) as QuestionId,
  device: (number: number) => uuid('d', number) as DeviceId,
} as const

export interface DeskEntry {
  readonly unreachable?: EntryResponse['unreachable']
  readonly row: EntryRow
  readonly changes: EntryResponse['changes']
}

/** One step after the record; `by` 1 is Ruth, 2 is Jean, above is an author. Its change id is 100 × entry + its place. */
export interface DeskStep<Type extends ChangeType = ChangeType> {
  readonly type: Type
  readonly body: ChangeBody<Type>
  readonly by: number
  readonly at?: string
  /** Whoever wrote it had not seen the step before. */
  readonly isUnaware?: true
}

export interface DeskEntryPlan {
  readonly number: number
  readonly content: EntryContent
  readonly author?: string
  readonly organisation?: string
  readonly recordedAt?: string
  readonly receivedAt?: string
  readonly steps?: readonly DeskStep[]
  readonly warnings?: readonly string[]
  readonly sensitivity?: string
  readonly found?: { readonly field: string; readonly text: string }
}

/** An entry as the server would answer: its changes, and a row that is read off their fold. */
export function aDeskEntry(plan: DeskEntryPlan): DeskEntry {
  const { number, content, steps = [], recordedAt = '2026-02-26T18:40:00Z', receivedAt = '2026-03-01T07:12:00Z' } = plan
  const id = deskIds.entry(number)
  const ref = `${content.kind === 'challenge' ? 'C' : 'A'}-${String(number).padStart(6, '0')}` as Ref
  const author = deskIds.member(10 + number)
  const all: readonly DeskStep[] = [{ type: 'record', body: { content }, by: 10 + number, at: receivedAt }, ...steps]
  const changes = all.map((step, index) => ({
    seq: number * 100 + index,
    deviceId: deskIds.device(step.by),
    memberId: deskIds.member(step.by),
    receivedAt: (step.at ?? receivedAt) as Instant,
    ...(index === 0 ? { ref } : {}),
    change: {
      v: 1 as const, id: deskIds.change(number * 100 + index), entryId: id, deviceSeq: index + 1, type: step.type,
      base: index === 0 ? null : deskIds.change(number * 100 + Math.max(0, index - (step.isUnaware === true ? 2 : 1))), body: step.body, salt: 'A'.repeat(22), recordedAt: (index === 0 ? recordedAt : (step.at ?? receivedAt)) as Instant, appVersion: '0.1.0',
    },
  }))
  const entry = foldEntry(changes.flatMap((item) => {
    const change = changeFrom(item.change)
    return change === null ? [] : [{ ...item, change }]
  }))
  if (entry === null) throw new Error('the content does not fit its schema')
  const now = entry.content
  return {
    changes,
    row: {
      id, ref, kind: now.kind, state: entry.review, contested: entry.contested, hasConflict: entry.conflicts.length > 0,
      answered: entry.questions.some(({ answeredBy, settled }) => answeredBy !== null && !settled),
      topic: now.topic, severity: now.kind === 'challenge' ? now.severity : null, actionStatus: now.kind === 'action' ? now.status : null,
      country: now.country, adm1: now.adm1Code ?? now.adm1Name ?? null, place: now.placeName ?? null, observedOn: now.observedOn, receivedAt: receivedAt as Instant,
      text: now.description ?? '', lang: now.lang, photos: now.photos?.length ?? 0, sensitivity: plan.sensitivity ?? 'moderate',
      author: { id: author, name: plan.author ?? 'Marie', ...(plan.organisation === undefined ? {} : { organisation: plan.organisation }) },
      warnings: [...(plan.warnings ?? [])],
      ...(plan.found === undefined ? {} : { found: { ...plan.found } }),
    },
  }
}

export const someHash = 'a'.repeat(64) as Sha256
