import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { manifestSchema } from '#server/backup/manifest.ts'
import type { Manifest } from '#server/backup/manifest.ts'
import { createDiskShelf, removeFromDisk } from '#server/files/disk-shelf.ts'
import { inertShelf } from '#server/files/inert-shelf.ts'
import type { FileKind, FilePlace, FileShelf } from '#server/files/shelf.ts'

/*
 * A backup folder:    2026-11-24T08-45-00-123Z/   manifest.json, dump.ndjson.gz: a verified backup
 *                     ….unverified                the last one that was not verified; for a person to look at until a good one is made, for two weeks at most
 *                     .part-…, .old-…             one that is being made, one that is being taken away
 *                     files/                      the files of all of them, by their hash
 *                     safe-seq.json, erasures.log, ended.log, rights.log
 */
/** How one begins that is being made. */
export const partMark = '.part-'

const verifiedName = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/

export function shelfOf(root: string): FileShelf {
  return inertShelf(createDiskShelf(join(root, 'files')))
}

export function removeFile(root: string, file: { readonly kind: FileKind; readonly place: FilePlace }): Promise<void> {
  return removeFromDisk(join(root, 'files'), file)
}

export function dumpPath(backup: string): string {
  return join(backup, 'dump.ndjson.gz')
}

/** Only what is not there may be taken for nothing: of what may not be read, nobody knows what it says. */
export async function orIfMissing<Value>(reading: Promise<Value>, nothing: Value): Promise<Value> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return nothing
    throw error
  }
}

/** Names of the verified backups, the oldest first. */
export async function listBackups(root: string): Promise<readonly string[]> {
  return (await orIfMissing(readdir(root), [])).filter((name) => verifiedName.test(name)).toSorted()
}

/** One that was written and did not verify. */
export function isUnverified(name: string): boolean {
  return name.endsWith('.unverified')
}

/** Backups that were made, verified or not, with the moment from which each goes by itself. The oldest first. */
export async function listHolding(root: string, now: number): Promise<readonly { readonly name: string; readonly until: string }[]> {
  const names = (await orIfMissing(readdir(root), [])).filter((name) => verifiedName.test(name.replace(/\.unverified$/, ''))).toSorted()
  const seen = await seenAhead(root, names)
  return names.map((name) => ({ name, until: new Date((timeOf(name) > now ? (seen.get(name) ?? now) : timeOf(name)) + longestMs).toISOString() }))
}

const aheadMark = 'seen-ahead'

/** Of which backups it is known that their names lie in the future, by a clock that went ahead and was put right, and since when. */
export async function seenAhead(root: string, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const read = names.map(async (name) => [name, Date.parse(await orIfMissing(readFile(join(root, name, aheadMark), 'utf8'), ''))] as const)
  return new Map((await Promise.all(read)).filter(([, at]) => Number.isFinite(at)))
}

/** Their names do not say how old they are: it counts from when they were found. */
export async function noteAhead(root: string, names: readonly string[], now: number): Promise<ReadonlyMap<string, number>> {
  const ahead = names.filter((name) => timeOf(name) > now)
  const seen = await seenAhead(root, ahead)
  const fresh = ahead.filter((name) => !((seen.get(name) ?? Infinity) <= now))
  for (const name of fresh) await writeDurably(join(root, name, aheadMark), new Date(now).toISOString())
  return new Map([...seen, ...fresh.map((name) => [name, now] as const)])
}

export function backupName(now: number): string {
  return new Date(now).toISOString().replaceAll(/[:.]/g, '-')
}

export function timeOf(name: string): number {
  return Date.parse(name.replace(/T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z(\.unverified)?$/, 'T$1:$2:$3.$4Z'))
}

/** Null when there is none that can be read. */
export async function readManifest(backup: string): Promise<Manifest | null> {
  try {
    const parsed = v.safeParse(manifestSchema, JSON.parse(await readFile(join(backup, 'manifest.json'), 'utf8')))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

export function writeManifest(backup: string, manifest: Manifest): Promise<void> {
  return writeDurably(join(backup, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`)
}

/** Whole or not at all, and on the disk when it resolves. */
export async function writeDurably(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(`${path}.part`, text, { mode: 0o600, flush: true })
  await moveInto(`${path}.part`, path)
}

export async function moveInto(from: string, to: string): Promise<void> {
  await rename(from, to)
  await syncFolder(dirname(to))
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** So long a backup may hold what was erased since. */
export const longestMs = 14 * dayMs

/**
 * What is kept: the four newest, the newest of each of the last 24 hours, and of each of the last 14 days. Of the four newest those that
 * are older than that go when something was erased after them; the very newest stays in any case. Those whose names lie in the future go two weeks
 * after that was seen: nobody knows what was erased after them.
 */
export function keptBackups(names: readonly string[], now: number, { erasedAt = 0, ahead = new Map() }: { readonly erasedAt?: number; readonly ahead?: ReadonlyMap<string, number> } = {}): ReadonlySet<string> {
  const isLongAhead = (name: string) => timeOf(name) > now && now - (ahead.get(name) ?? now) > longestMs
  const newestFirst = names.toReversed().filter((name) => !isLongAhead(name))
  const holdsErased = (name: string) => timeOf(name) < erasedAt && now - timeOf(name) > longestMs
  const kept = new Set(newestFirst.slice(0, 4).filter((name, place) => place === 0 || !holdsErased(name)))
  for (const { everyMs, spans } of [{ everyMs: hourMs, spans: 24 }, { everyMs: dayMs, spans: 14 }]) {
    const seen = new Set<number>()
    for (const name of newestFirst) {
      const span = Math.floor(timeOf(name) / everyMs)
      if (seen.has(span) || Math.floor(now / everyMs) - span >= spans) continue
      seen.add(span)
      kept.add(name)
    }
  }
  return kept
}
