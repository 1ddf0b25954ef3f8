import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
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
      try {
        await writeSynced(part, bytes)
        await rename(part, path)
      } catch (error) {
        // On a full disk each try would leave as much as there was room for.
        await rm(part, { force: true })
        throw error
      }
      for (const folder of foldersToSync(dirname(path), firstMade)) await syncFolder(folder)
    },
    read: (kind, place) => readFile(pathOn(root, kind, place)).catch(onMissing),
    has: async (kind, place) => (await stat(pathOn(root, kind, place)).catch(onMissing)) !== null,
    remove: (kind, place) => removeFromDisk(root, { kind, place }),
    tidy: (before) => removeHalfFiles(root, before),
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What a process that was killed was just writing: no row knows of it, so that no erasure takes it away. `before`: nobody is at it any more. */
export async function removeHalfFiles(root: string, before: number): Promise<void> {
  for (const kind of ['received', 'shown'] satisfies FileKind[]) await tidyWithin(join(root, kind), before)
}

/** Folder by folder: the names of all files at once would be the memory of the whole process. */
async function tidyWithin(folder: string, before: number): Promise<void> {
  for (const entry of (await readdir(folder, { withFileTypes: true }).catch(onMissing)) ?? []) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await tidyWithin(path, before)
    else if (entry.name.endsWith('.part')) {
      const about = await stat(path).catch(onMissing)
      if (about !== null && about.mtimeMs < before) await rm(path, { force: true })
    }
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
