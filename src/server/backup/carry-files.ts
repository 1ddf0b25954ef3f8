import type { CampaignId } from '#domain/ids.ts'
import { sha256OfBytes } from '#server/files/verify-files.ts'
import type { FileKind, FilePlace, FileShelf } from '#server/files/shelf.ts'
import type { Store } from '#server/store/store.ts'

const pageSize = 500

interface Carriage {
  /** Says which files there are. */
  readonly store: Store
  readonly from: FileShelf
  readonly to: FileShelf
}

/**
 * Brings every file that the store names from one shelf to another, and answers which are not there, with their hash,
 * afterwards. What is there and right is left alone; what is there and wrong is brought once more.
 */
export async function carryFiles({ store, from, to }: Carriage, campaignId: CampaignId): Promise<readonly string[]> {
  const faults: string[] = []
  let after = ''
  for (;;) {
    const page = await store.files.list(campaignId, after, pageSize)
    for (const { sha256, shownSha256, original } of page) {
      const place = { campaignId, sha256 }
      if (original === 'kept' && !(await carry({ from, to }, { kind: 'received', place, hash: sha256 }))) faults.push(`file ${sha256} of campaign ${campaignId} is missing or altered`)
      if (shownSha256 !== null && !(await carry({ from, to }, { kind: 'shown', place, hash: shownSha256 }))) faults.push(`the shown copy of file ${sha256} of campaign ${campaignId} is missing or altered`)
    }
    after = page.at(-1)?.sha256 ?? after
    if (page.length < pageSize) return faults
  }
}

async function carry({ from, to }: Pick<Carriage, 'from' | 'to'>, { kind, place, hash }: { readonly kind: FileKind; readonly place: FilePlace; readonly hash: string }): Promise<boolean> {
  if (await isThere(to, { kind, place, hash })) return true
  const bytes = await from.read(kind, place)
  if (bytes === null || sha256OfBytes(bytes) !== hash) return false
  await to.keepBytes(kind, place, bytes)
  return isThere(to, { kind, place, hash })
}

async function isThere(shelf: FileShelf, { kind, place, hash }: { readonly kind: FileKind; readonly place: FilePlace; readonly hash: string }): Promise<boolean> {
  const bytes = await shelf.read(kind, place)
  return bytes !== null && sha256OfBytes(bytes) === hash
}
