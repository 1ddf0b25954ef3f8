import type { CampaignId, EntryId } from '#domain/ids.ts'
import { countryWithoutRegion } from '#domain/listed-regions.ts'
import { keptApartBy } from '#domain/name-key.ts'
import { eventsOf, sameEventKinds } from '#domain/same-event.ts'
import type { FacetName } from '#protocol/desk.ts'
import type { OverviewResponse } from '#protocol/overview.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import type { EntryColumns } from '#server/store/sql/entry-columns.ts'
import { narrowingFor } from '#server/store/sql/entry-list.ts'
import type { ListGround } from '#server/store/sql/entry-list.ts'
import { narrowedBy } from '#server/store/sql/entry-selection.ts'
import type { Narrowing } from '#server/store/sql/entry-selection.ts'
import type { ListFilter } from '#server/store/entry-filters.ts'

/**
 * Room for every topic in every area of the longest list that a campaign can have. More are somebody's spellings: the answer stays bounded
 * whatever was written, and says what it does not hold.
 */
export const mostGroups = 30_000

interface Ground {
  readonly columns: EntryColumns
  /** Which entries count, by their place, under all filters but those of these facets, or without the days. */
  readonly places: (without: readonly FacetName[], withDays?: boolean) => readonly number[]
}

/** What the overview shows, counted over the same lists in memory as the queue, all of one state of the database. */
export async function readOverview(tx: Tx, lists: ListGround, { campaign, filter }: { readonly campaign: CampaignId; readonly filter: ListFilter }): Promise<OverviewResponse> {
  const { narrowing, organisations } = await narrowingFor(tx, lists, { campaign, filter })
  const columns = await lists.lists.at(tx, campaign)
  const ground: Ground = { columns, places: (without, withDays = true) => placesOf(columns, narrowedBy(columns, withoutThese(narrowing, without, withDays), organisations)) }
  const all = ground.places([])
  const [areas, cells, who] = [areasOf(ground), cellsOf(ground, await bestAnswers(tx, campaign, columns)), whoOf(ground)]
  return {
    total: all.length, authors: new Set(all.map(textIn(columns, 'author_id'))).size,
    areas: areas.rows, cells: cells.rows, days: daysOf(ground), topicDays: topicDaysOf(ground), who: who.rows, severities: severitiesOf(ground),
    names: columns.namesOf(new Set([...areas.rows, ...cells.rows, ...who.rows].flatMap(({ adm1 }) => (adm1 === null ? [] : [adm1])))),
    leftOut: { areas: areas.leftOut, cells: cells.leftOut, who: who.leftOut },
  }
}

function placesOf(columns: EntryColumns, isIn: (place: number) => boolean): readonly number[] {
  const places: number[] = []
  for (let place = 0; place < columns.size; place += 1) if (isIn(place)) places.push(place)
  return places
}

function withoutThese(narrowing: Narrowing, without: readonly FacetName[], withDays: boolean): Narrowing {
  const chosen = Object.fromEntries(Object.entries(narrowing.chosen).filter(([name]) => !without.some((one) => one === name)))
  return { ...narrowing, chosen, ...(withDays ? {} : { from: null, to: null }) }
}

function textIn(columns: EntryColumns, name: Parameters<EntryColumns['column']>[0]): (place: number) => string {
  const { values, cells } = columns.column(name)
  return (place) => values[cells[place] ?? 0] ?? ''
}

function areasOf({ columns, places }: Ground): Rows<'areas'> {
  const [country, adm1, kind, author, lat, lon] = (['country', 'adm1', 'kind', 'author_id', 'lat', 'lon'] as const).map((name) => textIn(columns, name)) as [Text, Text, Text, Text, Text, Text]
  return rowsOf(grouped(places(['country', 'adm1']), (place) => [country(place), adm1(place)]), ({ key: [of = '', region = ''], places: here }) => {
    const points = here.flatMap((place) => (lat(place) === '' || lon(place) === '' ? [] : [[Number(lon(place)), Number(lat(place))] as const]))
    const challenges = here.filter((place) => kind(place) === 'challenge').length
    return { country: of, adm1: regionIn(region), challenges, actions: here.length - challenges, authors: new Set(here.map(author)).size, point: middleOf(points) }
  })
}

/** Each challenge counts once, by the best of the approved actions that answer it. */
function cellsOf({ columns, places }: Ground, best: (place: number) => number): Rows<'cells'> {
  const [country, adm1, topic, kind] = (['country', 'adm1', 'topic', 'kind'] as const).map((name) => textIn(columns, name)) as [Text, Text, Text, Text]
  const challenges = places(['country', 'adm1', 'topic']).filter((place) => kind(place) === 'challenge')
  return rowsOf(grouped(challenges, (place) => [country(place), adm1(place), topic(place)]), ({ key: [of = '', region = '', about = ''], places: here }) => {
    const reached = (step: number) => here.filter((place) => best(place) === step).length
    return { country: of, adm1: regionIn(region), topic: about, none: reached(0), little: reached(1), partly: reached(2), mostly: reached(3) }
  })
}

function daysOf({ columns, places }: Ground): OverviewResponse['days'] {
  const [day, kind] = [textIn(columns, 'observed_on'), textIn(columns, 'kind')]
  const dated = grouped(places([], false).filter((place) => day(place) !== ''), (place) => [day(place)], { keep: 'last' })
  return dated.groups.map(({ key: [of = ''], places: here }) => {
    const challenges = here.filter((place) => kind(place) === 'challenge').length
    return { day: of, challenges, actions: here.length - challenges }
  })
}

