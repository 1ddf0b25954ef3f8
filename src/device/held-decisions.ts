import type { ChangeBody, Verdict } from '#domain/change.ts'
import type { ChangeId, EntryId, Instant } from '#domain/ids.ts'
import type { Result } from '#domain/result.ts'
import type { SaveProblem } from '#device/device.ts'
import type { Watch } from '#device/watch.ts'

export interface DecisionInput {
  readonly entryId: EntryId
  /** The public name, so that it can be spoken of without the entry at hand. */
  readonly ref: string
  readonly base: ChangeId
  readonly body: ChangeBody<'decide'>
  /** Up to where the server's log was known when the entry was read; null when that is not known. */
  readonly asOf: LogPlace | null
}

/** A place in the server's log. After a restore the places of before and of after say nothing about each other. */
export interface LogPlace {
  readonly epoch: string
  readonly seq: number
}

/** Why a held decision does not go out by itself: somebody else was first, or the author has changed the entry. */
export interface Rival {
  readonly name: string | null
  readonly verdict: Verdict | null
}

/**
 * A decision that was made and has not gone into the outbox. It is kept on the disk: a desk that is closed meanwhile has it,
 * and it goes out at the next start.
 */
export interface HeldDecision extends DecisionInput {
  /** That of the change it becomes. */
  readonly id: ChangeId
  readonly decidedAt: Instant
  /** Those that were made together have the same: the id of the first of them. */
  readonly batch: ChangeId
  /** Milliseconds since 1970. */
  readonly sendAt: number
  /** Null while nothing speaks against it; one that was stopped is never sent as it is. */
  readonly rival: Rival | null
}

/** A decision that has gone out, as long as nobody knows whether it met another one: on a day without a connection that is known only later. */
export interface SentDecision {
  readonly id: ChangeId
  readonly entryId: EntryId
  readonly ref: string
  readonly verdict: Verdict
  /** It lies in the outbox still: the server has not proved to hold it. */
  readonly isWaiting?: true
}

/** Why a decision is refused whose entry waits with another one already. */
export const alreadyHeld = { kind: 'storage-failed', name: 'already-held' } as const satisfies SaveProblem

/** hold ──► send, or take back: each is one transaction, so that a decision is wholly there or not at all, whatever is closed when. */
export interface HeldDecisions {
  readonly list: Watch<readonly HeldDecision[]>
  /** All of them or none: none where one of the entries waits with a decision already that nothing speaks against, or that has not reached the server. */
  readonly hold: (decisions: readonly DecisionInput[], forMs: number) => Promise<Result<readonly ChangeId[], SaveProblem>>
  /** Says which of them were still here: the others have gone into the outbox and stay. */
  readonly takeBack: (ids: readonly ChangeId[]) => Promise<readonly ChangeId[]>
  readonly stop: (id: ChangeId, rival: Rival) => Promise<void>
  /** Into the outbox, those that are still here and were not stopped. */
  readonly send: (ids: readonly ChangeId[]) => Promise<Result<readonly ChangeId[], SaveProblem>>
}
