import type { Sha256 } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'
import type { ChangeRow } from '#device/store/rows.ts'
import { isFull } from '#device/store/storage-problem.ts'
import { hashChange, hashLink } from '#protocol/chain.ts'
import type { ChainPlace, Digest } from '#protocol/chain.ts'

/**
 * The chain's hash at each place up to `upTo`, as far back as hashes were missing and one place more. Computed once, kept in
 * the rows; outside the save's transaction, which WebCrypto would end.
 */
export async function chainHashes(db: DeviceDatabase, chain: { readonly place: ChainPlace; readonly upTo: number; readonly digest: Digest }): Promise<ReadonlyMap<number, Sha256>> {
  const { place, upTo, digest } = chain
  const back = await db.changes.where('ownSeq').belowOrEqual(upTo).reverse().until((row) => row.hash !== undefined, true).toArray()
  const rows = back.reverse()
  const hashes = new Map<number, Sha256>()
  let prevHash: Sha256 | null = null
  const found: Found[] = []
  for (const row of rows) {
    const hash: Sha256 | null = row.hash ?? (await linkHash(row, { place, prevHash, digest }))
    if (hash === null || row.ownSeq === undefined) break
    if (row.hash === undefined) found.push({ row, hash })
    hashes.set(row.ownSeq, hash)
    prevHash = hash
  }
  if (found.length > 0) await keep(db, place, found)
  return hashes
}

interface Found {
  readonly row: ChangeRow
  readonly hash: Sha256
}

/** Spares the next run the same work. A phone without any room sends and hands over all the same: that is how it gets room again. */
async function keep(db: DeviceDatabase, place: ChainPlace, found: readonly Found[]): Promise<void> {
  try {
    await db.write([db.changes, db.meta], async () => {
      // Only while this browser is still that device: one that joined anew or took a new key has numbered its changes anew.
      if ((await readMeta(db, 'membership'))?.identity.deviceId !== place.deviceId) return
      const now = await db.changes.bulkGet(found.map(({ row }) => row.id))
      await db.changes.bulkPut(found.flatMap(({ row, hash }, at) => {
        const stands = now[at]
        return stands !== undefined && stands.ownSeq === row.ownSeq ? [{ ...stands, hash }] : []
      }))
    })
  } catch (error) {
    if (!isFull(error)) throw error
  }
}

async function linkHash(row: ChangeRow, { place, prevHash, digest }: { readonly place: ChainPlace; readonly prevHash: Sha256 | null; readonly digest: Digest }): Promise<Sha256 | null> {
  if (row.change === null || row.ownSeq === undefined) return null
  return hashLink(place, { deviceSeq: row.ownSeq, changeHash: await hashChange(row.change, digest), prevHash }, digest)
}
