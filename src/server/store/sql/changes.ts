import { sql } from 'kysely'
import type { ChangeType } from '#domain/change.ts'
import type { CampaignId, ChangeId, MemberId } from '#domain/ids.ts'
import { isNothingAbove } from '#server/store/appended.ts'
import type { Reach } from '#server/store/appended.ts'
import { changeColumns } from '#server/store/sql/all-columns.ts'
import { appendTogether } from '#server/store/sql/append-together.ts'
import { appendRuns } from '#server/store/sql/append.ts'
import { chainOf } from '#server/store/sql/chain.ts'
import { abreast, readTogether } from '#server/store/sql/db.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { kept, keptOne } from '#server/store/sql/kept-query.ts'
import type { Housekeeping } from '#server/store/sql/erasures.ts'
import { readMeta } from '#server/store/sql/meta.ts'
import { knownChanges } from '#server/store/sql/parsed-change.ts'
import type { ChangeRow } from '#server/store/sql/schema.ts'
import type { ChangeStore, StoredChange } from '#server/store/store.ts'

export function createChangeStore(db: Db, { gather, learnInPassing }: Pick<Housekeeping, 'learnInPassing'> & { readonly gather: (() => Promise<void>) | undefined }): ChangeStore {
  const ofCampaign = (campaign: CampaignId) => db.selectFrom('changes').selectAll().where('campaign_id', '=', campaign)
  return {
    append: appendTogether((campaign, runs) => appendRuns(db, campaign, { runs, learnInPassing }), gather),
    chain: async (campaign, device) => (await chainOf(db, campaign, device)).chain,
    pull: (query) => readTogether(db, (tx) => pull(tx, query)),
    scan: async (campaign, after, limit) => (await ofCampaign(campaign).where('seq', '>', after).orderBy('seq').limit(limit).execute()).map(storedChange),
    ofEntry: async (campaign, entry) => (await ofCampaign(campaign).where('entry_id', '=', entry).orderBy('seq').execute()).map(storedChange),
    known: async (campaign, entry) => knownChanges(await ofCampaign(campaign).where('entry_id', '=', entry).orderBy('seq').execute()),
    held: (campaign, ids) => heldOf(db, campaign, ids),
    quarantined: async (campaign) => (await asideQuery(db, campaign).execute()).map(storedChange),
    places: async (campaign, seqs) => (await placesAt(db, campaign, seqs)).map((row) => ({ seq: Number(row.seq), changeHash: row.change_hash, receivedAt: row.received_at })),
    headSeq: async (campaign) => (await reachOf(db, campaign)).head,
    async seals(campaign) {
      const rows = await db.selectFrom('seals').selectAll().where('campaign_id', '=', campaign).orderBy('device_id').orderBy('device_seq').orderBy('first_device_seq').execute()
      return rows.map((row) => ({ deviceId: row.device_id, deviceSeq: Number(row.device_seq), firstDeviceSeq: Number(row.first_device_seq), prevHash: row.prev_hash, hash: row.hash, sig: row.sig }))
    },
    async links(campaign) {
      const rows = await db.selectFrom('links').selectAll().where('campaign_id', '=', campaign).orderBy('device_id').orderBy('device_seq').execute()
      return rows.map((row) => ({ deviceId: row.device_id, deviceSeq: Number(row.device_seq), changeHash: row.change_hash, prevHash: row.prev_hash, hash: row.hash }))
    },
    async alarms(campaign) {
      const rows = await db.selectFrom('alarms').selectAll().where('campaign_id', '=', campaign).orderBy('received_at').orderBy('change_hash').execute()
      return rows.map((row) => ({ kind: row.kind, deviceId: row.device_id, receivedAt: row.received_at, text: row.text }))
    },
  }
}

const idsAtOnce = 500

/** What is proven is kept under its id. */
async function heldOf(db: Db, campaign: CampaignId, ids: readonly ChangeId[]): Promise<ReadonlySet<ChangeId>> {
  const found = new Set<ChangeId>()
  for (let at = 0; at < ids.length; at += idsAtOnce) for (const { key } of await heldAmong(db, campaign, ids.slice(at, at + idsAtOnce))) found.add(key as ChangeId)
  return found
}

type PullQuery = Parameters<ChangeStore['pull']>[0]
type Places = NonNullable<PullQuery['had']>

/** One row more than asked for tells whether there is more; with less, everything up to the head has been scanned. The head is told also to who has read beyond it. */
async function pull(tx: Tx, query: PullQuery): ReturnType<ChangeStore['pull']> {
  const { campaignId, limit } = query
  const { head, safeSeq, epoch } = await reachOf(tx, campaignId)
  const rows = isNothingAbove(query, head) ? [] : await rowsFor(tx, query)
  const page = rows.slice(0, limit)
  const more = rows.length > limit
  const last = page.at(-1)
  const next = more && last !== undefined ? Number(last.seq) : head
  return { changes: page.map(storedChange), next, more, epoch, safeSeq }
}

