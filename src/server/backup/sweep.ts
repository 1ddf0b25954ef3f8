import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CampaignId, Sha256 } from '#domain/ids.ts'
import { readDump } from '#server/backup/dump-file.ts'
import { dumpPath, readManifest, removeFile } from '#server/backup/folder.ts'
import type { FileKind, FilePlace } from '#server/files/shelf.ts'

interface Folder {
  readonly root: string
  /** Names of the backups that stay. */
  readonly kept: readonly string[]
}

/** Takes the files away that only these backups named, which are about to go. */
export async function removeFilesOf(gone: readonly string[], { root, kept }: Folder): Promise<void> {
  const named = new Set<string>()
  for (const name of gone) for (const key of (await filesOf(join(root, name))) ?? []) named.add(key)
  await removeUnnamed(named, { root, kept })
}

/** The same with every file that stands in the folder: a backup that did not verify, or was killed, has copied some that no other names. */
export async function sweep({ root, kept }: Folder): Promise<void> {
  const found = await readdir(join(root, 'files'), { recursive: true }).catch(() => [])
  // What is being written has another name, and nobody else writes here.
  const keys = found.flatMap((path) => /^(received|shown)\/([^/]+)\/[0-9a-f]{2}\/([0-9a-f]{64})$/.exec(path.replaceAll('\\', '/'))?.slice(1).join('/') ?? [])
  await removeUnnamed(new Set(keys), { root, kept })
}

/** None, when a backup that is kept cannot be read whole: then nobody knows what it needs. */
async function removeUnnamed(left: Set<string>, { root, kept }: Folder): Promise<void> {
  // The newest names nearly all of them, so that the others are seldom read.
  for (const name of kept.toReversed()) {
    if (left.size === 0) return
    const needed = await filesOf(join(root, name))
    if (needed === null) return
    for (const key of needed) left.delete(key)
  }
  for (const key of left) await removeFile(root, placeOf(key))
}

async function filesOf(backup: string): Promise<readonly string[] | null> {
  const manifest = await readManifest(backup)
  if (manifest === null) return null
  const keys: string[] = []
  try {
    for await (const { table, row } of readDump(dumpPath(backup), manifest.sha256)) if (table === 'files') keys.push(...kindsNeeded(row).map((kind) => `${kind}/${String(row['campaign_id'])}/${String(row['sha256'])}`))
    return keys
  } catch {
    return null
  }
}

/** Of a file whose original was dropped only the copy that is shown; a backup of before there was a choice names both. */
function kindsNeeded(row: Readonly<Record<string, unknown>>): readonly FileKind[] {
  return (row['original'] ?? 'kept') === 'kept' ? ['received', 'shown'] : ['shown']
}

function placeOf(key: string): { readonly kind: FileKind; readonly place: FilePlace } {
  const [kind, campaignId, sha256] = key.split('/')
  return { kind: kind as FileKind, place: { campaignId: campaignId as CampaignId, sha256: sha256 as Sha256 } }
}
