import type { Db } from '#server/store/sql/db.ts'
import { keptLease, keptNote } from '#server/store/sql/kept-query.ts'
import type { UploadLockStore } from '#server/store/upload-lock-store.ts'

interface Wanted {
  readonly id: string
  readonly owner: string
  readonly now: number
  readonly expiresAt: number
  readonly tooFar: number
}

const taken = keptLease((db, { id, owner, now, expiresAt, tooFar }: Wanted) => db.insertInto('upload_locks').values({ upload_id: id, owner, expires_at: expiresAt, wanted: 0 })
  .onConflict((oc) => oc.column('upload_id').doUpdateSet({ owner, expires_at: expiresAt, wanted: 0 }).where((eb) => eb.or([eb('upload_locks.expires_at', '<=', now), eb('upload_locks.expires_at', '>', tooFar)])))
  .returning('owner'))
const asked = keptNote((db, { id, owner }: Pick<Wanted, 'id' | 'owner'>) => db.updateTable('upload_locks').set({ wanted: 1 }).where('upload_id', '=', id).where('owner', '!=', owner))
const renewed = keptLease((db, { id, owner, expiresAt }: Pick<Wanted, 'id' | 'owner' | 'expiresAt'>) => db.updateTable('upload_locks').set({ expires_at: expiresAt }).where('upload_id', '=', id).where('owner', '=', owner).returning('wanted'))
const dropped = keptNote((db, { id, owner }: Pick<Wanted, 'id' | 'owner'>) => db.deleteFrom('upload_locks').where('upload_id', '=', id).where('owner', '=', owner))

/**
 * Each method is one statement (or two that may come apart without harm), so that any number of processes may use the table. Nobody waits for the disk: whoever sends a
 * photo over a slow line holds a lease, and with each second of it SQLite would keep the process from everybody else for as long as a disk takes.
 */
export function createUploadLockStore(db: Db): UploadLockStore {
  return {
    async take({ id, owner, now, expiresAt, ask }) {
      // Nobody takes a lease for longer than another: one that ends so far ahead was left by a clock that has been set back since.
      if ((await taken(db, { id, owner, now, expiresAt, tooFar: expiresAt + (expiresAt - now) })) !== undefined) return true
      if (ask) await asked(db, { id, owner })
      return false
    },
    async renew({ id, owner, expiresAt }) {
      const row = await renewed(db, { id, owner, expiresAt })
      if (row === undefined) return 'lost'
      return Number(row.wanted) === 1 ? 'wanted' : 'held'
    },
    drop: ({ id, owner }) => dropped(db, { id, owner }),
  }
}
