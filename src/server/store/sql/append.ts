import type { CampaignId, ChangeId, DeviceId, EntryId } from '#domain/ids.ts'
import type { PushResult } from '#protocol/sync.ts'
import { Appending } from '#server/store/sql/appending.ts'
import type { KnownRow } from '#server/store/sql/appending.ts'
import { chainsOfDevices, emptyChain } from '#server/store/sql/chain.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { keepContact } from '#server/store/sql/device-contact.ts'
import { eraseEntry } from '#server/store/sql/erase.ts'
import { kept } from '#server/store/sql/kept-query.ts'
import { loadEntries } from '#server/store/sql/entry-work.ts'
import { lockCounters } from '#server/store/sql/locked-rows.ts'
import { projectionGround } from '#server/store/sql/projection-ground.ts'
import { projectedEntry } from '#server/store/sql/projection.ts'
import { partsOf } from '#server/store/sql/row-parts.ts'
import type { ChangeRow, LinkRow, LinkRowOfSeal } from '#server/store/sql/schema.ts'
import { writeProjections } from '#server/store/sql/written-projection.ts'
import type { AppendRun, ChangeStore, PreparedChange } from '#server/store/store.ts'

type Answer = Awaited<ReturnType<ChangeStore['append']>>

/**
 * The one way in. Everything expensive (parsing, hashing, the signature) has been done by the caller; from the lock on the
 * campaign's counter to the commit nothing waits for anything but the database. Several runs of a campaign that have nothing to do with one
 * another (`append-together.ts`) share a transaction: what is asked and written for one is asked and written for all, in one statement.
 */
export function appendRuns(db: Db, campaign: CampaignId, runs: readonly AppendRun[]): Promise<readonly Answer[]> {
  return db.transaction().execute(async (tx) => {
    const { counters: before, links, ...ground } = await groundOf(tx, campaign, runs)
    let counters = before
    const taken = runs.map((run) => {
      const appending = new Appending(run, { ...ground, counters, isForked: isForked(run, links) })
      const isDropped = appending.isForked && run.onFork === 'drop'
      const results = run.changes.map((prepared): PushResult => (isDropped ? { id: prepared.id, status: 'forked' } : appending.take(prepared)))
      counters = { ...counters, ...appending.counters() }
      return { appending, results }
    })
    await writeAll(tx, campaign, taken.map(({ appending }) => appending))
    return answers(tx, campaign, taken)
  })
}

interface Taken {
  readonly appending: Appending
  readonly results: readonly PushResult[]
}

async function answers(tx: Tx, campaign: CampaignId, taken: readonly Taken[]): Promise<readonly Answer[]> {
  const chains = await chainsOfDevices(tx, campaign, taken.map(({ appending: { run } }) => run.deviceId))
  const told: Answer[] = []
  for (const { appending: { run }, results } of taken) {
    const known = chains.get(run.deviceId) ?? emptyChain
    await keepContact(tx, { ...run, contact: run.contact, known })
    told.push({ results, chain: known.chain })
  }
  return told
}

async function groundOf(tx: Tx, campaign: CampaignId, runs: readonly AppendRun[]) {
  const counters = await lockCounters(tx, campaign)
  if (counters === undefined) throw new Error(`There is no campaign ${campaign}.`)
  const changes = runs.flatMap((run) => run.changes)
  const known = await knownRows(tx, campaign, changes)
  const keys = new Set<string>(known.map(({ key }) => key))
  const entryIds = new Set(changes.flatMap(({ id, entryId }) => (entryId !== null && !(id !== null && keys.has(id)) ? [entryId] : [])))
  return { counters, known, entries: await loadEntries(tx, campaign, [...entryIds]), links: await linksOfRuns(tx, runs), projection: await projectionGround(tx, campaign) }
}

/** Stored changes that these name: by id, by the hash of an unproven one, or as what a release releases. */
async function knownRows(tx: Tx, campaign: CampaignId, changes: readonly PreparedChange[]): Promise<readonly KnownRow[]> {
  const ids = changes.flatMap(({ id, change }) => [...(id === null ? [] : [id]), ...(change?.type === 'release' ? [change.body.change] : [])])
  const keys = changes.map(({ changeHash }) => `~${changeHash}`)
  return readKnown(tx, campaign, { ids: [...ids, '' as never], keys })
}

/** Two questions and not one with an "or", for which SQLite walks the whole campaign. Exported so that a test can ask the database how it would run it. */
export function knownQuery(db: Db | Tx, campaign: CampaignId, { ids, keys }: { readonly ids: readonly ChangeId[]; readonly keys: readonly string[] }) {
  const ofCampaign = db.selectFrom('changes').select(['key', 'id', 'seq', 'entry_id', 'type', 'change_hash', 'proven', 'ref', 'quarantined', 'released', 'erased_at', 'text']).where('campaign_id', '=', campaign)
  return ofCampaign.where('id', 'in', ids).unionAll(ofCampaign.where('key', 'in', keys))
}

