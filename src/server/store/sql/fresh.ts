import type { CampaignId, EntryId } from '#domain/ids.ts'
import type { EntryRow } from '#protocol/desk.ts'
import type { FreshEntries, FreshStore } from '#server/store/fresh-store.ts'
import { readTogether } from '#server/store/sql/db.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { entriesWithPeople } from '#server/store/sql/entry-people.ts'
import { entryRow } from '#server/store/sql/entry-row.ts'
import { readMeta } from '#server/store/sql/meta.ts'

export function createFreshStore(db: Db): FreshStore {
  return { since: (campaign, after, limit) => readTogether(db, (tx) => since(tx, campaign, { after, limit })) }
}

async function since(tx: Tx, campaign: CampaignId, { after, limit }: { readonly after: number | null; readonly limit: number }): Promise<FreshEntries> {
  const epoch = await readMeta(tx, 'epoch')
  const counters = await tx.selectFrom('counters').select('seq').where('campaign_id', '=', campaign).executeTakeFirst()
  const head = Number(counters?.seq ?? 0)
  if (after === null || after >= head) return { epoch, seq: head, more: false, touched: [] }
  const changes = await touchedQuery(tx, campaign, { after, limit }).execute()
  const more = changes.length >= limit
  const bySeq = new Map(changes.flatMap(({ entry_id: id, seq }) => (id === null ? [] : [[id, Number(seq)] as const])))
  const rows = await rowsOf(tx, campaign, [...bySeq.keys()])
  return {
    epoch, more, seq: more ? Number(changes.at(-1)?.seq ?? head) : head,
    touched: [...bySeq].map(([id, seq]) => ({ id, seq, row: rows.get(id) ?? null })),
  }
}

/** Exported so that a test can ask the database how it would run it. */
export function touchedQuery(db: Db | Tx, campaign: CampaignId, { after, limit }: { readonly after: number; readonly limit: number }) {
  return db.selectFrom('changes').select(['seq', 'entry_id']).where('campaign_id', '=', campaign).where('seq', '>', after).orderBy('seq').limit(limit)
}

async function rowsOf(tx: Tx, campaign: CampaignId, ids: readonly EntryId[]): Promise<ReadonlyMap<EntryId, EntryRow>> {
  if (ids.length === 0) return new Map()
  const rows = await entriesWithPeople(tx).where('entries.campaign_id', '=', campaign).where('entries.id', 'in', [...ids]).execute()
  return new Map(rows.map((row) => [row.id, entryRow(row)] as const))
}
