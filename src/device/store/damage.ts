import { changeFrom } from '#domain/change.ts'
import { namedFiles } from '#domain/named-files.ts'
import type { EntryId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { filesOf, isLost } from '#device/store/files.ts'
import { readMeta } from '#device/store/meta.ts'
import { readPending } from '#device/store/outbox.ts'

/** What a start found and could not mend. Nothing of it was deleted. */
export interface Damage {
  /** Entries with a photo that is gone from here and not on the server, with a state that cannot be made, or without their changes. */
  readonly entries: number
  /** Own changes that are gone: places in the chain that nobody holds. */
  readonly changes: number
}

/** Marks files whose bytes are not all there, and says what is lost; inside the caller's transaction. `broken`: entries without a fold. */
export async function findDamage(db: DeviceDatabase, broken: readonly EntryId[]): Promise<Damage> {
  const lost = new Set(broken)
  await markTorn(db)
  const epoch = (await readMeta(db, 'pull'))?.epoch ?? null
  for (const file of await db.files.filter((one) => isLost(one, epoch)).toArray()) lost.add(file.entryId)
  for (const { entryId, change } of (await readPending(db)).changes) {
    const known = changeFrom(change)
    const named = known === null ? [] : namedFiles(known)
    if (named.length === 0) continue
    const here = new Set((await filesOf(db, entryId)).map(({ sha256 }) => sha256))
    if (named.some((sha256) => !here.has(sha256))) lost.add(entryId)
  }
  const last = (await db.changes.orderBy('ownSeq').last())?.ownSeq ?? 0
  return { entries: lost.size, changes: last - (await db.changes.where('ownSeq').above(0).count()) }
}

/** By keys alone: the bytes are not read. */
async function markTorn(db: DeviceDatabase): Promise<void> {
  const counts = new Map<string, number>()
  const keys = await db.fileChunks.toCollection().primaryKeys()
  for (const [entryId, sha256] of keys) counts.set(`${entryId} ${sha256}`, (counts.get(`${entryId} ${sha256}`) ?? 0) + 1)
  const isTornNow = ({ entryId, sha256, chunks }: { readonly entryId: string; readonly sha256: string; readonly chunks: number }) => (counts.get(`${entryId} ${sha256}`) ?? 0) < chunks
  await db.files.filter((file) => file.torn !== true && isTornNow(file)).modify({ torn: true })
}
