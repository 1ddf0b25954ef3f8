import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CampaignId, Sha256 } from '#domain/ids.ts'
import { readDump } from '#server/backup/dump-file.ts'
import { endedLog, endedLogName } from '#server/backup/ended-log.ts'
import { erasureLog, erasureLogName } from '#server/backup/erasure-log.ts'
import type { FileKind, FilePlace } from '#server/files/shelf.ts'
import { dumpPath, keptBackups, listBackups, readManifest, removeFile, syncFolder } from '#server/backup/folder.ts'

const dayMs = 24 * 3_600_000
/** One that is no longer wanted: under this name it is no backup, and whoever finds it goes on taking it away. */
const oldMark = '.old-'

/** Takes away the backups that are no longer kept, and the files that only they named. For whoever has the turn. */
export async function thinOut(root: string, now: number): Promise<void> {
  const names = await listBackups(root)
  const besides = (await endedLog.read(join(root, endedLogName))).filter(({ memberId, deviceId }) => memberId === undefined && deviceId === undefined)
  const erasedAt = [...(await erasureLog.read(join(root, erasureLogName))), ...besides].map(({ at }) => Date.parse(at))
  const kept = keptBackups(names, now, erasedAt.reduce((last, at) => Math.max(last, at), 0))
  for (const name of names) if (!kept.has(name)) await rename(join(root, name), join(root, `${oldMark}${name}`))
  await syncFolder(root)
  const old = (await readdir(root)).filter((name) => name.startsWith(oldMark))
  const unnamed = old.length === 0 ? [] : await onlyNamedBy({ root, old, kept: names.filter((name) => kept.has(name)) })
  for (const key of unnamed) {
    const { kind, place } = placeOf(key)
    await removeFile(root, place, [kind])
  }
  for (const name of old) await rm(join(root, name), { recursive: true, force: true })
  await removeLeftParts(root, now)
}

/** Nothing, when a backup that is kept cannot be read whole: then nobody knows what it needs. */
async function onlyNamedBy({ root, old, kept }: { readonly root: string; readonly old: readonly string[]; readonly kept: readonly string[] }): Promise<readonly string[]> {
  const left = new Set<string>()
  for (const name of old) for (const key of (await filesOf(join(root, name))) ?? []) left.add(key)
  // The newest names nearly all of them, so that the others are seldom read.
  for (const name of kept.toReversed()) {
    if (left.size === 0) break
    const needed = await filesOf(join(root, name))
    if (needed === null) return []
    for (const key of needed) left.delete(key)
  }
  return [...left]
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

/** What a killed process left behind; a day is longer than any backup takes. */
async function removeLeftParts(root: string, now: number): Promise<void> {
  for (const name of await readdir(root)) {
    const path = join(root, name)
    if (name.startsWith('.part-') && now - (await stat(path)).mtimeMs > dayMs) await rm(path, { recursive: true, force: true })
  }
}
