import type { CampaignId, ChangeId, DeviceId, EntryId } from '#domain/ids.ts'
import type { PushResult } from '#protocol/sync.ts'
import { Appending } from '#server/store/sql/appending.ts'
import type { KnownRow } from '#server/store/sql/appending.ts'
import { chainOf } from '#server/store/sql/chain.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { keepContact } from '#server/store/sql/device-contact.ts'
import { eraseEntry } from '#server/store/sql/erase.ts'
import { kept } from '#server/store/sql/kept-query.ts'
import { loadEntries } from '#server/store/sql/entry-work.ts'
import { lockCounters } from '#server/store/sql/locked-rows.ts'
import { readMeta } from '#server/store/sql/meta.ts'
import { projectionGround } from '#server/store/sql/projection-ground.ts'
import { projectedEntry } from '#server/store/sql/projection.ts'
import type { ChangeRow, LinkRow, LinkRowOfSeal } from '#server/store/sql/schema.ts'
import { writeProjections } from '#server/store/sql/written-projection.ts'
import type { AppendRun, ChangeStore } from '#server/store/store.ts'

/**
 * The one way in. Everything expensive (parsing, hashing, the signature) has been done by the caller; from the lock on the
 * campaign's counter to the commit nothing waits for anything but the database.
 */
export function appendRun(db: Db, run: AppendRun): ReturnType<ChangeStore['append']> {
  return db.transaction().execute(async (tx) => {
    const appending = await startAppending(tx, run)
    if (appending.isForked && run.onFork === 'drop') return answer(tx, run, run.changes.map(({ id }) => ({ id, status: 'forked' })))
    const results = run.changes.map((prepared): PushResult => appending.take(prepared))
    await writeAll(tx, appending)
    return answer(tx, run, results)
  })
}

async function answer(tx: Tx, run: AppendRun, results: readonly PushResult[]): ReturnType<ChangeStore['append']> {
  const known = await chainOf(tx, run.campaignId, run.deviceId)
  await keepContact(tx, { ...run, contact: run.contact, known })
  return { results, chain: known.chain, epoch: await readMeta(tx, 'epoch') }
}

async function startAppending(tx: Tx, run: AppendRun): Promise<Appending> {
  const counters = await lockCounters(tx, run.campaignId)
  if (counters === undefined) throw new Error(`There is no campaign ${run.campaignId}.`)
  const known = await knownRows(tx, run)
  const entryIds = new Set(run.changes.flatMap(({ id, entryId }) => (entryId !== null && !(id !== null && known.some((row) => row.key === id)) ? [entryId] : [])))
  const entries = await loadEntries(tx, run.campaignId, [...entryIds])
  return new Appending(run, { counters, known, entries, isForked: await isForked(tx, run), projection: await projectionGround(tx, run.campaignId) })
}

/** Stored changes that this run names: by id, by the hash of an unproven one, or as what a release releases. */
async function knownRows(tx: Tx, run: AppendRun): Promise<readonly KnownRow[]> {
  const ids = run.changes.flatMap(({ id, change }) => [...(id === null ? [] : [id]), ...(change?.type === 'release' ? [change.body.change] : [])])
  const keys = run.changes.map(({ changeHash }) => `~${changeHash}`)
  return readKnown(tx, run.campaignId, { ids: [...ids, '' as never], keys })
}

/** Two questions and not one with an "or", for which SQLite walks the whole campaign. Exported so that a test can ask the database how it would run it. */
export function knownQuery(db: Db | Tx, campaign: CampaignId, { ids, keys }: { readonly ids: readonly ChangeId[]; readonly keys: readonly string[] }) {
  const ofCampaign = db.selectFrom('changes').select(['key', 'id', 'seq', 'entry_id', 'type', 'change_hash', 'proven', 'ref', 'quarantined', 'released', 'erased_at', 'text']).where('campaign_id', '=', campaign)
  return ofCampaign.where('id', 'in', ids).unionAll(ofCampaign.where('key', 'in', keys))
}

const readKnown = kept(knownQuery)

