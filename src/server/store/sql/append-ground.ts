import { sql } from 'kysely'
import type { CampaignId, ChangeId, DeviceId, EntryId } from '#domain/ids.ts'
import { changeColumns, linkColumns } from '#server/store/sql/all-columns.ts'
import type { KnownRow } from '#server/store/sql/appending.ts'
import { chainEnds, chainsWith, emptyChain } from '#server/store/sql/chain.ts'
import type { KnownChain } from '#server/store/sql/chain.ts'
import type { Abreast, Asked, Db, Tx } from '#server/store/sql/db.ts'
import { loadEntries } from '#server/store/sql/entry-work.ts'
import { kept } from '#server/store/sql/kept-query.ts'
import { lockCounters } from '#server/store/sql/locked-rows.ts'
import { campaignGround, projectionVersion } from '#server/store/sql/projection-ground.ts'
import type { ChangeRow, LinkRow } from '#server/store/sql/schema.ts'
import { ActorChanged } from '#server/store/actor-changed.ts'
import { OutdatedProcess } from '#server/store/outdated.ts'
import type { AppendRun, PreparedChange } from '#server/store/store.ts'

/**
 * Everything that an append asks, under the lock that it begins with: four questions, however many runs share the transaction, and one more for
 * runs that do not simply go on where their device's chain ends. They are put at once; the three behind the lock are answered when it has been taken, each as
 * the database stands then (`read committed`). A campaign that is not there was erased as a whole since the request was let in.
 */
export async function groundOf(together: Abreast, campaign: CampaignId, runs: readonly AppendRun[]) {
  const changes = runs.flatMap((run) => run.changes)
  const { tx } = together
  const [counters, { known, rows }, ends, ground] = await Promise.all([
    lockCounters(together, campaign), storedRows(together, campaign, changes), chainEnds(together, campaign, runs.map(({ deviceId }) => deviceId)), campaignGround(together, campaign),
  ])
  if (counters === undefined) throw new ActorChanged()
  const keys = new Set<string>(known.map(({ key }) => key))
  const entryIds = new Set(changes.flatMap(({ id, entryId }) => (entryId !== null && !(id !== null && keys.has(id)) ? [entryId] : [])))
  for (const run of runs) if (!isAsRead(run, ends.find(({ id }) => id === run.deviceId))) throw new ActorChanged()
  const { madeBy, ...said } = ground
  if (madeBy !== projectionVersion) throw new OutdatedProcess()
  const chains = await chainsWith(tx, campaign, ends)
  const apart = runs.filter((run) => !goesOn(run, chains.get(run.deviceId)))
  return { counters, known, entries: await loadEntries(tx, campaign, [...entryIds], rows), chains, links: await linksOfRuns(tx, apart), ...said }
}

/** Whoever was ended or erased since the request looked would leave words behind that nobody looks for any more. */
function isAsRead({ author }: AppendRun, now: Awaited<ReturnType<typeof chainEnds>>[number] | undefined): boolean {
  return author === undefined || (now !== undefined && author.name === now.name && author.role === now.role && author.endedAt === now.ended_at && author.asideSince === now.aside_since && author.revokedAt === now.revoked_at)
}

/** Stored changes that these name (by id, by the hash of an unproven one, or as what a release releases), and all of the entries that they are about. */
async function storedRows(tx: Asked, campaign: CampaignId, changes: readonly PreparedChange[]): Promise<{ readonly known: readonly KnownRow[]; readonly rows: readonly ChangeRow[] }> {
  const ids = changes.flatMap(({ id, change }) => [...(id === null ? [] : [id]), ...(change?.type === 'release' ? [change.body.change] : [])])
  const names = [...ids, ...changes.map(({ changeHash }) => `~${changeHash}`)]
  const entries = changes.flatMap(({ entryId }) => (entryId === null ? [] : [entryId]))
  const found = await readStored(tx, campaign, { names, ids: [...ids, '' as never], entries: entries.length === 0 ? ['' as never] : entries })
  const rows = [...new Map(found.map((row) => [row.key, row])).values()].toSorted((a, b) => Number(a.seq) - Number(b.seq))
  const [isNamed, isMeant] = [new Set(names), new Set<ChangeId | null>(ids)]
  return { rows, known: rows.filter(({ key, id }) => isNamed.has(key) || (id !== null && isMeant.has(id))) }
}

