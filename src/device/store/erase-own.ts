import * as v from 'valibot'
import { changeBodySchemas } from '#domain/change.ts'
import type { ChangeId, EntryId } from '#domain/ids.ts'
import { fail } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { SaveProblem } from '#device/device.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import { chainHashes } from '#device/store/chain-hashes.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { eraseAllHere, noteErasedPlaces } from '#device/store/erasing.ts'
import { forgetUsed } from '#device/store/forget-used.ts'
import { newChange } from '#device/store/making.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { appendOwn, isAppended, ownChangeTables } from '#device/store/own-change.ts'
import { refold } from '#device/store/refold.ts'
import { withReserve } from '#device/store/reserve.ts'
import { written } from '#device/store/storage-problem.ts'

type EraseGround = Pick<DeviceGround, 'clock' | 'chance' | 'appVersion' | 'crypto'> & { readonly db: DeviceDatabase }

/**
 * Erases an entry from this device at once, whether or not any of it was ever sent, and leaves the erasure in the outbox. It is made for
 * an entry that was never sent too: a request whose answer was lost, or a file that was handed over, may have brought it there.
 */
export async function eraseOwn({ db, ...ground }: EraseGround, entryId: EntryId, base: ChangeId | null, reason: string): Promise<Result<ChangeId, SaveProblem>> {
  const change = newChange(ground, { entryId, type: 'erase', base, body: { reason } })
  if (!v.is(changeBodySchemas.erase, change.body)) return fail({ kind: 'incomplete', fields: ['erase'] })
  return written(async () => {
    await keepHashes(db, ground, entryId)
    return withReserve(db, () => db.write([...ownChangeTables(db), db.begun, db.files, db.fileChunks, db.digests], async () => {
      if (!(await isAppended(db, change))) await appendOwn(db, [change])
      await eraseAllHere(db, entryId)
      await db.digests.delete(entryId)
      await forgetHeld(db, entryId)
      await forgetBegunAtDesk(db, entryId)
      await noteErasedPlaces(db)
      await refold(db, new Set([entryId]))
      await forgetUsed(db)
      return change.id
    }))
  })
}

/** From words that are gone no hash can be computed, and the chain goes on behind them: so it is computed before. */
async function keepHashes(db: DeviceDatabase, { crypto }: Pick<EraseGround, 'crypto'>, entryId: EntryId): Promise<void> {
  const [own, rows] = await db.read([db.meta, db.changes], async () => [await readMeta(db, 'membership'), await db.changes.where('entryId').equals(entryId).toArray()] as const)
  const places = rows.flatMap(({ ownSeq }) => ownSeq ?? [])
  if (own === undefined || places.length === 0) return
  const place = { campaignId: own.membership.campaign.id, deviceId: own.identity.deviceId }
  await chainHashes(db, { place, upTo: Math.max(...places), digest: crypto.digestText })
}

/** A decision on it that was about to go out is about nothing any more, and its reason may say what must go. */
async function forgetHeld(db: DeviceDatabase, entryId: EntryId): Promise<void> {
  const held = await readMeta(db, 'held')
  if (held?.some(({ change }) => change.entryId === entryId) === true) await writeMeta(db, 'held', held.filter(({ change }) => change.entryId !== entryId))
}

/** So may what was begun on it at the desk. */
async function forgetBegunAtDesk(db: DeviceDatabase, entryId: EntryId): Promise<void> {
  const row = await readMeta(db, 'writing')
  if (row?.begun !== undefined) await writeMeta(db, 'writing', { ...row, begun: Object.fromEntries(Object.entries(row.begun).filter(([on]) => !on.includes(entryId))) })
}