/** Whether the run does not continue the chain that is stored: another change at a place of it, or before, or behind it. */
async function isForked(tx: Tx, run: AppendRun): Promise<boolean> {
  const links = run.changes.flatMap(({ link }) => (link === null ? [] : [link]))
  const [first, last] = [links[0], links.at(-1)]
  if (first === undefined || last === undefined) return false
  const stored = await linksBetween(tx, { campaignId: run.campaignId, deviceId: run.deviceId, from: first.deviceSeq - 1, to: last.deviceSeq + 1 })
  const mine = new Map(links.map((link) => [link.deviceSeq, link] as const))
  return stored.some((link) => {
    const seq = Number(link.device_seq)
    if (seq === first.deviceSeq - 1) return link.hash !== first.prevHash
    if (seq === last.deviceSeq + 1) return link.prev_hash !== last.hash
    return mine.get(seq)?.hash !== link.hash
  })
}

interface Stretch {
  readonly campaignId: CampaignId
  readonly deviceId: DeviceId
  readonly from: number
  readonly to: number
}

const linksBetween = kept((db, { campaignId, deviceId, from, to }: Stretch) => db.selectFrom('links').selectAll().where('campaign_id', '=', campaignId).where('device_id', '=', deviceId).where('device_seq', '>=', from).where('device_seq', '<=', to))

async function writeAll(tx: Tx, appending: Appending): Promise<void> {
  const { run } = appending
  const projected = appending.touched().map((work) => ({ work, ...projectedEntry(appending.projection, work.entry, work.changes) }))
  const published = projected.filter(({ work, row }) => work.publicBefore !== (row?.public_key ?? null))
  for (const { work, row } of published) appending.publish(work.id, row?.public_key === null || row === null ? 'gone' : 'digest')
  await setCounters(tx, run.campaignId, appending.counters())
  await supersede(tx, appending, published.map(({ work }) => work.id))
  await insertRows(tx, appending)
  for (const one of appending.releases) await release(tx, appending, one)
  for (const entry of appending.erasures) await eraseEntry(tx, { campaign: run.campaignId, entry, at: run.receivedAt })
  await writeProjections(tx, run.campaignId, projected.map(({ work, ...what }) => ({ id: work.id, ...what })))
}

async function insertRows(tx: Tx, { run, rows, links, handed, alarms, isForked: forked }: Appending): Promise<void> {
  if (rows.length > 0) await insertChanges(tx, rows)
  if (links.length > 0) await insertLinks(tx, links)
  if (handed.length > 0) await tx.insertInto('handed_over').values([...handed]).onConflict((oc) => oc.doNothing()).execute()
  if (alarms.length > 0) await tx.insertInto('alarms').values([...alarms]).onConflict((oc) => oc.doNothing()).execute()
  if (run.seal === null || forked || links.length === 0) return
  const { deviceSeq, firstDeviceSeq, prevHash, hash, sig } = run.seal
  await insertSeal(tx, { campaign_id: run.campaignId, device_id: run.deviceId, device_seq: deviceSeq, first_device_seq: firstDeviceSeq, prev_hash: prevHash, hash, sig })
}

const setCounters = kept((db, campaign: CampaignId, counters: ReturnType<Appending['counters']>) => db.updateTable('counters').set(counters).where('campaign_id', '=', campaign))
const insertChanges = kept((db, rows: readonly ChangeRow[]) => db.insertInto('changes').values(rows))
const insertLinks = kept((db, rows: readonly LinkRow[]) => db.insertInto('links').values(rows).onConflict((oc) => oc.doNothing()))
const insertSeal = kept((db, row: LinkRowOfSeal) => db.insertInto('seals').values(row).onConflict((oc) => oc.doNothing()))

/** An older answer about an entry says nothing to those who come later. */
async function supersede(tx: Tx, { run }: Appending, entries: readonly EntryId[]): Promise<void> {
  if (entries.length === 0) return
  await tx.updateTable('changes').set({ publishes: null }).where('campaign_id', '=', run.campaignId).where('entry_id', 'in', entries).where('publishes', 'is not', null).execute()
}

async function release(tx: Tx, { run }: Appending, { target, ref, author }: Appending['releases'][number]): Promise<void> {
  await tx.updateTable('changes').set({ released: 1, ...(ref === null ? {} : { ref }), ...(author === null ? {} : { author_id: author }) }).where('campaign_id', '=', run.campaignId).where('key', '=', target.key).execute()
}
