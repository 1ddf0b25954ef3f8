import type { Sha256 } from '#domain/ids.ts'
import { chainHashes } from '#device/store/chain-hashes.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import type { ChainPlace, Digest } from '#protocol/chain.ts'

/** How far the server says that this device's chain has come. */
interface ToldPlace {
  readonly highDeviceSeq: number
  readonly hash: Sha256 | null
}

/**
 * Whether this device stands in its own chain where the server says it does. It does not when its storage was set back, or
 * copied and the copy has gone on: then another one continues the chain, and this one must not.
 */
export async function isKnownPlace(db: DeviceDatabase, { highDeviceSeq, hash }: ToldPlace, { place, digest }: { readonly place: ChainPlace; readonly digest: Digest }): Promise<boolean> {
  if (highDeviceSeq === 0 || hash === null) return true
  const row = await db.changes.where('ownSeq').equals(highDeviceSeq).first()
  if (row === undefined) return false
  const known = row.hash ?? (await chainHashes(db, { place, upTo: highDeviceSeq, digest })).get(highDeviceSeq)
  // A hash that can no longer be computed (what was erased) says nothing; the next run will show.
  return known === undefined || known === hash
}
