import { existsSync } from 'node:fs'
import { appendFile, mkdir, open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { campaignIdSchema, entryIdSchema, instantSchema, memberIdSchema } from '#domain/ids.ts'
import { syncFolder, writeDurably } from '#server/backup/folder.ts'
import type { Erased } from '#server/store/backup-store.ts'
import type { AppendRun, Store } from '#server/store/store.ts'

const lineSchema = v.object({ campaignId: campaignIdSchema, entryId: v.optional(entryIdSchema), memberId: v.optional(memberIdSchema), at: instantSchema })

/** What was erased, ids only, outside database and backups: an older backup brings none of them back. */
export async function readErasures(path: string): Promise<readonly Erased[]> {
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

/** Each thing once, the first erasure of each. */
export function mergedErasures(lists: readonly (readonly Erased[])[]): readonly Erased[] {
  const byKey = new Map<string, Erased>()
  for (const erased of lists.flat()) if (!byKey.has(keyOf(erased))) byKey.set(keyOf(erased), erased)
  return [...byKey.values()]
}

export function writeErasures(path: string, erasures: readonly Erased[]): Promise<void> {
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
  const write = async (erased: Erased): Promise<void> => {
    if (logged.has(keyOf(erased))) return
    await appendLine(path, lineOf(erased))
    // A disk of backups that is away holds no erasure up: the next backup writes what is missing there.
    if (beside !== null && existsSync(beside)) await appendLine(join(beside, 'erasures.log'), lineOf(erased)).catch(() => undefined)
    logged.add(keyOf(erased))
  }
  const note = async (run: AppendRun): Promise<void> => {
    const entries = new Set(run.changes.flatMap(({ change }) => (change !== null && (change.type === 'erase' || change.type === 'release') ? [change.entryId] : [])))
    for (const entryId of entries) {
      const erased = { campaignId: run.campaignId, entryId, at: run.receivedAt }
      if (!logged.has(keyOf(erased)) && (await store.erasures.isErased(run.campaignId, entryId))) await write(erased)
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
    erasures: {
      ...store.erasures,
      member: async (campaignId, memberId, about) => {
        const isDone = await store.erasures.member(campaignId, memberId, about)
        if (isDone) await write({ campaignId, memberId, at: about.by.at })
        return isDone
      },
      campaign: async (campaignId, at) => {
        await store.erasures.campaign(campaignId, at)
        await write({ campaignId, at })
      },
    },
  }
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

function lineOf({ campaignId, entryId, memberId, at }: Erased): string {
  return `${JSON.stringify({ campaignId, entryId, memberId, at })}\n`
}

function keyOf({ campaignId, entryId, memberId }: Pick<Erased, 'campaignId' | 'entryId' | 'memberId'>): string {
  return `${campaignId} ${entryId ?? ''} ${memberId ?? ''}`
}
