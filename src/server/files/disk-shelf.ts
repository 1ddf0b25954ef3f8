import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileKind, FilePlace, FileShelf } from '#server/files/shelf.ts'

/** Files under one folder, `kind/campaign/first two signs/hash`. A file is there whole or not at all. */
export function createDiskShelf(root: string): FileShelf {
  return {
    keepBytes: async (kind, place, bytes) => {
      const path = pathOn(root, kind, place)
      const firstMade = await mkdir(dirname(path), { recursive: true })
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
      for (const folder of foldersToSync(dirname(path), firstMade)) await syncFolder(folder)
    },
    read: (kind, place) => readFile(pathOn(root, kind, place)).catch(onMissing),
    has: async (kind, place) => (await stat(pathOn(root, kind, place)).catch(onMissing)) !== null,
    remove: (kind, place) => removeFromDisk(root, { kind, place }),
  }
}

/** A file that is not there is no fault. */
export async function removeFromDisk(root: string, { kind, place }: { readonly kind: FileKind; readonly place: FilePlace }): Promise<void> {
  await rm(pathOn(root, kind, place), { force: true })
}

function pathOn(root: string, kind: FileKind, { campaignId, sha256 }: FilePlace): string {
  return join(root, kind, campaignId, sha256.slice(0, 2), sha256)
}

/** The file's folder, and when folders were made on the way, each of them and the one that they stand in: their names are entries of it. */
function foldersToSync(folder: string, firstMade: string | undefined): readonly string[] {
  if (firstMade === undefined) return [folder]
  return [folder, ...(folder === dirname(firstMade) ? [] : foldersToSync(dirname(folder), folder === firstMade ? undefined : firstMade))]
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
