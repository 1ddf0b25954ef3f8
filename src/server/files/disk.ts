import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { CampaignId, Sha256 } from '#domain/ids.ts'

/** Where files lie: `received` as they came (named by their hash, never served), `shown` as the server re-encoded them. */
export interface FileDisk {
  readonly uploadDir: string
  /** Moves a finished upload into place. Its bytes and its name are on the disk when this resolves. */
  readonly keepUpload: (uploadPath: string, place: { readonly campaignId: CampaignId; readonly sha256: Sha256 }) => Promise<void>
  readonly keepBytes: (kind: 'received' | 'shown', place: { readonly campaignId: CampaignId; readonly sha256: Sha256 }, bytes: Uint8Array) => Promise<void>
  readonly read: (kind: 'received' | 'shown', place: { readonly campaignId: CampaignId; readonly sha256: Sha256 }) => Promise<Uint8Array | null>
  readonly has: (kind: 'received' | 'shown', place: { readonly campaignId: CampaignId; readonly sha256: Sha256 }) => Promise<boolean>
}

export function createFileDisk(dataDir: string): FileDisk {
  const root = join(dataDir, 'files')
  const pathOf = (kind: string, { campaignId, sha256 }: { readonly campaignId: string; readonly sha256: string }) => join(root, kind, campaignId, sha256.slice(0, 2), sha256)
  return {
    uploadDir: join(root, 'uploads'),
    keepUpload: async (uploadPath, place) => {
      await syncFile(uploadPath)
      await moveDurably(uploadPath, pathOf('received', place))
    },
    keepBytes: async (kind, place, bytes) => {
      const path = pathOf(kind, place)
      await mkdir(dirname(path), { recursive: true })
      const part = `${path}.part`
      const handle = await open(part, 'w')
      try {
        await handle.writeFile(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await moveDurably(part, path)
    },
    read: (kind, place) => readFile(pathOf(kind, place)).catch(onMissing),
    has: async (kind, place) => (await stat(pathOf(kind, place)).catch(onMissing)) !== null,
  }
}

/** SHA-256 of a file on disk, read as a stream: an upload never has to fit into memory. */
export async function sha256OfFile(path: string): Promise<Sha256> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) hash.update(chunk)
  return hash.digest('hex') as Sha256
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A rename is on the disk only after the folder has been synced too. */
async function moveDurably(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
  const folder = await open(dirname(to), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function onMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
