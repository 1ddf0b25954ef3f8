import type { EntryId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { retentionDay } from '#domain/retention.ts'
import { reviewStates } from '#domain/review.ts'
import type { After } from '#server/backup/schedule.ts'
import type { ServerContext } from '#server/context.ts'
import { forgetErased } from '#server/files/erased-files.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { appendAsServer } from '#server/sync/server-device.ts'

const everyMs = 6 * 3_600_000
const batch = 200

/** Erases what its campaign set a day for, at once and then every six hours. What was erased stays so: doing it twice is doing it once. */
export function startRetention(context: ServerContext, after: After): () => Promise<void> {
  let isStopped = false
  let callOff: () => void = () => undefined
  const once = async (): Promise<void> => {
    try {
      const erased = await eraseExpired(context)
      if (erased > 0) context.log.info({ entries: erased }, 'entries were erased because their time was over')
    } catch (error) {
      context.log.error({ err: error }, 'what should be erased by now could not be; it is tried again')
    }
    if (!isStopped) callOff = after(everyMs, () => void (running = once()))
  }
  let running = once()
  return () => {
    isStopped = true
    callOff()
    return running
  }
}

/** How many entries went. Each erasure is a sealed change of the server's own, so that everybody can see that and when it happened. */
export async function eraseExpired(context: ServerContext): Promise<number> {
  const today = instantOf(context.clock).slice(0, 10)
  let erased = 0
  for (const campaign of await context.store.campaigns.list()) {
    const { endsOn = null, retentionMonths = null } = campaign
    if (endsOn === null || retentionMonths === null || today < retentionDay(endsOn, retentionMonths)) continue
    erased += await eraseAll(context, campaign)
    await eraseBeside(context, campaign)
  }
  return erased
}

async function eraseAll(context: ServerContext, campaign: StoredCampaign): Promise<number> {
  const listed = await Promise.all(reviewStates.map((state) => context.store.entries.ids(campaign.id, { states: [state] })))
  return eraseEntries(context, campaign, { ids: listed.flat(), reason: 'retention' })
}

/** What became no entry, and who everybody was: it went with no change. What comes later goes with the next round. */
async function eraseBeside(context: ServerContext, { id }: StoredCampaign): Promise<void> {
  const rows = await context.store.erasures.beside(id, instantOf(context.clock))
  await forgetErased(context, id)
  if (rows > 0) context.log.info({ rows }, 'names, notes and what was set aside were erased because their time was over')
}

/** By sealed changes of the server's own, and their files with them. */
export async function eraseEntries(context: ServerContext, campaign: StoredCampaign, { ids, reason }: { readonly ids: readonly EntryId[]; readonly reason: string }): Promise<number> {
  for (let start = 0; start < ids.length; start += batch) {
    const heads = await Promise.all(ids.slice(start, start + batch).map(async (entryId): Promise<readonly [EntryId, Awaited<ReturnType<typeof context.store.entries.state>>]> => [entryId, await context.store.entries.state(campaign.id, entryId)]))
    await appendAsServer(context, campaign, heads.map(([entryId, entry]) => ({ entryId, type: 'erase', base: entry?.head ?? null, body: { reason } })))
  }
  if (ids.length > 0) await forgetErased(context)
  return ids.length
}