const readKnown = kept(knownQuery)

/** Whether the run does not continue the chain that is stored: another change at a place of it, or before, or behind it. */
function isForked({ deviceId, changes }: AppendRun, stored: readonly LinkRow[]): boolean {
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
  const [first, ...others] = stretches.map(({ campaignId, deviceId, from, to }) => db.selectFrom('links').selectAll().where('campaign_id', '=', campaignId).where('device_id', '=', deviceId).where('device_seq', '>=', from).where('device_seq', '<=', to))
  if (first === undefined) throw new Error('there is nothing to ask for')
  return others.reduce((all, other) => all.unionAll(other), first)
}

const linksBetween = kept(linksQuery)

async function writeAll(tx: Tx, campaign: CampaignId, all: readonly Appending[]): Promise<void> {
  const projected = all.flatMap((appending) => appending.touched().map((work) => ({ appending, work, entry: projectedEntry(appending.projection, work.entry, work.changes) })))
  const published = projected.filter(({ work, entry: { row } }) => work.publicBefore !== (row?.public_key ?? null))
  for (const { appending, work, entry: { row } } of published) appending.publish(work.id, row?.public_key === null || row === null ? 'gone' : 'digest')
  const last = all.at(-1)
  if (last !== undefined) await setCounters(tx, campaign, last.counters())
  await supersede(tx, campaign, published.map(({ work }) => work.id))
  await insertRows(tx, all)
  for (const { releases, erasures, run } of all) {
    for (const one of releases) await release(tx, campaign, one)
    for (const entry of erasures) await eraseEntry(tx, { campaign, entry, at: run.receivedAt })
  }
  await writeProjections(tx, campaign, projected.map(({ work, entry }) => ({ id: work.id, isNew: work.isNew, ...entry })))
}

async function insertRows(tx: Tx, all: readonly Appending[]): Promise<void> {
  const [rows, links, handed, alarms] = [all.flatMap((one) => one.rows), all.flatMap((one) => one.links), all.flatMap((one) => one.handed), all.flatMap((one) => one.alarms)]
  const seals = all.flatMap(sealOf)
  for (const part of partsOf(rows)) await insertChanges(tx, part)
  for (const part of partsOf(links)) await insertLinks(tx, part)
  if (handed.length > 0) await tx.insertInto('handed_over').values(handed).onConflict((oc) => oc.doNothing()).execute()
  if (alarms.length > 0) await tx.insertInto('alarms').values(alarms).onConflict((oc) => oc.doNothing()).execute()
  if (seals.length > 0) await insertSeals(tx, seals)
}

/** The seal of what has its place in the chain now. */
function sealOf({ run: { campaignId, seal }, isForked: forked, links }: Appending): readonly LinkRowOfSeal[] {
  if (seal === null || forked || links.length === 0) return []
  return [{ campaign_id: campaignId, device_id: seal.deviceId, device_seq: seal.deviceSeq, first_device_seq: seal.firstDeviceSeq, prev_hash: seal.prevHash, hash: seal.hash, sig: seal.sig }]
}

const setCounters = kept((db, campaign: CampaignId, counters: ReturnType<Appending['counters']>) => db.updateTable('counters').set(counters).where('campaign_id', '=', campaign))
const insertChanges = kept((db, rows: readonly ChangeRow[]) => db.insertInto('changes').values(rows))
const insertLinks = kept((db, rows: readonly LinkRow[]) => db.insertInto('links').values(rows).onConflict((oc) => oc.doNothing()))
const insertSeals = kept((db, rows: readonly LinkRowOfSeal[]) => db.insertInto('seals').values(rows).onConflict((oc) => oc.doNothing()))

/** An older answer about an entry says nothing to those who come later. */
async function supersede(tx: Tx, campaign: CampaignId, entries: readonly EntryId[]): Promise<void> {
  if (entries.length === 0) return
  await tx.updateTable('changes').set({ publishes: null }).where('campaign_id', '=', campaign).where('entry_id', 'in', entries).where('publishes', 'is not', null).execute()
}

async function release(tx: Tx, campaign: CampaignId, { target, ref, author }: Appending['releases'][number]): Promise<void> {
  await tx.updateTable('changes').set({ released: 1, ...(ref === null ? {} : { ref }), ...(author === null ? {} : { author_id: author }) }).where('campaign_id', '=', campaign).where('key', '=', target.key).execute()
}
