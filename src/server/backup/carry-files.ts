import type { CampaignId } from '#domain/ids.ts'
import { isShownCopy, sha256OfBytes } from '#server/files/verify-files.ts'
import type { BackupFault } from '#server/backup/opened.ts'
import type { FileKind, FilePlace, FileShelf } from '#server/files/shelf.ts'
import type { LostFile } from '#server/store/backup-store.ts'
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
 * afterwards (`toldLost` says so in words). What is there and right is left alone; what is there and wrong is brought once more.
 */
export async function carryFiles({ store, from, to }: Carriage, campaignId: CampaignId): Promise<readonly LostFile[]> {
  const lost: LostFile[] = []
  let after = ''
  for (;;) {
    const page = await store.files.list(campaignId, after, pageSize)
    for (const file of page) {
      const { sha256, shownSha256, original } = file
      const place = { campaignId, sha256 }
      if (original === 'kept' && !(await carry({ from, to }, { kind: 'received', place, isRight: (bytes) => sha256OfBytes(bytes) === sha256 }))) lost.push({ kind: 'received', ...place })
      if (shownSha256 !== null && !(await carry({ from, to }, { kind: 'shown', place, isRight: (bytes) => isShownCopy(file, bytes) }))) lost.push({ kind: 'shown', ...place })
    }
    after = page.at(-1)?.sha256 ?? after
    if (page.length < pageSize) return lost
  }
}

export function toldLost({ kind, sha256, campaignId }: LostFile): BackupFault {
  return `${kind === 'shown' ? 'the shown copy of file' : 'file'} ${sha256} of campaign ${campaignId} is missing or altered`
}

interface Carried {
  readonly kind: FileKind
  readonly place: FilePlace
  readonly isRight: (bytes: Uint8Array) => boolean
}

async function carry({ from, to }: Pick<Carriage, 'from' | 'to'>, carried: Carried): Promise<boolean> {
  if (await isThere(to, carried)) return true
  const bytes = await from.read(carried.kind, carried.place)
  if (bytes === null || !carried.isRight(bytes)) return false
  await to.keepBytes(carried.kind, carried.place, bytes)
  return isThere(to, carried)
}

async function isThere(shelf: FileShelf, { kind, place, isRight }: Carried): Promise<boolean> {
  const bytes = await shelf.read(kind, place)
  return bytes !== null && isRight(bytes)
}
