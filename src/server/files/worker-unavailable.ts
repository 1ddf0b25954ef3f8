import { ShelfUnavailable } from '#server/files/shelf.ts'

/**
 * What works on pictures or sound cannot be begun now: its packages are just being renewed, or the machine has no room for one more program. It says nothing of
 * the file, which waits as for a storage that is away.
 */
export class WorkerUnavailable extends ShelfUnavailable {}

/** Many times what the slowest machine takes to load one. */
export const beginMs = 60_000
