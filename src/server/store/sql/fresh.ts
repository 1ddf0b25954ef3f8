import type { CampaignId, EntryId, MemberId } from '#domain/ids.ts'
import type { CampaignAct } from '#protocol/audit.ts'
import type { EntryRow } from '#protocol/desk.ts'
import type { Place } from '#server/store/audit-store.ts'
import type { FreshEntries, FreshStore } from '#server/store/fresh-store.ts'
import { readTogether } from '#server/store/sql/db.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { entriesWithPeople } from '#server/store/sql/entry-people.ts'
import { entryRow } from '#server/store/sql/entry-row.ts'
import { readMeta } from '#server/store/sql/meta.ts'

export function createFreshStore(db: Db): FreshStore {
  return {
    since: (campaign, after, limit) => readTogether(db, (tx) => since(tx, campaign, { after, limit })),
    asideSince: (campaign, after) => readTogether(db, (tx) => asideSince(tx, campaign, after)),
  }
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
  const aside = await asideAmong(tx, campaign, [...bySeq.keys()].filter((id) => !rows.has(id)))
  return {
    epoch, more, seq: more ? Number(changes.at(-1)?.seq ?? head) : head,
    touched: [...bySeq].map(([id, seq]) => ({ id, seq, row: rows.get(id) ?? null, ...(aside.has(id) ? { aside: true as const } : {}) })),
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

/** Of entries that do not count those whose words are still there. */
async function asideAmong(tx: Tx, campaign: CampaignId, ids: readonly EntryId[]): Promise<ReadonlySet<EntryId>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.selectFrom('changes').select('entry_id').where('campaign_id', '=', campaign).where('entry_id', 'in', [...ids]).where('type', '=', 'record').where('erased_at', 'is', null).execute()
  return new Set(rows.flatMap(({ entry_id: id }) => (id === null ? [] : [id])))
}

const settingAside: CampaignAct = 'member.setAside'

/** Exported so that a test can ask the database how it would run it. */
export function lastSettingAside(db: Db | Tx, campaign: CampaignId) {
  return db.selectFrom('acts').select(['seq', 'number']).where('campaign_id', '=', campaign).where('act', '=', settingAside).orderBy('seq', 'desc').orderBy('number', 'desc').limit(1)
}

/** Whoever counts again is asked for no more, and each of their entries is touched by its release. */
async function asideSince(tx: Tx, campaign: CampaignId, after: Place | null): ReturnType<FreshStore['asideSince']> {
  const last = await lastSettingAside(tx, campaign).executeTakeFirst()
  const place = { seq: Number(last?.seq ?? 0), number: Number(last?.number ?? 0) }
  if (after === null || place.seq < after.seq || (place.seq === after.seq && place.number <= after.number)) return { place, entries: [] }
  const rows = await tx.selectFrom('members')
    .innerJoin('changes', (join) => join.onRef('changes.campaign_id', '=', 'members.campaign_id').onRef('changes.member_id', '=', 'members.id').onRef('changes.received_at', '>=', 'members.aside_since'))
    .select('changes.entry_id').where('members.campaign_id', '=', campaign).where('changes.type', '=', 'record').where('changes.quarantined', '=', 'revoked-device').where('changes.released', '=', 0).where('changes.erased_at', 'is', null)
    .where('members.id', 'in', (eb) => eb.selectFrom('acts').select('subject').where('campaign_id', '=', campaign).where('act', '=', settingAside).where((one) => one(one.refTuple('seq', 'number'), '>', one.tuple(after.seq, after.number))).$narrowType<{ subject: MemberId }>()).execute()
  return { place, entries: rows.flatMap(({ entry_id: id }) => (id === null ? [] : [id])) }
}
