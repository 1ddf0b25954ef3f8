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

/** So long after a backup was killed nobody else can make one. */
export const turnMs = 60_000
/** Among the leases of uploads, whose names all begin with a campaign. */
const ofBackups = { id: 'backup', lastsMs: turnMs }
const renewals = 4

/** One at a time of a database, whichever process does it: a lease. Null while another one has it. */
export async function takeTurn({ store: { uploadLocks: leases }, clock, every }: { readonly store: Pick<Store, 'uploadLocks'>; readonly clock: Clock; readonly every: Every }, { id, lastsMs } = ofBackups): Promise<Turn | null> {
  const owner = randomUUID()
  const expiresAt = () => clock.now() + lastsMs
  if (!(await leases.take({ id, owner, now: clock.now(), expiresAt: expiresAt(), ask: false }))) return null
  const isOurs = async () => (await leases.renew({ id, owner, expiresAt: expiresAt() })) !== 'lost'
  // A database that does not answer now is asked again, and at the latest before anything is promised.
  const stop = every(lastsMs / renewals, () => void isOurs().catch(() => undefined))
  return {
    isOurs,
    end: () => {
      stop()
      return leases.drop({ id, owner })
    },
  }
}
