import type { EntryId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { retentionDay } from '#domain/retention.ts'
import { reviewStates } from '#domain/review.ts'
import type { After } from '#server/backup/schedule.ts'
import type { ServerContext } from '#server/context.ts'
import { forgetErased } from '#server/files/erased-files.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { appendAsServer } from '#server/sync/server-device.ts'

const hourMs = 3_600_000
const everyMs = 6 * hourMs
/** By then the network has told a machine the time, if it is there. */
const secondMs = 10 * 60_000
const batch = 200
const dayMs = 24 * 3_600_000
/** A little less than a day: the round of the same hour comes some moments late or early. */
const sureMs = 23 * 3_600_000

/** Erases what its campaign set a day for; looks at once, which erases nothing, ten minutes later, and then every six hours. What was erased stays so: doing it twice is doing it once. */
export function startRetention(context: ServerContext, after: After): () => Promise<void> {
  let isStopped = false
  let callOff: () => void = () => undefined
  const once = async (isFirst: boolean): Promise<void> => {
    try {
      const erased = await eraseExpired(context, isFirst)
      await context.shelf.tidy(context.clock.now() - hourMs)
      if (erased > 0) context.log.info({ entries: erased }, 'entries were erased because their time was over')
    } catch (error) {
      context.log.error({ err: error }, 'what should be erased by now could not be; it is tried again')
    }
    if (!isStopped) callOff = after(isFirst ? secondMs : everyMs, () => void (running = once(false)))
  }
  let running = once(true)
  return () => {
    isStopped = true
    callOff()
    return running
  }
}

/**
 * How many entries went. Each erasure is a sealed change of the server's own, so that everybody can see that and when it happened.
 *
 * A clock may be a year ahead for an hour, as after a flat battery, and nothing brings back what that hour erased. So the words go on their day only where the day
 * before has been seen on this database for most of a day, by one process or by several; else a day later.
 * @param isFirst the first look of a process: many a machine starts with the time of its last end, or with a wrong one, until the network tells it another. Nothing
 * is erased by it: started twice, a day apart, each time with a clock that was a year ahead for a minute, it would have seen the day before
 */
export async function eraseExpired(context: ServerContext, isFirst = false): Promise<number> {
  let erased = 0
  for (const campaign of await context.store.campaigns.list()) {
    if (await isTime(context, campaign, isFirst)) erased += await eraseWordsOf(context, campaign)
  }
  return erased
}

/** All words of a campaign whose day has come. */
export async function eraseWordsOf(context: ServerContext, campaign: StoredCampaign): Promise<number> {
  const erased = await eraseAll(context, campaign)
  await eraseBeside(context, campaign)
  return erased
}

async function isTime({ store: { upkeep }, clock, log }: ServerContext, { id, endsOn = null, retentionMonths = null }: StoredCampaign, isFirst: boolean): Promise<boolean> {
  const now = clock.now()
  const due = endsOn === null || retentionMonths === null ? Infinity : Date.parse(retentionDay(endsOn, retentionMonths))
  const seen = await upkeep.overSince(id)
  if (now < due - dayMs) {
    // It was seen by a clock that has been put back, or another day was set.
    if (seen !== null && !isFirst) await upkeep.noteOver(id, null)
    return false
  }
  const since = seen === null || Date.parse(seen) > now ? now : Date.parse(seen)
  if (seen === null || since === now) await upkeep.noteOver(id, instantOf({ now: () => now }))
  const isSure = now - since >= sureMs
  if (now >= due && !isSure) log.info({ campaignId: id }, 'the day has come on which the words of this campaign go: within a day from now, unless the clock of this machine is wrong and is put right')
  return now >= due && isSure && !isFirst
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
