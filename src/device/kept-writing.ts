import type { ChangeOf } from '#domain/change.ts'
import type { WrittenPart } from '#domain/written-report.ts'
import type { SaveProblem } from '#device/device.ts'
import type { SentDecision } from '#device/held-decisions.ts'
import type { ChangeId } from '#domain/ids.ts'
import type { Watch } from '#device/watch.ts'
import type { Result } from '#domain/result.ts'
import type { PublishRequest } from '#protocol/written-report.ts'

/** A finding or priority of the report as it is being written here: its words may be missing or unfinished. */
export interface KeptPart {
  readonly part: WrittenPart
  readonly place: number
  /** The server's version that it rests on; 0 for one that the server has never had. */
  readonly was: number
}

/** A correction of a published issue as it is being written. It keeps its id, so that the same line sent twice is one. */
export interface KeptCorrection {
  readonly id: string
  readonly text: string
  readonly lang: string
}

/** What coordinators have typed into the report, or corrected of entries, and the server does not have yet, on the disk of this device; and what of theirs went out without an end that they know. */
export interface KeptWriting {
  /** Corrections that wait, of this window and of others on the same device, in the order in which they go out. */
  readonly unsent: Watch<readonly ChangeOf<'correct'>[]>
  /** Decisions that went out and of which the desk has not seen what became of them, also when it was closed meanwhile. */
  readonly sentDecisions: Watch<readonly SentDecision[]>
  /** It was seen that they hold, or somebody was told that they do not. */
  readonly seen: (ids: readonly ChangeId[]) => Promise<void>
  readonly read: () => Promise<readonly KeptPart[]>
  /** Durable when it resolves. */
  readonly keep: (one: KeptPart) => Promise<Result<null, SaveProblem>>
  /** Goes only if it is still what is kept: another window may have written on. */
  readonly forget: (one: KeptPart) => Promise<void>
  /** `of` names the issue and the sentence. */
  readonly correction: (of: string) => Promise<KeptCorrection | null>
  /** Durable when it resolves; null: it was sent, or is not wanted. */
  readonly keepCorrection: (of: string, one: KeptCorrection | null) => Promise<Result<null, SaveProblem>>
  /** What was begun at entries, of this window and of others on the same device, by what it is written on. */
  readonly begun: Watch<Readonly<Record<string, unknown>>>
  /** Durable when it resolves. */
  readonly keepBegun: (on: string, value: unknown) => Promise<Result<null, SaveProblem>>
  /** Goes only if it is still what is kept: another window may have written on. */
  readonly forgetBegun: (on: string, value: unknown) => Promise<void>
  /** What was asked to be published and has no answer yet. */
  readonly publishing: () => Promise<PublishRequest | null>
  /** Durable when it resolves; null: the answer came. */
  readonly keepPublishing: (one: PublishRequest | null) => Promise<Result<null, SaveProblem>>
}
