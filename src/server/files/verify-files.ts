import { createHash } from 'node:crypto'
import type { CampaignId, Sha256 } from '#domain/ids.ts'
import type { FileShelf } from '#server/files/shelf.ts'
import type { StoredFile } from '#server/store/file-store.ts'
import type { Store } from '#server/store/store.ts'

export interface FileFault {
  readonly kind: 'file-missing' | 'file-altered' | 'shown-missing' | 'shown-altered'
  readonly sha256: Sha256
}

const pageSize = 500

/** Reads every file of a campaign again and compares its hash; for `terrain verify`. */
export async function verifyFiles({ store, shelf }: { readonly store: Store; readonly shelf: FileShelf }, campaignId: CampaignId): Promise<{ readonly files: number; readonly faults: readonly FileFault[] }> {
  const faults: FileFault[] = []
  let [files, after] = [0, '']
  for (;;) {
    const page = await store.files.list(campaignId, after, pageSize)
    for (const file of page) {
      const { sha256, shownSha256, original } = file
      files += 1
      const received = original === 'kept' ? await shelf.read('received', { campaignId, sha256 }) : null
      if (original === 'kept' && (received === null || sha256OfBytes(received) !== sha256)) faults.push({ kind: received === null ? 'file-missing' : 'file-altered', sha256 })
      if (shownSha256 === null) continue
      const shown = await shelf.read('shown', { campaignId, sha256 })
      if (shown === null || !isShownCopy(file, shown)) faults.push({ kind: shown === null ? 'shown-missing' : 'shown-altered', sha256 })
    }
    after = page.at(-1)?.sha256 ?? after
    if (page.length < pageSize) return { files, faults }
  }
}

/**
 * Whether these are the bytes that stand there to be shown. A Terrain of before played voice notes as they came: of those the copy may have been
 * written anew (`renew-voices.ts`) since the row was read, or since the backup was made that the row is in.
 */
export function isShownCopy(file: StoredFile, bytes: Uint8Array): boolean {
  return isVoiceAsItCame(file) || sha256OfBytes(bytes) === file.shownSha256
}

export function isVoiceAsItCame({ type, sha256, shownSha256 }: StoredFile): boolean {
  return type.startsWith('audio/') && shownSha256 === sha256
}

export function sha256OfBytes(bytes: Uint8Array): Sha256 {
  return createHash('sha256').update(bytes).digest('hex') as Sha256
}
