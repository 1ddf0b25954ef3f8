import { setImmediate } from 'node:timers/promises'
import type { CampaignId } from '#domain/ids.ts'
import type { Tx } from '#server/store/sql/db.ts'
import { columnNames, EntryColumns } from '#server/store/sql/entry-columns.ts'
import { rebuiltTimes } from '#server/store/sql/rebuilt.ts'

interface Kept {
  readonly columns: EntryColumns
  readonly seq: number
  readonly rebuilt: number
}

const rowsPerRead = 5000
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
    const seen = { seq: await headOf(tx, campaign), rebuilt: await rebuiltTimes(tx) }
    const kept = this.#kept.get(campaign)
    const current = kept === undefined || seen.rebuilt > kept.rebuilt ? await readAll(tx, campaign, seen) : await readSince(tx, campaign, { kept, seen })
    this.#kept.delete(campaign)
    this.#kept.set(campaign, current)
    const [longestUnasked] = this.#kept.keys()
    if (this.#kept.size > maxCampaigns && longestUnasked !== undefined) this.#kept.delete(longestUnasked)
    return current.columns
  }
}

type Seen = Pick<Kept, 'seq' | 'rebuilt'>

async function headOf(tx: Tx, campaign: CampaignId): Promise<number> {
  return Number((await tx.selectFrom('counters').select('seq').where('campaign_id', '=', campaign).executeTakeFirst())?.seq ?? 0)
}

/** In pieces, between which others get their turn. */
async function readAll(tx: Tx, campaign: CampaignId, seen: Seen): Promise<Kept> {
  const columns = new EntryColumns()
  for (let after = -1; ;) {
    const rows = await allQuery(tx, campaign, after).execute()
    for (const row of rows) columns.put(row)
    const last = rows.at(-1)
    if (rows.length < rowsPerRead || last === undefined) return { columns, ...seen }
    after = Number(last.seq)
    await setImmediate()
  }
}

/** Exported, like the one below, so that a test can ask the database how it would run it. */
export function allQuery(tx: Tx, campaign: CampaignId, after: number) {
  return tx.selectFrom('entries').select(['id', 'seq', 'since_seq', ...columnNames]).where('campaign_id', '=', campaign).where('seq', '>', after).orderBy('seq').limit(rowsPerRead)
}

export function touchedQuery(tx: Tx, campaign: CampaignId, since: number) {
  return tx.selectFrom('entries').select(['id', 'seq', 'since_seq', ...columnNames]).where('campaign_id', '=', campaign).where('touched_seq', '>', since)
}

/** Everything is read before anything is put: a read that fails leaves the columns as they were. */
async function readSince(tx: Tx, campaign: CampaignId, { kept, seen }: { readonly kept: Kept; readonly seen: Seen }): Promise<Kept> {
  if (seen.seq <= kept.seq) return kept
  const touched = await touchedQuery(tx, campaign, kept.seq).execute()
  const erased = await tx.selectFrom('changes').select('entry_id').where('campaign_id', '=', campaign).where('seq', '>', kept.seq).where('type', '=', 'erase').execute()
  const ids = erased.flatMap(({ entry_id: id }) => (id === null ? [] : [id]))
  const left = new Set(ids.length === 0 ? [] : (await tx.selectFrom('entries').select('id').where('campaign_id', '=', campaign).where('id', 'in', ids).execute()).map(({ id }) => id))
  for (const row of touched) kept.columns.put(row)
  for (const id of ids) if (!left.has(id)) kept.columns.remove(id)
  return { ...kept, seq: seen.seq }
}