async function rowsFor(tx: Tx, { campaignId, memberId, see, after, limit, had = nowhere }: PullQuery): Promise<readonly ChangeRow[]> {
  const page = { campaignId, after, rows: limit + 1, had }
  if (see === 'all') return changesAbove(tx, page)
  const together = await abreast(tx)
  const [own, erased, gone] = await Promise.all([ownAbove(together, page, memberId), firstErasure(together, campaignId, after), goneAbove(together, page, memberId)])
  const erasures = erased === undefined ? [] : await erasuresAbove(tx, page, memberId)
  if (see === 'own' && erasures.length + gone.length === 0) return own
  const bySeq = new Map([...own, ...erasures, ...gone, ...(see === 'own' ? [] : await publicAbove(tx, page))].map((row) => [Number(row.seq), row] as const))
  return [...bySeq.values()].toSorted((a, b) => Number(a.seq) - Number(b.seq)).slice(0, limit + 1)
}

async function reachOf(db: Db | Tx, campaign: CampaignId): Promise<Reach> {
  const row = await reachRow(db, campaign)
  return { head: Number(row?.seq ?? 0), safeSeq: Number(row?.safe_seq ?? 0), epoch: row?.epoch ?? (await readMeta(db, 'epoch')) }
}

interface PageAbove {
  readonly campaignId: CampaignId
  readonly after: number
  readonly rows: number
  readonly had: Places
}

const nowhere: Places = { from: 0, to: 0 }

const above = (db: Db | Tx, { campaignId, after, rows, had }: PageAbove) => db.selectFrom('changes').select(changeColumns).where('campaign_id', '=', campaignId).where('seq', '>', after).where((eb) => eb.not(eb.between('seq', had.from, had.to))).orderBy('seq').limit(rows)
const changesAbove = kept(above)
const publicAbove = kept((db, page: PageAbove) => above(db, page).where('publishes', 'is not', null))
/** What others tried on an entry and was quarantined is the coordinators' business, not its author's. */
const ownAbove = kept((db, page: PageAbove, member: MemberId) => above(db, page).where('author_id', '=', member).where((eb) => eb.or([eb('quarantined', 'is', null), eb('released', '=', 1), eb('member_id', '=', member)])))
/** Of entries of others on which the member wrote: their own words about it stand on their devices. An entry has few changes and a member many: with nothing added the planner cannot look through theirs instead. */
export const erasuresQuery = (db: Db | Tx, page: PageAbove, member: MemberId) => above(db, page).where('type', '=', 'erase' satisfies ChangeType).where('quarantined', 'is', null).where('author_id', '!=', member)
  .where((eb) => eb.exists(eb.selectFrom('changes as mine').select('mine.seq').whereRef('mine.campaign_id', '=', 'changes.campaign_id').whereRef('mine.entry_id', '=', 'changes.entry_id').where(sql`mine.member_id || ''`, '=', member)))
const erasuresAbove = kept(erasuresQuery)
/** What they wrote on entries of others and is erased. After a restore no erasure in the log may say so any more, and every device reads from the beginning. Looked for among what the member wrote above the cursor, and not among all that was ever erased. */
export const goneQuery = (db: Db | Tx, page: PageAbove, member: MemberId) => above(db, page).where('member_id', '=', member).where('author_id', '!=', member).where(sql`erased_at || ''`, 'is not', null)
const goneAbove = kept(goneQuery)
/** Most of the time there is none, and to find that out is all that has to be done. */
const firstErasure = keptOne((db, campaign: CampaignId, after: number) => db.selectFrom('changes').select('seq').where('campaign_id', '=', campaign).where('type', '=', 'erase' satisfies ChangeType).where('seq', '>', after).orderBy('seq').limit(1))
const placesAt = kept((db, campaign: CampaignId, seqs: readonly number[]) => db.selectFrom('changes').select(['seq', 'change_hash', 'received_at']).where('campaign_id', '=', campaign).where('seq', 'in', seqs))
const heldAmong = kept((db, campaign: CampaignId, keys: readonly ChangeId[]) => db.selectFrom('changes').select('key').where('campaign_id', '=', campaign).where('key', 'in', keys))
const reachRow = keptOne((db, campaign: CampaignId) => db.selectFrom('counters').select((eb) => ['seq', 'safe_seq', eb.selectFrom('meta').select('value').where('key', '=', 'epoch').as('epoch')]).where('campaign_id', '=', campaign))

/** What waits for a person: nothing more is to be said of bytes that have come whole by their chain since. Others than these under the same id are looked at. */
export const asideQuery = (db: Db, campaign: CampaignId) => db.selectFrom('changes').selectAll().where('campaign_id', '=', campaign).where('quarantined', 'is not', null).where('released', '=', 0).where('erased_at', 'is', null)
  .where((eb) => eb.not(eb.exists(eb.selectFrom('changes as whole').select('whole.seq').whereRef('whole.campaign_id', '=', 'changes.campaign_id').whereRef('whole.key', '=', 'changes.id').whereRef('whole.change_hash', '=', 'changes.change_hash').where('whole.quarantined', 'is', null))))
  .orderBy('seq')

export function storedChange(row: ChangeRow): StoredChange {
  return {
    seq: Number(row.seq), id: row.id, entryId: row.entry_id, deviceId: row.device_id, deviceSeq: row.device_seq === null ? null : Number(row.device_seq),
    memberId: row.member_id, carriedBy: row.carried_by, receivedAt: row.received_at, type: row.type, changeHash: row.change_hash, proven: row.proven === 1,
    text: row.text, ref: row.ref, quarantined: row.quarantined, released: row.released === 1, erasedAt: row.erased_at, author: row.author_id, publishes: row.publishes,
  }
}
