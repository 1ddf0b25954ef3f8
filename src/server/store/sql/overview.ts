import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { CampaignId } from '#domain/ids.ts'
import type { OverviewResponse } from '#protocol/overview.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import type { Tables } from '#server/store/sql/schema.ts'
import type { OverviewFilter } from '#server/store/entry-filters.ts'

/** More groups than a page can show are somebody's spelling mistakes; the answer stays bounded whatever was written. */
const mostGroups = 5000

type About = { readonly campaign: CampaignId; readonly filter: OverviewFilter }

/** What the overview shows, counted in one transaction from an index alone. */
export async function readOverview(tx: Tx, campaign: CampaignId, filter: OverviewFilter): Promise<OverviewResponse> {
  const elsewhere = { campaign, filter: { ...filter, country: [], adm1: [] } }
  const total = await tx.selectFrom('entries').select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.count<number>('author_id').distinct().as('authors')])
    .where((eb) => matches(eb, { campaign, filter })).executeTakeFirstOrThrow()
  return {
    total: Number(total.count), authors: Number(total.authors),
    areas: await areasOf(tx, elsewhere),
    cells: await cellsOf(tx, { campaign, filter: { ...elsewhere.filter, topic: [] } }),
    days: await daysOf(tx, { campaign, filter: { ...filter, from: null, to: null } }),
    severities: await severitiesOf(tx, { campaign, filter: { ...filter, topic: [], severity: [] } }),
  }
}

async function areasOf(tx: Tx, { campaign, filter }: About): Promise<OverviewResponse['areas']> {
  const rows = await areaQuery(tx, { campaign, filter }).execute()
  return rows.map(({ country, adm1, challenges, actions, authors, lat, lon, west, east }) => ({
    country, adm1, challenges: Number(challenges), actions: Number(actions), authors: Number(authors),
    // The middle of points on both sides of the 180th meridian lies on the other side of the world.
    point: lat === null || lon === null || Number(east) - Number(west) > 180 ? null : [hundredth(Number(lon)), hundredth(Number(lat))] as [number, number],
  }))
}

/** Exported so that a test can ask the database how it would run it. */
export function areaQuery(db: Db | Tx, { campaign, filter }: About) {
  return db.selectFrom('entries').select((eb) => [
    'country', 'adm1', countOf(eb, 'challenge').as('challenges'), countOf(eb, 'action').as('actions'), eb.fn.count<number>('author_id').distinct().as('authors'),
    eb.fn.avg<number | null>('lat').as('lat'), eb.fn.avg<number | null>('lon').as('lon'), eb.fn.min('lon').as('west'), eb.fn.max('lon').as('east'),
  ]).where((eb) => matches(eb, { campaign, filter })).groupBy(['country', 'adm1']).orderBy('country').orderBy('adm1').limit(mostGroups)

  function countOf(eb: Parameters<typeof matches>[0], kind: string) {
    return eb.fn.countAll<number>().filterWhere('kind', '=', kind)
  }
}

async function cellsOf(tx: Tx, { campaign, filter }: About): Promise<OverviewResponse['cells']> {
  const rows = await cellQuery(tx, { campaign, filter }).execute()
  const cells = new Map<string, { country: string; adm1: string | null; topic: string; none: number; little: number; partly: number; mostly: number }>()
  for (const { country, adm1, topic, best, count } of rows) {
    const key = JSON.stringify([country, adm1, topic])
    const cell = cells.get(key) ?? { country, adm1, topic, none: 0, little: 0, partly: 0, mostly: 0 }
    cells.set(key, cell)
    cell[(['none', 'little', 'partly', 'mostly'] as const)[Number(best)] ?? 'none'] += Number(count)
  }
  return [...cells.values()]
}

/** Each challenge counts once, by the best of the approved actions that answer it. */
export function cellQuery(db: Db | Tx, { campaign, filter }: About) {
  return db.selectFrom((from) => from.selectFrom('entries').select((eb) => [
    'country', 'adm1', 'topic',
    eb.fn.coalesce(eb.selectFrom('entry_links').innerJoin('entries as answering', (join) => join.onRef('answering.campaign_id', '=', 'entry_links.campaign_id').onRef('answering.id', '=', 'entry_links.from_id'))
      .select((inner) => inner.fn.max('entry_links.coverage').as('best')).where('entry_links.campaign_id', '=', campaign).where('entry_links.kind', '=', 'answers')
      .whereRef('entry_links.to_id', '=', 'entries.id').where('answering.state', '=', 'approved').where('answering.kind', '=', 'action'), eb.val(0)).as('best'),
  ]).where((eb) => matches(eb, { campaign, filter })).where('kind', '=', 'challenge').as('challenges'))
    .select((eb) => ['country', 'adm1', 'topic', 'best', eb.fn.countAll<number>().as('count')]).groupBy(['country', 'adm1', 'topic', 'best'])
    .orderBy('country').orderBy('adm1').orderBy('topic').limit(mostGroups)
}

async function daysOf(tx: Tx, { campaign, filter }: About): Promise<OverviewResponse['days']> {
  const rows = await tx.selectFrom('entries').select((eb) => ['observed_on', 'kind', eb.fn.countAll<number>().as('count')])
    .where((eb) => matches(eb, { campaign, filter })).where('observed_on', '!=', '').groupBy(['observed_on', 'kind']).orderBy('observed_on', 'desc').limit(mostGroups).execute()
  const days = new Map<string, { day: string; challenges: number; actions: number }>()
  for (const { observed_on: day, kind, count } of rows) {
    const counts = days.get(day) ?? { day, challenges: 0, actions: 0 }
    days.set(day, counts)
    counts[kind === 'challenge' ? 'challenges' : 'actions'] += Number(count)
  }
  return [...days.values()].toReversed()
}

async function severitiesOf(tx: Tx, { campaign, filter }: About): Promise<OverviewResponse['severities']> {
  const rows = await tx.selectFrom('entries').select((eb) => ['topic', 'severity', eb.fn.countAll<number>().as('count')])
    .where((eb) => matches(eb, { campaign, filter })).where('kind', '=', 'challenge').where('severity', '>', 0)
    .groupBy(['topic', 'severity']).orderBy('topic').orderBy('severity').limit(mostGroups).execute()
  return rows.map(({ topic, severity, count }) => ({ topic, severity: Number(severity), count: Number(count) }))
}

type Eb = ExpressionBuilder<Tables, 'entries'>

function matches(eb: Eb, { campaign, filter }: About): Expression<SqlBool> {
  const lists = (['state', 'topic', 'country', 'adm1', 'severity'] as const).flatMap((column) => {
    const values: readonly (string | number)[] = filter[column]
    return values.length === 0 ? [] : [eb(`entries.${column}`, 'in', [...values])]
  })
  return eb.and([
    eb('entries.campaign_id', '=', campaign), ...lists,
    ...(filter.from === null ? [] : [eb('entries.observed_on', '>=', filter.from)]),
    ...(filter.to === null ? [] : [eb('entries.observed_on', '<=', filter.to)]),
  ])
}

function hundredth(degrees: number): number {
  return Math.round(degrees * 100) / 100
}
