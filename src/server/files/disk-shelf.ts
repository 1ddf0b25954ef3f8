import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileKind, FilePlace, FileShelf } from '#server/files/shelf.ts'

/** Files under one folder, `kind/campaign/first two signs/hash`. A file is there whole or not at all. */
export function createDiskShelf(root: string): FileShelf {
  const pathOf = (kind: FileKind, { campaignId, sha256 }: FilePlace) => join(root, kind, campaignId, sha256.slice(0, 2), sha256)
  return {
    keepBytes: async (kind, place, bytes) => {
      const path = pathOf(kind, place)
      await mkdir(dirname(path), { recursive: true })
      // A name of its own: two processes may keep the same file at the same time.
      const part = `${path}.${randomUUID()}.part`
      const handle = await open(part, 'wx')
      try {
        await handle.writeFile(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(part, path)
      await syncFolder(dirname(path))
    },
    read: (kind, place) => readFile(pathOf(kind, place)).catch(onMissing),
    has: async (kind, place) => (await stat(pathOf(kind, place)).catch(onMissing)) !== null,
  }
}

/** A rename is on the disk only after the folder has been synced too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
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
