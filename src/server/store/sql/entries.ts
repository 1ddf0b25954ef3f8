import type { CampaignId, EntryId, Ref } from '#domain/ids.ts'
import { foldEntry } from '#domain/fold.ts'
import type { EntryRow } from '#protocol/desk.ts'
import { createDisclosedStore } from '#server/store/sql/disclosed.ts'
import { readTogether } from '#server/store/sql/db.ts'
import type { Db } from '#server/store/sql/db.ts'
import { countLists, listEntries } from '#server/store/sql/entry-list.ts'
import type { EntryLists } from '#server/store/sql/entry-lists.ts'
import { entriesWithPeople } from '#server/store/sql/entry-people.ts'
import { entryRow } from '#server/store/sql/entry-row.ts'
import { readOverview } from '#server/store/sql/overview.ts'
import { NameWords } from '#server/store/sql/entry-search.ts'
import type { FindWords } from '#server/store/sql/entry-search.ts'
import { knownChanges } from '#server/store/sql/parsed-change.ts'
import { rebuildEntries } from '#server/store/sql/rebuild.ts'
import type { EntryStore } from '#server/store/store.ts'

export function createEntryStore(db: Db, lists: EntryLists, find: FindWords): EntryStore {
  const ground = { lists, names: new NameWords(), find }
  return {
    ...createDisclosedStore(db),
    overview: (campaign, filter) => readTogether(db, (tx) => readOverview(tx, ground, { campaign, filter })),
    list: (campaign, filter) => readTogether(db, (tx) => listEntries(tx, ground, { campaign, filter })),
    counts: (campaign, filters) => readTogether(db, (tx) => countLists(tx, ground, { campaign, filters })),
    row: (campaign, id) => rowOf(db, campaign, id),
    async state(campaign, id) {
      return foldEntry(knownChanges(await db.selectFrom('changes').selectAll().where('campaign_id', '=', campaign).where('entry_id', '=', id).orderBy('seq').execute()))
    },
    async ids(campaign, query) {
      if ('refs' in query) return query.refs.length === 0 ? [] : (await refsQuery(db, campaign, query.refs).execute()).map(({ id }) => id)
      const { states, kind } = query
      const rows = await db.selectFrom('entries').select('id').where('campaign_id', '=', campaign)
        .$if(states !== undefined, (all) => all.where('state', 'in', states ?? [])).$if(kind !== undefined, (all) => all.where('kind', '=', kind ?? '')).orderBy('kind').orderBy('ref').execute()
      return rows.map(({ id }) => id)
    },
    rebuild: (campaign) => db.transaction().execute((tx) => rebuildEntries(tx, campaign)),
    async countByMember(campaign) {
      const rows = await db.selectFrom('entries').select((eb) => ['author_id', eb.fn.countAll<number>().as('count')]).where('campaign_id', '=', campaign).groupBy('author_id').execute()
      return new Map(rows.map((row) => [row.author_id, Number(row.count)] as const))
    },
  }
}

/** Exported so that a test can ask the database how it would run it. */
export function refsQuery(db: Db, campaign: CampaignId, refs: readonly Ref[]) {
  return db.selectFrom('entries').select('id').where('campaign_id', '=', campaign).where('ref', 'in', refs)
}

async function rowOf(db: Db, campaign: CampaignId, id: EntryId): Promise<EntryRow | null> {
  const row = await entriesWithPeople(db).where('entries.campaign_id', '=', campaign).where('entries.id', '=', id).executeTakeFirst()
  return row === undefined ? null : entryRow(row)
}
