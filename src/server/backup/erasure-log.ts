import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { campaignIdSchema, entryIdSchema, instantSchema, memberIdSchema } from '#domain/ids.ts'
import { withEndedLog } from '#server/backup/ended-log.ts'
import { orIfMissing } from '#server/backup/folder.ts'
import { createIdLog } from '#server/backup/id-log.ts'
import { withRightsLog } from '#server/backup/rights-log.ts'
import type { Erased } from '#server/store/backup-store.ts'
import type { AppendRun, Store } from '#server/store/store.ts'

const about = { campaignId: campaignIdSchema, at: instantSchema }
/** A whole campaign is meant by a line that says nothing else: one that a newer Terrain wrote of something smaller, or of which a letter is damaged, is none. */
const lineSchema = v.union([v.object({ ...about, entryId: entryIdSchema }), v.object({ ...about, memberId: memberIdSchema }), v.strictObject(about)])

/** What was erased, ids only, outside database and backups: an older backup brings none of them back. */
export const erasureLog = createIdLog<Erased>(lineSchema, (erased) => keyOf(erased))

export const erasureLogName = 'erasures.log'

interface ErasureLog {
  readonly path: string
  /** The folder of the backups, where the log is kept as well: it is what is left when the server is lost. Null where none is configured. */
  readonly beside: string | null
}

/**
 * The store, which now acknowledges an erasure only when it is in the log too, and takes no words of what stands there. The same of who
 * was ended (`ended-log.ts`), and of invites and roles (`rights-log.ts`), in the same folders.
 */
export async function withErasureLog(inner: Store, { path, beside }: ErasureLog): Promise<Store> {
  const store = await withRightsLog(await withEndedLog(inner, { folder: dirname(path), beside }), { folder: dirname(path), beside })
  const known = { size: -1 }
  const logged = new Set((await erasureLog.read(path)).map(keyOf))
  const write = async (erased: Erased): Promise<void> => {
    if (logged.has(keyOf(erased))) return
    await erasureLog.append(path, beside === null ? null : { folder: beside, path: join(beside, erasureLogName) }, erased)
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
      isCampaignErased: async (campaignId) => {
        // A command beside the server may have written there since. Anybody may ask for any campaign: it is read once for each time that it has grown.
        const size = await orIfMissing(stat(path).then((file) => file.size), 0)
        if (size !== known.size) for (const erased of await erasureLog.read(path)) logged.add(keyOf(erased))
        known.size = size
        return logged.has(keyOf({ campaignId }))
      },
      isPersonErased: async (campaignId, memberId) => logged.has(keyOf({ campaignId, memberId })) || store.erasures.isPersonErased(campaignId, memberId),
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

function keyOf({ campaignId, entryId, memberId }: Omit<Erased, 'at'>): string {
  return `${campaignId} ${entryId ?? ''} ${memberId ?? ''}`
}
