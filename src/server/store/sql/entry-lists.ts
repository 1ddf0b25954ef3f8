import { setImmediate } from 'node:timers/promises'
import { areasOf } from '#domain/areas.ts'
import type { CampaignId } from '#domain/ids.ts'
import { campaignOf } from '#server/store/sql/campaign-row.ts'
import type { Tx } from '#server/store/sql/db.ts'
import { EntryColumns, narrowColumns } from '#server/store/sql/entry-columns.ts'
import { keptOne } from '#server/store/sql/kept-query.ts'
import { rebuiltText } from '#server/store/sql/rebuilt.ts'

interface Kept {
  readonly columns: EntryColumns
  readonly seq: number
  readonly assigned: number
  readonly rebuilt: number
}

const rowsPerRead = 1000
/** Whose lists were asked for last stay in memory. */
const maxCampaigns = 20

/**
 * The columns of each campaign that somebody lists, brought up to what the asking transaction sees: from then on only what was
 * touched since is read. Nothing else is kept between requests, so any number of processes may do the same on one database.
 */
export class EntryLists {
  readonly #kept = new Map<CampaignId, Kept>()
  readonly #turns = new Map<CampaignId, Promise<unknown>>()

  /** One after the other: two transactions that see different states would lead each other astray. */
  async at(tx: Tx, campaign: CampaignId): Promise<EntryColumns> {
    const before = this.#turns.get(campaign) ?? Promise.resolve()
    const turn = before.then(() => this.#upToDate(tx, campaign))
    this.#turns.set(campaign, turn.catch(() => undefined))
    return turn
  }

  async #upToDate(tx: Tx, campaign: CampaignId): Promise<EntryColumns> {
    const seen = await headOf(tx, campaign)
    const kept = this.#kept.get(campaign)
    const current = kept === undefined || seen.rebuilt > kept.rebuilt ? await readAll(tx, campaign, seen) : await readSince(tx, campaign, { kept, seen })
    this.#kept.delete(campaign)
    this.#kept.set(campaign, current)
    const [longestUnasked] = this.#kept.keys()
    if (this.#kept.size > maxCampaigns && longestUnasked !== undefined) this.#kept.delete(longestUnasked)
    return current.columns
  }
}

type Seen = Omit<Kept, 'columns'>

/** Asked by each list: one statement, put together once. */
const headRow = keptOne((db, campaign: CampaignId) => db.selectFrom('counters').select(['seq', 'assigned']).select(rebuiltText).where('campaign_id', '=', campaign))

async function headOf(tx: Tx, campaign: CampaignId): Promise<Seen> {
  const row = await headRow(tx, campaign)
  return { seq: Number(row?.seq ?? 0), assigned: Number(row?.assigned ?? 0), rebuilt: Number(row?.rebuilt ?? 0) }
}

/** In pieces, between which others get their turn. */
async function readAll(tx: Tx, campaign: CampaignId, seen: Seen): Promise<Kept> {
  const row = await tx.selectFrom('campaigns').selectAll().where('campaign_id', '=', campaign).executeTakeFirst()
  const columns = new EntryColumns(row === undefined ? [] : areasOf(campaignOf(row)))
  for (let after = -1; ;) {
    const rows = await allQuery(tx, campaign, after).execute()
    for (const row of rows) columns.put(row)
    const last = rows.at(-1)
    if (rows.length < rowsPerRead || last === undefined) break
    after = Number(last.seq)
    await setImmediate()
  }
  for (const { entry_id: id, member_id: member } of await assignedQuery(tx, campaign, 0).execute()) columns.assign(id, member)
  return { columns, ...seen }
}

/** Exported, like the two below, so that a test can ask the database how it would run it. */
export function allQuery(tx: Tx, campaign: CampaignId, after: number) {
  return tx.selectFrom('entries').select([...narrowColumns]).where('campaign_id', '=', campaign).where('seq', '>', after).orderBy('seq').limit(rowsPerRead)
}

export function touchedQuery(tx: Tx, campaign: CampaignId, since: number) {
  return tx.selectFrom('entries').select([...narrowColumns]).where('campaign_id', '=', campaign).where('touched_seq', '>', since)
}

/** Whose entries have become after an act; what was never given stands nowhere. */
export function assignedQuery(tx: Tx, campaign: CampaignId, after: number) {
  return tx.selectFrom('entry_assignments').select(['entry_id', 'member_id']).where('campaign_id', '=', campaign).where('number', '>', after)
}

/** Everything is read before anything is put: a read that fails leaves the columns as they were. */
async function readSince(tx: Tx, campaign: CampaignId, { kept, seen }: { readonly kept: Kept; readonly seen: Seen }): Promise<Kept> {
  if (seen.seq <= kept.seq && seen.assigned <= kept.assigned) return kept
  const touched = seen.seq <= kept.seq ? [] : await touchedQuery(tx, campaign, kept.seq).execute()
  const assigned = seen.assigned <= kept.assigned ? [] : await assignedQuery(tx, campaign, kept.assigned).execute()
  const erased = seen.seq <= kept.seq ? [] : await tx.selectFrom('changes').select('entry_id').where('campaign_id', '=', campaign).where('seq', '>', kept.seq).where('type', '=', 'erase').execute()
  const ids = erased.flatMap(({ entry_id: id }) => (id === null ? [] : [id]))
  const left = new Set(ids.length === 0 ? [] : (await tx.selectFrom('entries').select('id').where('campaign_id', '=', campaign).where('id', 'in', ids).execute()).map(({ id }) => id))
  for (const row of touched) kept.columns.put(row)
  for (const id of ids) if (!left.has(id)) kept.columns.remove(id)
  for (const { entry_id: id, member_id: member } of assigned) kept.columns.assign(id, member)
  return { ...kept, seq: Math.max(kept.seq, seen.seq), assigned: Math.max(kept.assigned, seen.assigned) }
}
