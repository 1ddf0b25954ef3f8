import { foldEntry } from '#domain/fold.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { CampaignId, EntryId } from '#domain/ids.ts'
import { countryWithoutRegion } from '#domain/listed-regions.ts'
import type { EntryRow } from '#protocol/desk.ts'
import { recordAct } from '#server/store/sql/acts.ts'
import { readTogether } from '#server/store/sql/db.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import type { EntryColumns } from '#server/store/sql/entry-columns.ts'
import type { EntryLists } from '#server/store/sql/entry-lists.ts'
import { entriesWithPeople } from '#server/store/sql/entry-people.ts'
import { entryRow } from '#server/store/sql/entry-row.ts'
import { foldedColumns, knownChanges } from '#server/store/sql/parsed-change.ts'
import type { FoldedRow } from '#server/store/sql/parsed-change.ts'
import type { NearStore, NearWindow, Pair, PairKind } from '#server/store/near-store.ts'

export function createNearStore(db: Db, lists: EntryLists): NearStore {
  return {
    within: (campaign, window, limit) => readTogether(db, async (tx) => nearest(await lists.at(tx, campaign), window, limit)),
    async states(campaign, ids) {
      if (ids.length === 0) return new Map()
      const changes = await foldedQuery(db, campaign, ids).execute()
      return foldedById(changes.toSorted((a, b) => Number(a.seq) - Number(b.seq)))
    },
    async rows(campaign, ids): Promise<readonly EntryRow[]> {
      return ids.length === 0 ? [] : (await rowsQuery(db, campaign, ids).execute()).map((row) => entryRow(row))
    },
    async linkedFrom(campaign, id) {
      return (await linkedQuery(db, campaign, id).execute()).map(({ from_id: from }) => from)
    },
    apartFrom: (campaign, id) => apartFrom(db, campaign, id),
    setApart: (campaign, pair) => db.transaction().execute((tx) => setApart(tx, campaign, pair)),
  }
}

/** The four below are exported so that a test can ask the database how it would run them. Sorted as their index is: by `seq` alone SQLite would walk the whole campaign. */
export function foldedQuery(db: Db | Tx, campaign: CampaignId, ids: readonly EntryId[]) {
  return db.selectFrom('changes').select(foldedColumns).where('campaign_id', '=', campaign).where('entry_id', 'in', ids).orderBy('entry_id').orderBy('seq')
}

export function rowsQuery(db: Db | Tx, campaign: CampaignId, ids: readonly EntryId[]) {
  return entriesWithPeople(db).where('entries.campaign_id', '=', campaign).where('entries.id', 'in', ids)
}

const linkKinds = ['answers', 'duplicateOf', 'sameAs', 'updateOf'] as const

export function linkedQuery(db: Db | Tx, campaign: CampaignId, id: EntryId) {
  return db.selectFrom('entry_links').select('from_id').distinct().where('campaign_id', '=', campaign).where('kind', 'in', [...linkKinds]).where('to_id', '=', id).limit(mostLinks)
}

export function apartQuery(db: Db | Tx, campaign: CampaignId, { id, side }: { readonly id: EntryId; readonly side: 'first_id' | 'second_id' }) {
  return db.selectFrom('entries_apart').select(['first_id', 'second_id', 'kind']).where('campaign_id', '=', campaign).where(side, '=', id).limit(mostApart)
}

/** More than anybody has ever tied or parted by hand, so that an answer is bounded whatever was written. */
const [mostLinks, mostApart] = [1000, 5000]

async function apartFrom(db: Db, campaign: CampaignId, id: EntryId): Promise<ReadonlyMap<PairKind, ReadonlySet<EntryId>>> {
  const rows = [...await apartQuery(db, campaign, { id, side: 'first_id' }).execute(), ...await apartQuery(db, campaign, { id, side: 'second_id' }).execute()]
  const others = (of: PairKind) => new Set(rows.filter(({ kind }) => kind === of).map(({ first_id: first, second_id: second }) => (first === id ? second : first)))
  return new Map([['same', others('same')], ['answers', others('answers')]])
}

