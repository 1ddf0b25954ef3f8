import type { Db } from '#server/store/sql/db.ts'
import type { UploadLockStore } from '#server/store/upload-lock-store.ts'

/** Each method is one statement (or two that may come apart without harm), so that any number of processes may use the table. */
export function createUploadLockStore(db: Db): UploadLockStore {
  return {
    async take({ id, owner, now, expiresAt, ask }) {
      // Nobody takes a lease for longer than another: one that ends so far ahead was left by a clock that has been set back since.
      const tooFar = expiresAt + (expiresAt - now)
      const taken = await db.insertInto('upload_locks').values({ upload_id: id, owner, expires_at: expiresAt, wanted: 0 })
        .onConflict((oc) => oc.column('upload_id').doUpdateSet({ owner, expires_at: expiresAt, wanted: 0 }).where((eb) => eb.or([eb('upload_locks.expires_at', '<=', now), eb('upload_locks.expires_at', '>', tooFar)])))
        .returning('owner').executeTakeFirst()
      if (taken !== undefined) return true
      if (ask) await db.updateTable('upload_locks').set({ wanted: 1 }).where('upload_id', '=', id).where('owner', '!=', owner).execute()
      return false
    },
    async renew({ id, owner, expiresAt }) {
      const row = await db.updateTable('upload_locks').set({ expires_at: expiresAt }).where('upload_id', '=', id).where('owner', '=', owner).returning('wanted').executeTakeFirst()
      if (row === undefined) return 'lost'
      return Number(row.wanted) === 1 ? 'wanted' : 'held'
    },
    async drop({ id, owner }) {
      await db.deleteFrom('upload_locks').where('upload_id', '=', id).where('owner', '=', owner).execute()
    },
  }
}
