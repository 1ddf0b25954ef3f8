import { sql } from 'kysely'
import type { ExpressionBuilder, SqlBool, Expression } from 'kysely'
import type { CampaignId } from '#domain/ids.ts'
import type { EntriesResponse } from '#protocol/desk.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { entryRow } from '#server/store/sql/entry-row.ts'
import { foldedWords } from '#server/store/sql/folded-words.ts'
import type { Tables } from '#server/store/sql/schema.ts'
import type { EntriesFilter } from '#server/store/store.ts'

const facetColumns = { kind: 'kind', state: 'state', topic: 'topic', country: 'country', severity: 'severity', adm1: 'adm1' } as const
type Facet = keyof typeof facetColumns
type Eb = ExpressionBuilder<Tables, 'entries'>

/** A page of the queue with its total and facets, all read in one transaction. */
export async function listEntries(tx: Tx, campaign: CampaignId, filter: EntriesFilter): Promise<EntriesResponse> {
  const rows = await pageQuery(tx, campaign, filter).execute()
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  const { count } = await tx.selectFrom('entries').select((eb) => eb.fn.countAll<number>().as('count')).where((eb) => matches(eb, { campaign, filter, without: null })).executeTakeFirstOrThrow()
  return {
    entries: page.map(entryRow), total: Number(count),
    next: rows.length > filter.limit && last !== undefined ? cursorOf(filter.sort, last) : null,
    facets: await facetsOf(tx, campaign, filter),
  }
}

/** The page alone, one row more than the limit: exported so that a test can ask the database how it would run it. */
export function pageQuery(db: Db | Tx, campaign: CampaignId, filter: EntriesFilter) {
  const query = db.selectFrom('entries')
    .innerJoin('members', (join) => join.onRef('members.campaign_id', '=', 'entries.campaign_id').onRef('members.id', '=', 'entries.author_id'))
    .selectAll('entries').select(['members.name', 'members.organisation'])
    .where((eb) => matches(eb, { campaign, filter, without: null })).limit(filter.limit + 1)
  const place = placeOf(filter.after, filter.sort)
  switch (filter.sort) {
    case 'oldest':
      return query.$if(place !== null, (q) => q.where('entries.seq', '>', place?.seq ?? 0)).orderBy('entries.seq')
    case 'newest':
      return query.$if(place !== null, (q) => q.where('entries.seq', '<', place?.seq ?? 0)).orderBy('entries.seq', 'desc')
    case 'severity': {
      const { severity, seq } = place ?? { severity: 0, seq: 0 }
      return query
        .$if(place !== null, (q) => q.where((eb) => eb.or([eb('entries.severity', '<', severity), eb.and([eb('entries.severity', '=', severity), eb('entries.seq', '>', seq)])])))
        .orderBy('entries.severity', 'desc').orderBy('entries.seq')
    }
  }
}

export function matches(eb: Eb, { campaign, filter, without }: { readonly campaign: CampaignId; readonly filter: EntriesFilter; readonly without: Facet | null }): Expression<SqlBool> {
  const lists = (Object.keys(facetColumns) as readonly Facet[]).flatMap((facet) => {
    const values: readonly (string | number)[] = filter[facet]
    return facet === without || values.length === 0 ? [] : [eb(`entries.${facetColumns[facet]}`, 'in', [...values])]
  })
  const words = filter.q === null ? [] : foldedWords(filter.q).split(/\s+/u).filter((word) => word !== '').slice(0, 10)
  return eb.and([
    eb('entries.campaign_id', '=', campaign),
    ...lists,
    ...(filter.from === null ? [] : [eb('entries.observed_on', '>=', filter.from)]),
    ...(filter.to === null ? [] : [eb('entries.observed_on', '<=', filter.to)]),
    ...words.map((word) => sql<SqlBool>`entries.search like ${`%${word.replaceAll(/[\\%_]/gu, '\\$&')}%`} escape '\\'`),
  ])
}

/** Counts by code under the other filters: what one would get by choosing another value of the same facet. */
async function facetsOf(tx: Tx, campaign: CampaignId, filter: EntriesFilter): Promise<EntriesResponse['facets']> {
  const facets: Record<string, Record<string, number>> = {}
  for (const facet of (Object.keys(facetColumns) as readonly Facet[]).filter((name) => filter.facets.includes(name))) {
    const column = `entries.${facetColumns[facet]}` as const
    const rows = await tx.selectFrom('entries').select((eb) => [eb.ref(column).as('code'), eb.fn.countAll<number>().as('count')])
      .where((eb) => matches(eb, { campaign, filter, without: facet })).groupBy(column).execute()
    facets[facet] = Object.fromEntries(rows.filter(({ code }) => code !== null && code !== 0).map(({ code, count }) => [String(code), Number(count)]))
  }
  return facets
}

/** Opaque to the client: where the page ended, and in which order. */
function cursorOf(sort: EntriesFilter['sort'], { severity, seq }: { readonly severity: number; readonly seq: number }): string {
  return Buffer.from(JSON.stringify([sort, Number(severity), Number(seq)])).toString('base64url')
}

/** A cursor that is not ours, or of another order, begins at the start. */
function placeOf(cursor: string | null, sort: EntriesFilter['sort']): { readonly severity: number; readonly seq: number } | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString('utf8'))
    if (!Array.isArray(parsed) || parsed[0] !== sort) return null
    const [severity, seq] = [Number(parsed[1]), Number(parsed[2])]
    return Number.isSafeInteger(severity) && Number.isSafeInteger(seq) ? { severity, seq } : null
  } catch {
    return null
  }
}
