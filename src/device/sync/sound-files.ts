import type { DeviceCrypto } from '#device/device-ground.ts'
import { tellDamageAnew } from '#device/store/audit.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readBytes } from '#device/store/files.ts'
import type { FileRow } from '#device/store/rows.ts'

type SoundFile = Pick<FileRow, 'entryId' | 'sha256' | 'bytes'>

/** What the browser has not handed out, as long as this page lives: no file can be made with it. */
const unread = new WeakMap<DeviceDatabase, Set<string>>()

/**
 * The bytes of a file. `damaged`: the browser says that they are gone for good; it is marked and told like what a start finds (DS24). `unread`: it did
 * not hand them out this time, and may the next time.
 */
export async function soundBytes(db: DeviceDatabase, file: SoundFile): Promise<ArrayBuffer | 'damaged' | 'unread'> {
  const bytes = await readBytes(db, file).catch((error: unknown) => (isGoneForGood(error) ? 'damaged' as const : 'unread' as const))
  const here = unread.get(db) ?? new Set<string>()
  unread.set(db, here)
  if (bytes === 'unread') here.add(keyOf(file))
  else here.delete(keyOf(file))
  if (bytes === 'damaged') await markDamaged(db, file)
  return bytes
}

export function isUnread(db: DeviceDatabase, file: SoundFile): boolean {
  return unread.get(db)?.has(keyOf(file)) ?? false
}

/** What the server has found to be other bytes than their name says: so they are here, or have become so on the way. */
export async function isAltered({ db, crypto }: { readonly db: DeviceDatabase; readonly crypto: Pick<DeviceCrypto, 'digestBytes'> }, file: SoundFile, bytes: ArrayBuffer): Promise<boolean> {
  if ((await crypto.digestBytes(bytes)) === file.sha256) return false
  await markDamaged(db, file)
  return true
}

/** Chromium keeps what is large in files beside its database, and tells apart one that is missing ("should be considered irrecoverable") from one that it could not read. */
export function isGoneForGood(error: unknown): boolean {
  const inner: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'inner') : null
  return [error, inner].some((one) => typeof one === 'object' && one !== null && Reflect.get(one, 'name') === 'NotReadableError')
}

/** Erased meanwhile, it has no row to be marked. */
async function markDamaged(db: DeviceDatabase, { entryId, sha256 }: SoundFile): Promise<void> {
  const marked = await db.write([db.files], () => db.files.update([entryId, sha256], { torn: true }))
  if (marked > 0) await tellDamageAnew(db)
}

function keyOf({ entryId, sha256 }: SoundFile): string {
  return `${entryId} ${sha256}`
}
