import { createHash } from 'node:crypto'
import type { CampaignId, Sha256 } from '#domain/ids.ts'
import type { FileShelf } from '#server/files/shelf.ts'
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
    for (const { sha256, shownSha256, original } of page) {
      files += 1
      const received = original === 'kept' ? await shelf.read('received', { campaignId, sha256 }) : null
      if (original === 'kept' && (received === null || sha256OfBytes(received) !== sha256)) faults.push({ kind: received === null ? 'file-missing' : 'file-altered', sha256 })
      if (shownSha256 === null) continue
      const shown = await shelf.read('shown', { campaignId, sha256 })
      if (shown === null || sha256OfBytes(shown) !== shownSha256) faults.push({ kind: shown === null ? 'shown-missing' : 'shown-altered', sha256 })
    }
    after = page.at(-1)?.sha256 ?? after
    if (page.length < pageSize) return { files, faults }
  }
}

export function sha256OfBytes(bytes: Uint8Array): Sha256 {
  return createHash('sha256').update(bytes).digest('hex') as Sha256
}
