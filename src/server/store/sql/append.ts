import type { CampaignId, DeviceId, EntryId } from '#domain/ids.ts'
import type { PushResult } from '#protocol/sync.ts'
import type { Appended, Reach } from '#server/store/appended.ts'
import { goesOn, groundOf, isForked } from '#server/store/sql/append-ground.ts'
import { Appending } from '#server/store/sql/appending.ts'
import { chainsOfDevices, emptyChain } from '#server/store/sql/chain.ts'
import type { KnownChain } from '#server/store/sql/chain.ts'
import { abreast } from '#server/store/sql/db.ts'
import type { Abreast, Db, Tx } from '#server/store/sql/db.ts'
import type { Housekeeping } from '#server/store/sql/erasures.ts'
import { keepContact } from '#server/store/sql/device-contact.ts'
import { eraseEntry } from '#server/store/sql/erase.ts'
import { keptChange } from '#server/store/sql/kept-query.ts'
import { projectedEntry } from '#server/store/sql/projection.ts'
import { partsOf } from '#server/store/sql/row-parts.ts'
import type { ChangeRow, LinkRow, LinkRowOfSeal } from '#server/store/sql/schema.ts'
import { writeProjections } from '#server/store/sql/written-projection.ts'
import type { AppendRun } from '#server/store/store.ts'

/**
 * The one way in. Everything expensive (parsing, hashing, the signature) has been done by the caller; from the lock on the
 * campaign's counter to the commit nothing waits for anything but the database. Several runs of a campaign that have nothing to do with one
 * another (`append-together.ts`) share a transaction: what is asked and written for one is asked and written for all, in one statement.
 */
export async function appendRuns(db: Db, campaign: CampaignId, { runs, learnInPassing }: { readonly runs: readonly AppendRun[] } & Pick<Housekeeping, 'learnInPassing'>): Promise<readonly Appended[]> {
  const { told, from, to } = await db.transaction().execute(async (tx) => {
    const together = await abreast(tx)
    const { counters: before, links, chains, epoch, ...ground } = await groundOf(together, campaign, runs)
    let counters = before
    const taken = runs.map((run) => {
      const appending = new Appending(run, { ...ground, counters, isForked: isForked(run, links) })
      const isDropped = appending.isForked && run.onFork === 'drop'
      const results = run.changes.map((prepared): PushResult => (isDropped ? { id: prepared.id, status: 'forked' } : appending.take(prepared)))
      counters = { ...counters, ...appending.counters() }
      return { appending, results, reach: { head: Number(counters.seq), safeSeq: Number(counters.safe_seq), epoch } }
    })
    await writeAll(together, campaign, taken.map(({ appending }) => appending))
    return { told: await answers(together, campaign, { taken, chains }), from: Number(before.seq), to: Number(counters.seq) }
  })
  // What was taken in is kept, whatever becomes of this.
  if (isToBeCounted(from, to)) await learnInPassing(db).catch(() => undefined)
  return told
}

/** So many changes of a campaign are enough for a planner that has counted nothing yet to read all of them for each run; behind these, PostgreSQL has counted by itself. */
const countedAt = [500, 5000]

function isToBeCounted(before: number, now: number): boolean {
  return countedAt.some((seq) => before < seq && now >= seq)
}

interface Taken {
  readonly appending: Appending
  readonly results: readonly PushResult[]
  readonly reach: Reach
}

async function answers(together: Abreast, campaign: CampaignId, { taken, chains }: { readonly taken: readonly Taken[]; readonly chains: ReadonlyMap<DeviceId, KnownChain> }): Promise<readonly Appended[]> {
  const grown = new Map(taken.flatMap(({ appending }) => grownChain(appending, chains.get(appending.run.deviceId))))
  const others = taken.map(({ appending: { run } }) => run.deviceId).filter((device) => !grown.has(device))
  const asked = others.length === 0 ? new Map<DeviceId, KnownChain>() : await chainsOfDevices(together.tx, campaign, others)
  const told: Appended[] = []
  for (const { appending: { run }, results, reach } of taken) {
    const known = grown.get(run.deviceId) ?? asked.get(run.deviceId) ?? emptyChain
    await keepContact(together, { ...run, contact: run.contact, known })
    told.push({ results, chain: known.chain, reach })
  }
  return told
}

