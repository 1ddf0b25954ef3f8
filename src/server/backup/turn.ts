import { randomUUID } from 'node:crypto'
import type { Clock } from '#domain/ids.ts'
import type { Store } from '#server/store/store.ts'

/** Runs something again and again; answers how to end it. */
export type Every = (ms: number, run: () => void) => () => void

export interface Turn {
  /** Asks the database: false when another process has begun since, because this one stood still for long. */
  readonly isOurs: () => Promise<boolean>
  readonly end: () => Promise<void>
}

/** Among the leases of uploads, whose names all begin with a campaign. */
const id = 'backup'
/** So long after a backup was killed nobody else can make one. */
export const turnMs = 60_000
const renewMs = 15_000

/** One backup at a time of a database, whichever process makes it: a lease. Null while another one has it. */
export async function takeTurn({ store: { uploadLocks: leases }, clock, every }: { readonly store: Store; readonly clock: Clock; readonly every: Every }): Promise<Turn | null> {
  const owner = randomUUID()
  const expiresAt = () => clock.now() + turnMs
  if (!(await leases.take({ id, owner, now: clock.now(), expiresAt: expiresAt(), ask: false }))) return null
  const isOurs = async () => (await leases.renew({ id, owner, expiresAt: expiresAt() })) !== 'lost'
  // A database that does not answer now is asked again, and at the latest before anything is promised.
  const stop = every(renewMs, () => void isOurs().catch(() => undefined))
  return {
    isOurs,
    end: () => {
      stop()
      return leases.drop({ id, owner })
    },
  }
}
