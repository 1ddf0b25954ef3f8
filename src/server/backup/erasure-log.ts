import { existsSync } from 'node:fs'
import { appendFile, mkdir, open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { campaignIdSchema, entryIdSchema, instantSchema } from '#domain/ids.ts'
import type { CampaignId, EntryId } from '#domain/ids.ts'
import { syncFolder, writeDurably } from '#server/backup/folder.ts'
import type { ErasedEntry } from '#server/store/backup-store.ts'
import type { AppendRun, Store } from '#server/store/store.ts'

const lineSchema = v.object({ campaignId: campaignIdSchema, entryId: entryIdSchema, at: instantSchema })

/** Which entries were erased, ids only, outside database and backups: an older backup brings none of them back. */
export async function readErasures(path: string): Promise<readonly ErasedEntry[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    try {
      return [v.parse(lineSchema, JSON.parse(line))]
    } catch {
      // The last line of a process that was killed while it wrote; the erasure was not acknowledged and is logged when it comes again.
      return []
    }
  })
}

/** Each entry once, the first erasure of each. */
export function mergedErasures(lists: readonly (readonly ErasedEntry[])[]): readonly ErasedEntry[] {
  const byEntry = new Map<string, ErasedEntry>()
  for (const erased of lists.flat()) if (!byEntry.has(keyOf(erased))) byEntry.set(keyOf(erased), erased)
  return [...byEntry.values()]
}

export function writeErasures(path: string, erasures: readonly ErasedEntry[]): Promise<void> {
  return writeDurably(path, erasures.map(lineOf).join(''))
}

interface ErasureLog {
  readonly path: string
  /** The folder of the backups, where the log is kept as well: it is what is left when the server is lost. Null where none is configured. */
  readonly beside: string | null
}

/** The store, which now acknowledges an erasure only when it is in the log too, and takes no words of what stands there. */
export async function withErasureLog(store: Store, { path, beside }: ErasureLog): Promise<Store> {
  const logged = new Set((await readErasures(path)).map(keyOf))
  const note = async (run: AppendRun): Promise<void> => {
    const entries = new Set(run.changes.flatMap(({ change }) => (change !== null && (change.type === 'erase' || change.type === 'release') ? [change.entryId] : [])))
    for (const entryId of entries) {
      const erased = { campaignId: run.campaignId, entryId, at: run.receivedAt }
      if (logged.has(keyOf(erased)) || !(await isErased(store, erased))) continue
      await appendLine(path, lineOf(erased))
      // A disk of backups that is away holds no erasure up: the next backup writes what is missing there.
      if (beside !== null && existsSync(beside)) await appendLine(join(beside, 'erasures.log'), lineOf(erased)).catch(() => undefined)
      logged.add(keyOf(erased))
    }
  }
  return {
    ...store,
    changes: {
      ...store.changes,
      append: async (run) => {
        const answer = await store.changes.append({ ...run, isErased: (entryId) => run.isErased?.(entryId) === true || logged.has(keyOf({ campaignId: run.campaignId, entryId })) })
        await note(run)
        return answer
      },
    },
  }
}

async function isErased(store: Store, { campaignId, entryId }: Pick<ErasedEntry, 'campaignId' | 'entryId'>): Promise<boolean> {
  return (await store.changes.ofEntry(campaignId, entryId)).some(({ erasedAt }) => erasedAt !== null)
}

async function appendLine(path: string, line: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  // Begins a line of its own, whatever a killed process left behind.
  await appendFile(path, `\n${line}`, { mode: 0o600 })
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await syncFolder(dirname(path))
}

function lineOf({ campaignId, entryId, at }: ErasedEntry): string {
  return `${JSON.stringify({ campaignId, entryId, at })}\n`
}

function keyOf({ campaignId, entryId }: { readonly campaignId: CampaignId; readonly entryId: EntryId }): string {
  return `${campaignId} ${entryId}`
}