/** The chain of a device from which nothing was missing and whose run goes on where it ended: what it is now nobody has to be asked. */
function grownChain({ run, isForked: forked, links }: Appending, before: KnownChain | undefined): readonly (readonly [DeviceId, KnownChain])[] {
  const last = links.at(-1)
  if (last === undefined || forked || before === undefined || before.wholeTo !== before.chain.highDeviceSeq || !goesOn(run, before)) return []
  return [[run.deviceId, { chain: { highDeviceSeq: last.device_seq, hash: last.hash, missing: [] }, wholeTo: last.device_seq }]]
}

async function writeAll(together: Abreast, campaign: CampaignId, all: readonly Appending[]): Promise<void> {
  const { tx } = together
  // What hangs on no projection goes first: PostgreSQL writes it while the others are made.
  await insertPlaces(together, all)
  const projected = all.flatMap((appending) => appending.touched().map((work) => ({ appending, work, entry: projectedEntry(appending.projection, work.entry, work.changes) })))
  const published = projected.filter(({ work, entry: { row } }) => work.publicBefore !== (row?.public_key ?? null))
  for (const { appending, work, entry: { row } } of published) appending.publish(work.id, row?.public_key === null || row === null ? 'gone' : 'digest')
  const last = all.at(-1)
  if (last !== undefined) await setCounters(together, campaign, last.counters())
  await supersede(tx, campaign, published.map(({ work }) => work.id))
  for (const part of partsOf(all.flatMap((one) => one.rows))) await insertChanges(together, part)
  for (const { releases, erasures, run } of all) {
    for (const one of releases) await release(tx, campaign, one)
    for (const entry of erasures) await eraseEntry(tx, { campaign, entry, at: run.receivedAt })
  }
  await writeProjections(together, campaign, projected.map(({ work, entry }) => ({ id: work.id, isNew: work.isNew, ...entry })))
}

async function insertPlaces(together: Abreast, all: readonly Appending[]): Promise<void> {
  const [links, handed, alarms, seals] = [all.flatMap((one) => one.links), all.flatMap((one) => one.handed), all.flatMap((one) => one.alarms), all.flatMap(sealOf)]
  for (const part of partsOf(links)) await insertLinks(together, part)
  if (handed.length > 0) await together.tx.insertInto('handed_over').values(handed).onConflict((oc) => oc.doNothing()).execute()
  if (alarms.length > 0) await together.tx.insertInto('alarms').values(alarms).onConflict((oc) => oc.doNothing()).execute()
  if (seals.length > 0) await insertSeals(together, seals)
}

/** The seal of what has its place in the chain now. */
function sealOf({ run: { campaignId, seal }, isForked: forked, links }: Appending): readonly LinkRowOfSeal[] {
  if (seal === null || forked || links.length === 0) return []
  return [{ campaign_id: campaignId, device_id: seal.deviceId, device_seq: seal.deviceSeq, first_device_seq: seal.firstDeviceSeq, prev_hash: seal.prevHash, hash: seal.hash, sig: seal.sig }]
}

const setCounters = keptChange((db, campaign: CampaignId, counters: ReturnType<Appending['counters']>) => db.updateTable('counters').set(counters).where('campaign_id', '=', campaign))
const insertChanges = keptChange((db, rows: readonly ChangeRow[]) => db.insertInto('changes').values(rows))
const insertLinks = keptChange((db, rows: readonly LinkRow[]) => db.insertInto('links').values(rows).onConflict((oc) => oc.doNothing()))
const insertSeals = keptChange((db, rows: readonly LinkRowOfSeal[]) => db.insertInto('seals').values(rows).onConflict((oc) => oc.doNothing()))

/** An older answer about an entry says nothing to those who come later. */
async function supersede(tx: Tx, campaign: CampaignId, entries: readonly EntryId[]): Promise<void> {
  if (entries.length === 0) return
  await tx.updateTable('changes').set({ publishes: null }).where('campaign_id', '=', campaign).where('entry_id', 'in', entries).where('publishes', 'is not', null).execute()
}

async function release(tx: Tx, campaign: CampaignId, { target, ref, author }: Appending['releases'][number]): Promise<void> {
  await tx.updateTable('changes').set({ released: 1, ...(ref === null ? {} : { ref }), ...(author === null ? {} : { author_id: author }) }).where('campaign_id', '=', campaign).where('key', '=', target.key).execute()
}
