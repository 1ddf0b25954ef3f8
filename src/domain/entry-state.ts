import type { ChangeOf, Verdict } from '#domain/change.ts'
import type { EntryContent, Kind } from '#domain/entry.ts'
import type { ChangeId, DeviceId, EntryId, Instant, MemberId, QuestionId, Ref, Sha256 } from '#domain/ids.ts'
import type { ReviewState } from '#domain/review.ts'

/** What a coordinator laid beside the original: the value, and who laid it there by which change. */
export interface Correction {
  readonly value: unknown
  readonly change: ChangeId
  readonly memberId: MemberId
}

export interface Question {
  readonly id: QuestionId
  readonly field: string
  readonly text: string
  readonly askedBy: MemberId
  readonly askedAt: Instant | null
  readonly decision: ChangeId
  /** The revision that answered it, or null while it waits. */
  readonly answeredBy: ChangeId | null
  /** No longer waiting: answered and decided, or overtaken by another verdict. */
  readonly settled: boolean
}

export interface Decision {
  readonly change: ChangeId
  readonly verdict: Verdict
  readonly revision: ChangeId
  readonly reason: string | undefined
  readonly memberId: MemberId
  readonly at: Instant | null
  /** False when the state at that point did not allow it, or the revision was no longer the latest. */
  readonly applied: boolean
  readonly grades: ChangeOf<'decide'>['body']['grades']
}

/** Two values for one field that were written unaware of each other; the later `seq` shows until a person settles it. */
export interface Conflict {
  readonly field: string
  readonly values: readonly { readonly change: ChangeId; readonly value: unknown }[]
}

export interface Comment {
  readonly change: ChangeId
  readonly memberId: MemberId
  readonly text: string
  readonly lang: string
  readonly at: Instant | null
  readonly replyTo: ChangeId | undefined
}

export interface Link {
  readonly change: ChangeId
  readonly to: EntryId
  readonly kind: ChangeOf<'link'>['body']['kind']
  readonly coverage: ChangeOf<'link'>['body']['coverage']
  readonly memberId: MemberId
}

/** One step that the author sees on the entry's trail. `seq` null: it is still only on this device. */
export interface TrailStep {
  readonly step: 'recorded' | 'received' | 'revised' | 'approve' | 'askBack' | 'reject' | 'reopen' | 'withdrawn' | 'corrected'
  readonly change: ChangeId
  readonly memberId: MemberId
  readonly at: Instant | null
  readonly seq: number | null
  readonly reason?: string | undefined
}

/** An entry as the fold of its changes. */
export interface EntryState {
  readonly id: EntryId
  readonly kind: Kind
  readonly ref: Ref | null
  readonly author: MemberId
  readonly device: DeviceId
  readonly content: EntryContent
  readonly corrections: Readonly<Record<string, Correction>>
  /** The id of the last record, revise or correct. */
  readonly revision: ChangeId
  /** What the next change takes as its base: the last one that the server has, or the record. What only this device has is known to it anyway. */
  readonly head: ChangeId
  readonly review: ReviewState
  readonly contested: boolean
  /** The last approved revision stays citable after later edits. */
  readonly approved: { readonly revision: ChangeId; readonly contentHash: Sha256; readonly content: EntryContent; readonly corrections: EntryState['corrections']; readonly by: MemberId; readonly at: Instant | null } | null
  readonly questions: readonly Question[]
  readonly decisions: readonly Decision[]
  readonly conflicts: readonly Conflict[]
  readonly comments: readonly Comment[]
  readonly links: readonly Link[]
  readonly trail: readonly TrailStep[]
  readonly withdrawReason: string | undefined
  readonly recordedAt: Instant
  readonly receivedAt: Instant | null
  /** The highest seq that took part, or null while nothing is known by the server. */
  readonly seq: number | null
  /** Files that the server has proved to hold. */
  readonly storedFiles: readonly Sha256[]
}