/**
 * What is proven is kept under its id; an id that nothing proved stands in an index of its own, which is nearly empty. Three questions and not one with an "or", for
 * which SQLite walks the whole campaign. Exported so that a test can ask the database how it would run it.
 */
export function storedQuery(db: Db | Tx, campaign: CampaignId, { names, ids, entries }: { readonly names: readonly string[]; readonly ids: readonly ChangeId[]; readonly entries: readonly EntryId[] }) {
  const ofCampaign = db.selectFrom('changes').select(changeColumns).where('campaign_id', '=', campaign)
  return ofCampaign.where('key', 'in', names).unionAll(ofCampaign.where('id', 'in', ids).where('proven', '=', sql.lit(0))).unionAll(ofCampaign.where('entry_id', 'in', entries))
}

const readStored = kept(storedQuery)

/** Whether a run is the next of its device: then nothing stands at its places, and nothing behind them. One without places has none to look for. */
export function goesOn({ changes }: AppendRun, { chain }: KnownChain = emptyChain): boolean {
  const first = changes.find(({ link }) => link !== null)?.link
  return first === undefined || first === null || (first.deviceSeq === chain.highDeviceSeq + 1 && first.prevHash === chain.hash)
}

/** Whether the run does not continue the chain that is stored: another change at a place of it, or before, or behind it. */
export function isForked({ deviceId, changes }: AppendRun, stored: readonly LinkRow[]): boolean {
  const links = changes.flatMap(({ link }) => (link === null ? [] : [link]))
  const [first, last] = [links[0], links.at(-1)]
  if (first === undefined || last === undefined) return false
  const mine = new Map(links.map((link) => [link.deviceSeq, link] as const))
  return stored.some((link) => {
    const seq = Number(link.device_seq)
    if (link.device_id !== deviceId) return false
    if (seq === first.deviceSeq - 1) return link.hash !== first.prevHash
    if (seq === last.deviceSeq + 1) return link.prev_hash !== last.hash
    return mine.get(seq)?.hash !== link.hash
  })
}

/** What stands at the places of each run, one before and one behind. */
async function linksOfRuns(tx: Tx, runs: readonly AppendRun[]): Promise<readonly LinkRow[]> {
  const stretches = runs.flatMap(({ campaignId, deviceId, changes }): readonly Stretch[] => {
    const places = changes.flatMap(({ link }) => (link === null ? [] : [link.deviceSeq]))
    const [first, last] = [places[0], places.at(-1)]
    return first === undefined || last === undefined ? [] : [{ campaignId, deviceId, from: first - 1, to: last + 1 }]
  })
  return stretches.length === 0 ? [] : linksBetween(tx, stretches)
}

interface Stretch {
  readonly campaignId: CampaignId
  readonly deviceId: DeviceId
  readonly from: number
  readonly to: number
}

/** A question for each stretch, put together: for several with "or" between them SQLite walks the whole campaign. Exported so that a test can ask the database how it would run it. */
export function linksQuery(db: Db | Tx, stretches: readonly Stretch[]) {
  const [first, ...others] = stretches.map(({ campaignId, deviceId, from, to }) => db.selectFrom('links').select(linkColumns).where('campaign_id', '=', campaignId).where('device_id', '=', deviceId).where('device_seq', '>=', from).where('device_seq', '<=', to))
  if (first === undefined) throw new Error('there is nothing to ask for')
  return others.reduce((all, other) => all.unionAll(other), first)
}

const linksBetween = kept(linksQuery)
