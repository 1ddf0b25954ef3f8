import type { CampaignId } from '#domain/ids.ts'
import { soughtWords } from '#domain/words.ts'
import type { EntriesResponse, EntrySort } from '#protocol/desk.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import type { EntryColumns } from '#server/store/sql/entry-columns.ts'
import type { ListedMember } from '#server/store/sql/entry-facets.ts'
import type { EntryLists } from '#server/store/sql/entry-lists.ts'
import { entriesWithPeople } from '#server/store/sql/entry-people.ts'
import { entryRow } from '#server/store/sql/entry-row.ts'
import { searchHits } from '#server/store/sql/entry-search.ts'
import type { SearchGround } from '#server/store/sql/entry-search.ts'
import { countEntries, selectEntries } from '#server/store/sql/entry-selection.ts'
import type { Narrowing } from '#server/store/sql/entry-selection.ts'
import { kept } from '#server/store/sql/kept-query.ts'
import type { EntriesFilter, ListFilter } from '#server/store/entry-filters.ts'

export interface ListGround extends SearchGround {
  readonly lists: EntryLists
}

/** A page of the queue with its total and facets, all of one state of the database. */
export async function listEntries(tx: Tx, ground: ListGround, { campaign, filter }: { readonly campaign: CampaignId; readonly filter: EntriesFilter }): Promise<EntriesResponse> {
  const members = await membersFor(tx, campaign, [filter])
  const hits = filter.q === null ? null : await searchHits(tx, { campaign, q: filter.q, members, ground })
  const columns = await ground.lists.at(tx, campaign)
  const { total, facets, page } = selectEntries(columns, { ...filter, hits }, { ...filter, afterKey: keyOf(filter.after, filter.sort), organisations: organisationsOf(members) })
  const shown = page.slice(0, filter.limit)
  const last = shown.at(-1)
  return {
    entries: await rowsOf(tx, { campaign, seqs: shown.map(({ seq }) => seq), q: filter.q }),
    total, facets,
    next: page.length > filter.limit && last !== undefined ? cursorOf(filter.sort, last.key) : null,
    ...await namesFor(tx, { campaign, facets, members, columns }),
  }
}

/** Each set of filters counted, in order, all of one state. */
export async function countLists(tx: Tx, ground: ListGround, { campaign, filters }: { readonly campaign: CampaignId; readonly filters: readonly ListFilter[] }): Promise<readonly number[]> {
  const members = await membersFor(tx, campaign, filters)
  const narrowings: Narrowing[] = []
  for (const filter of filters) narrowings.push({ ...filter, hits: filter.q === null ? null : await searchHits(tx, { campaign, q: filter.q, members, ground }) })
  const columns = await ground.lists.at(tx, campaign)
  return narrowings.map((narrowing) => countEntries(columns, narrowing, organisationsOf(members)))
}

/** A filter with what its words hit, and whose organisation is whose, as far as that is asked. */
export async function narrowingFor(tx: Tx, ground: ListGround, { campaign, filter }: { readonly campaign: CampaignId; readonly filter: ListFilter }): Promise<{ readonly narrowing: Narrowing; readonly organisations: ReadonlyMap<string, string> }> {
  const members = await membersFor(tx, campaign, [filter])
  const hits = filter.q === null ? null : await searchHits(tx, { campaign, q: filter.q, members, ground })
  return { narrowing: { ...filter, hits }, organisations: organisationsOf(members) }
}

/** Names are searched, and organisations stand with members alone; a plain list needs neither. */
async function membersFor(tx: Tx, campaign: CampaignId, filters: readonly (Pick<EntriesFilter, 'chosen' | 'q'> & { readonly facets?: EntriesFilter['facets'] })[]): Promise<readonly ListedMember[]> {
  const isNeeded = filters.some(({ q, chosen, facets = [] }) => q !== null || (chosen.organisation ?? []).length > 0 || facets.includes('organisation') || facets.includes('author') || facets.includes('assignee'))
  return isNeeded ? allMembers(tx, campaign) : []
}

const allMembers = kept((db, campaign: CampaignId) => db.selectFrom('members').select(['id', 'name', 'organisation']).where('campaign_id', '=', campaign))

function organisationsOf(members: readonly ListedMember[]): ReadonlyMap<string, string> {
  return new Map(members.flatMap(({ id, organisation }) => (organisation === null || organisation === '' ? [] : [[id, organisation] as const])))
}

/** The rows of a page: exported so that a test can ask the database how it would run it. */
export function rowsQuery(tx: Db | Tx, campaign: CampaignId, seqs: readonly number[]) {
  return entriesWithPeople(tx).where('entries.campaign_id', '=', campaign).where('entries.seq', 'in', seqs)
}

const rowsAt = kept(rowsQuery)

/** What another process has just taken out is left out. */
async function rowsOf(tx: Tx, { campaign, seqs, q }: { readonly campaign: CampaignId; readonly seqs: readonly number[]; readonly q: string | null }): Promise<EntriesResponse['entries']> {
  if (seqs.length === 0) return []
  const sought = q === null ? [] : soughtWords(q)
  const bySeq = new Map((await rowsAt(tx, campaign, seqs)).map((row) => [Number(row.seq), row] as const))
  return seqs.flatMap((seq) => {
    const row = bySeq.get(seq)
    return row === undefined ? [] : [entryRow(row, sought)]
  })
}

interface NamesGround {
  readonly campaign: CampaignId
  readonly facets: EntriesResponse['facets']
  readonly members: readonly ListedMember[]
  readonly columns: EntryColumns
}

/** What the codes are called that only this campaign knows, as far as they are counted. */
async function namesFor(tx: Tx, { campaign, facets, members, columns }: NamesGround): Promise<Pick<EntriesResponse, 'names'>> {
  const { author, device, assignee, adm1 } = facets
  if (author === undefined && device === undefined && assignee === undefined && adm1 === undefined) return {}
  const devices = device === undefined ? [] : await tx.selectFrom('devices').select(['id', 'label']).where('campaign_id', '=', campaign).execute()
  const counted = (counts: Readonly<Record<string, number>> | undefined, called: readonly (readonly [string, string])[]) => Object.fromEntries(called.filter(([id]) => counts?.[id] !== undefined))
  const people = members.map(({ id, name }) => [id, name] as const)
  return { names: { author: counted(author, people), device: counted(device, devices.map(({ id, label }) => [id, label] as const)), assignee: counted(assignee, people), adm1: columns.namesOf(Object.keys(adm1 ?? {})) } }
}

/** Opaque to the client: behind which key of which order the next page begins. */
function cursorOf(sort: EntrySort, key: number): string {
  return Buffer.from(JSON.stringify([sort, key])).toString('base64url')
}

/** A cursor that is not ours, or of another order, begins at the start. */
function keyOf(cursor: string | null, sort: EntrySort): number | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString('utf8'))
    if (!Array.isArray(parsed) || parsed[0] !== sort) return null
    const key = Number(parsed[1])
    return Number.isSafeInteger(key) ? key : null
  } catch {
    return null
  }
}
