import type { DisclosedEntry } from '#domain/disclosed-entry.ts'
import type { LinkEnd } from '#domain/disclosed-links.ts'
import type { CampaignId, EntryId } from '#domain/ids.ts'
import type { DisclosedStore } from '#server/store/disclosed-store.ts'
import type { DisclosedRow } from '#server/store/sql/beside-entries.ts'
import type { Asked, Db } from '#server/store/sql/db.ts'
import { keptChange } from '#server/store/sql/kept-query.ts'

type Page = Parameters<DisclosedStore['disclosed']>[1]

export function createDisclosedStore(db: Db): DisclosedStore {
  return {
    // Written by `projectedEntry` of this version or made anew by `renewProjection`: our own words.
    disclosed: async (campaign, page) => (await disclosedQuery(db, campaign, page).execute()).map(({ author_id: author, body }) => ({ ...(JSON.parse(body) as Omit<DisclosedEntry, 'author'>), author })),
    async linking(campaign, asked) {
      const page = endsOf(await disclosedQuery(db, campaign, asked).execute())
      const tied = page.size === 0 ? [] : await tiedQuery(db, campaign, [...page.keys()]).execute()
      return { page, tied: tied.map(({ from_id: from }) => from) }
    },
    ends: async (campaign, entries) => (entries.length === 0 ? new Map() : endsOf(await endsQuery(db, campaign, entries).execute())),
    async mostOutputs(campaign) {
      const [most] = await outputsQuery(db, campaign).execute()
      return most?.outputs ?? 0
    },
  }
}

/** These are exported so that a test can ask the database how it would run them. */
export function disclosedQuery(db: Db, campaign: CampaignId, { kind, after, limit }: Page) {
  return db.selectFrom('disclosed_entries').select(['entry_id', 'author_id', 'body']).where('campaign_id', '=', campaign).where('kind', '=', kind).$if(after !== null, (all) => all.where('ref', '>', after ?? ('' as never))).orderBy('ref').limit(limit)
}

export function outputsQuery(db: Db, campaign: CampaignId) {
  return db.selectFrom('disclosed_entries').select('outputs').where('campaign_id', '=', campaign).orderBy('outputs', 'desc').limit(1)
}

/** Joined to a page, both databases would sort: that is walked by its references, and then asked which of it is tied. */
export function tiedQuery(db: Db, campaign: CampaignId, entries: readonly EntryId[]) {
  return db.selectFrom('entry_links').select('from_id').distinct().where('campaign_id', '=', campaign).where('from_id', 'in', entries)
}

export function endsQuery(db: Db, campaign: CampaignId, entries: readonly EntryId[]) {
  return db.selectFrom('disclosed_entries').select(['entry_id', 'body']).where('campaign_id', '=', campaign).where('entry_id', 'in', entries)
}

function endsOf(rows: readonly Pick<DisclosedRow, 'entry_id' | 'body'>[]): ReadonlyMap<EntryId, LinkEnd> {
  return new Map(rows.map(({ entry_id: entry, body }) => [entry, JSON.parse(body) as LinkEnd] as const))
}

/** An entry that was never approved has no row here, and the most pushes ask nothing of this table. */
export async function writeDisclosed(tx: Asked, campaign: CampaignId, projected: readonly { readonly id: EntryId; readonly disclosed: Omit<DisclosedRow, 'campaign_id' | 'entry_id'> | null }[]): Promise<void> {
  const gone = projected.flatMap(({ id, disclosed }) => (disclosed === null ? [id] : []))
  if (gone.length > 0) await remove(tx, campaign, gone)
  const rows = projected.flatMap(({ id, disclosed }) => (disclosed === null ? [] : [{ campaign_id: campaign, entry_id: id, ...disclosed }]))
  if (rows.length > 0) await upsert(tx, rows)
}

const remove = keptChange((db, campaign: CampaignId, entries: readonly EntryId[]) => db.deleteFrom('disclosed_entries').where('campaign_id', '=', campaign).where('entry_id', 'in', entries))
const upsert = keptChange((db, rows: readonly DisclosedRow[]) => db.insertInto('disclosed_entries').values(rows)
  .onConflict((oc) => oc.columns(['campaign_id', 'entry_id']).doUpdateSet((eb) => ({ author_id: eb.ref('excluded.author_id'), kind: eb.ref('excluded.kind'), ref: eb.ref('excluded.ref'), outputs: eb.ref('excluded.outputs'), body: eb.ref('excluded.body') }))))