async function setApart(tx: Tx, campaign: CampaignId, { apart, by, ...pair }: Parameters<NearStore['setApart']>[1]): Promise<void> {
  const key = keyOf(pair)
  const changed = apart
    ? await tx.insertInto('entries_apart').values({ campaign_id: campaign, ...key, member_id: by.memberId, at: by.at }).onConflict((oc) => oc.doNothing()).returning('kind').executeTakeFirst()
    : await tx.deleteFrom('entries_apart').where('campaign_id', '=', campaign).where('first_id', '=', key.first_id).where('second_id', '=', key.second_id).where('kind', '=', key.kind).returning('kind').executeTakeFirst()
  if (changed !== undefined) await recordAct(tx, campaign, { act: apart ? 'pair.parted' : 'pair.reopened', by, words: await namesOf(tx, campaign, pair.entries), detail: { entries: pair.entries, as: pair.as } })
}

/** As people call the two. */
async function namesOf(tx: Tx, campaign: CampaignId, entries: Pair['entries']): Promise<string> {
  const rows = await tx.selectFrom('entries').select('ref').where('campaign_id', '=', campaign).where('id', 'in', [...entries]).orderBy('ref').execute()
  return rows.map(({ ref }) => ref).join(' · ')
}

function keyOf({ entries: [a, b], as }: Pair): { readonly first_id: EntryId; readonly second_id: EntryId; readonly kind: PairKind } {
  return a < b ? { first_id: a, second_id: b, kind: as } : { first_id: b, second_id: a, kind: as }
}

function foldedById(rows: readonly FoldedRow[]): ReadonlyMap<EntryId, EntryState> {
  const byEntry = new Map<EntryId, FoldedRow[]>()
  for (const row of rows) {
    if (row.entry_id === null) continue
    const known = byEntry.get(row.entry_id)
    if (known === undefined) byEntry.set(row.entry_id, [row])
    else known.push(row)
  }
  return new Map([...byEntry].flatMap(([id, changes]) => {
    const state = foldEntry(knownChanges(changes))
    return state === null ? [] : [[id, state] as const]
  }))
}

/** A region weighs as much as forty days, a topic further down the list as a hundred. */
const [otherRegion, nextTopic] = [40, 100]
const dayMs = 86_400_000
const leftOut: readonly string[] = ['withdrawn', 'rejected']

function nearest(columns: EntryColumns, window: NearWindow, limit: number): { readonly ids: readonly EntryId[]; readonly isCut: boolean } {
  const [kind, country, state, topic, adm1, day] = (['kind', 'country', 'state', 'topic', 'adm1', 'observed_on'] as const).map((name) => columns.column(name)) as [Cells, Cells, Cells, Cells, Cells, Cells]
  const [ofKind, ofCountry] = [kind.values.indexOf(window.kind), country.values.indexOf(window.country)]
  const isLeftOut = state.values.map((value) => leftOut.includes(value))
  const topicRank = topic.values.map((value) => rankOf(window, value))
  const dayDistance = day.values.map((value) => (value < window.from || value > window.to ? Infinity : Math.abs(Date.parse(value) - Date.parse(window.of.observedOn)) / dayMs))
  const own = columns.placeOf(window.of.id)
  // As it is listed: a region that was written by hand may be one of the campaign's.
  const region = own === undefined ? window.of.adm1 : (adm1.values[adm1.cells[own] ?? 0] ?? null)
  const regionRank = adm1.values.map((value) => (value !== '' && countryWithoutRegion(value) === null && value === region ? 0 : otherRegion))
  const found: { readonly place: number; readonly distance: number }[] = []
  for (let place = 0; place < columns.size; place += 1) {
    if (kind.cells[place] !== ofKind || country.cells[place] !== ofCountry || place === own || isLeftOut[state.cells[place] ?? 0] === true) continue
    const distance = (topicRank[topic.cells[place] ?? 0] ?? Infinity) + (dayDistance[day.cells[place] ?? 0] ?? Infinity) + (regionRank[adm1.cells[place] ?? 0] ?? otherRegion)
    if (distance < Infinity) found.push({ place, distance })
  }
  found.sort((a, b) => a.distance - b.distance || (columns.seqs[b.place] ?? 0) - (columns.seqs[a.place] ?? 0))
  return { ids: found.slice(0, limit).map(({ place }) => columns.idAt(place)), isCut: found.length > limit }
}

type Cells = ReturnType<EntryColumns['column']>

function rankOf({ topics, anyTopic }: NearWindow, topic: string): number {
  const rank = topics.findIndex((one) => one === topic)
  if (rank !== -1) return rank === 0 ? 0 : nextTopic
  return anyTopic ? 2 * nextTopic : Infinity
}
