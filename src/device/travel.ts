import type { Sha256 } from '#domain/ids.ts'
import type { Travel } from '#device/device.ts'

/** A place in the server's log. A number says nothing without the epoch that it belongs to: a restore gives numbers away again. */
export interface LogPlace {
  readonly seq: number
  readonly epoch: string
}

/** What the phone knows of one entry's way. */
export interface TravelFacts {
  /** Own changes that the server has not proved to hold. */
  readonly pendingChanges: number
  /** Files of the entry that are here and that the server has not proved to hold. */
  readonly pendingFiles: number
  /** In a request that has not been answered. */
  readonly isSending: boolean
  /** The files that the entry names now, and those for which the server's own `fileStored` has come. */
  readonly namedFiles: readonly Sha256[]
  readonly storedFiles: readonly Sha256[]
  /** The highest place among the own changes and the receipts of the files; null while one of them has none. */
  readonly proved: LogPlace | null
  /** How far the server's verified backups go. */
  readonly backup: LogPlace | null
}

/**
 * Where an entry is, the one answer for all screens. `received` speaks of its words; photos that are still here are counted
 * beside it. `safe` speaks of all of it.
 */
export function travelOf(facts: TravelFacts): Travel {
  if (facts.pendingChanges > 0) return facts.isSending ? 'sending' : 'here'
  return isSafe(facts) ? 'safe' : 'received'
}

function isSafe({ pendingFiles, namedFiles, storedFiles, proved, backup }: TravelFacts): boolean {
  if (pendingFiles > 0 || !namedFiles.every((sha256) => storedFiles.includes(sha256))) return false
  return proved !== null && backup !== null && proved.epoch === backup.epoch && proved.seq <= backup.seq
}
