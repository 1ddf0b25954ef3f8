import type { WrittenPart } from '#domain/written-report.ts'
import type { SaveProblem } from '#device/device.ts'
import type { Result } from '#domain/result.ts'

/** A finding or priority of the report as it is being written here: its words may be missing or unfinished. */
export interface KeptPart {
  readonly part: WrittenPart
  readonly place: number
  /** The server's version that it rests on; 0 for one that the server has never had. */
  readonly was: number
}

/** What coordinators have typed into the report and the server does not have yet, on the disk of this device. */
export interface KeptWriting {
  readonly read: () => Promise<readonly KeptPart[]>
  /** Durable when it resolves. */
  readonly keep: (one: KeptPart) => Promise<Result<null, SaveProblem>>
  /** Goes only if it is still what is kept: another window may have written on. */
  readonly forget: (one: KeptPart) => Promise<void>
}