function topicDaysOf({ columns, places }: Ground): OverviewResponse['topicDays'] {
  const [topic, day] = [textIn(columns, 'topic'), textIn(columns, 'observed_on')]
  const dated = grouped(places(['topic'], false).filter((place) => day(place) !== ''), (place) => [day(place), topic(place)], { keep: 'last' })
  return dated.groups.map(({ key: [of = '', about = ''], places: here }) => ({ day: of, topic: about, count: here.length }))
}

/** The first spelling stands for all that are compared as the same name. */
function whoOf({ columns, places }: Ground): Rows<'who'> {
  const [kind, org, topic, country, adm1] = (['kind', 'org', 'topic', 'country', 'adm1'] as const).map((name) => textIn(columns, name)) as [Text, Text, Text, Text, Text]
  const actions = places([]).filter((place) => kind(place) === 'action')
  return rowsOf(grouped(actions, (place) => [keptApartBy(org(place)), topic(place), country(place), adm1(place)]),
    ({ key: [, about = '', of = '', region = ''], places: here }) => ({ org: org(here[0] ?? 0).trim(), topic: about, country: of, adm1: regionIn(region), actions: here.length }))
}

function severitiesOf({ columns, places }: Ground): OverviewResponse['severities'] {
  const [topic, severity] = [textIn(columns, 'topic'), textIn(columns, 'severity')]
  const told = places(['topic', 'severity']).filter((place) => severity(place) !== '0')
  return grouped(told, (place) => [topic(place), severity(place)]).groups.map(({ key: [of = '', level = ''], places: here }) => ({ topic: of, severity: Number(level), count: here.length }))
}

function regionIn(listed: string): string | null {
  return listed === '' || countryWithoutRegion(listed) !== null ? null : listed
}

type Text = (place: number) => string

interface Group {
  readonly key: readonly string[]
  readonly places: readonly number[]
}
interface Groups {
  readonly groups: readonly Group[]
  readonly leftOut: number
}
interface Rows<Part extends 'areas' | 'cells' | 'who'> {
  readonly rows: OverviewResponse[Part]
  readonly leftOut: number
}

function rowsOf<Row>({ groups, leftOut }: Groups, rowOf: (group: Group) => Row): { readonly rows: Row[]; readonly leftOut: number } {
  return { rows: groups.map(rowOf), leftOut }
}

/** In the order of their keys; of too many those with the fewest entries are left out, or the first ones where they are days. */
export function grouped(places: readonly number[], keyOf: (place: number) => readonly string[], { keep = 'largest', most = mostGroups }: { readonly keep?: 'largest' | 'last'; readonly most?: number } = {}): Groups {
  const groups = new Map<string, { readonly key: readonly string[]; readonly places: number[] }>()
  for (const place of places) {
    const key = keyOf(place)
    const name = key.join('\u0000')
    const group = groups.get(name)
    if (group === undefined) groups.set(name, { key, places: [place] })
    else group.places.push(place)
  }
  const byKey = ([one]: readonly [string, Group], [other]: readonly [string, Group]) => (one < other ? -1 : 1)
  const sorted = [...groups].toSorted(byKey)
  // Sorting keeps the order among equals, so the same entries always give the same answer.
  const largest = () => sorted.toSorted(([, one], [, other]) => other.places.length - one.places.length).slice(0, most).toSorted(byKey)
  const kept = sorted.length <= most ? sorted : keep === 'last' ? sorted.slice(-most) : largest()
  return { groups: kept.map(([, group]) => group), leftOut: sorted.length - kept.length }
}

/** How far approved actions answer what stands at a place, or what tells of the same event: 0 not at all, then as `entry_links` says. */
async function bestAnswers(tx: Tx, campaign: CampaignId, columns: EntryColumns): Promise<(place: number) => number> {
  const kind = textIn(columns, 'kind')
  const placed = <Row extends { readonly from_id: EntryId; readonly to_id: EntryId }>(rows: readonly Row[]) => rows.flatMap((row) => {
    const [from, to] = [columns.placeOf(row.from_id), columns.placeOf(row.to_id)]
    return from === undefined || to === undefined ? [] : [{ ...row, from, to }]
  })
  const eventOf = eventsOf(placed(await sameEventsQuery(tx, campaign).execute()).map(({ from, to }) => [from, to] as const))
  const best = new Map<number, number>()
  for (const { from, to, coverage } of placed(await answersQuery(tx, campaign).execute())) {
    if (kind(from) === 'action') best.set(eventOf(to), Math.max(best.get(eventOf(to)) ?? 0, Number(coverage)))
  }
  return (place) => best.get(eventOf(place)) ?? 0
}

/** Exported so that a test can ask the database how it would run it. */
export function sameEventsQuery(db: Db | Tx, campaign: CampaignId) {
  return db.selectFrom('entry_links').select(['from_id', 'to_id']).where('campaign_id', '=', campaign).where('kind', 'in', sameEventKinds).where('coverage', '>', 0)
}

/** Exported so that a test can ask the database how it would run it. */
export function answersQuery(db: Db | Tx, campaign: CampaignId) {
  return db.selectFrom('entry_links').select(['from_id', 'to_id', 'coverage']).where('campaign_id', '=', campaign).where('kind', '=', 'answers')
}

/** `[lon, lat]`, coarse; null without points, and where they lie on both sides of the 180th meridian, whose middle is on the other side of the world. */
function middleOf(points: readonly (readonly [number, number])[]): [number, number] | null {
  if (points.length === 0) return null
  const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)]
  const mean = (values: readonly number[]) => Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 100) / 100
  const [west, east] = lons.reduce(([least, most], lon) => [Math.min(least, lon), Math.max(most, lon)], [Infinity, -Infinity])
  return east - west > 180 ? null : [mean(lons), mean(lats)]
}
