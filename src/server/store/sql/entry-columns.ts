import type { Area } from '#domain/areas.ts'
import { regionFinder, withoutRegion } from '#domain/listed-regions.ts'
import type { FindRegion } from '#domain/listed-regions.ts'
import type { EntryId, MemberId } from '#domain/ids.ts'
import { keptApartBy } from '#domain/name-key.ts'
import { EntryPlaces } from '#server/store/sql/entry-places.ts'
import type { EntryTableRow } from '#server/store/sql/schema.ts'

/** What is filtered or counted by, each in a column of its own; of points a coarse one, so that there are few different values. */
export const columnNames = [
  'kind', 'state', 'severity', 'topic', 'sensitivity', 'country', 'adm1', 'author_id', 'device_id', 'lang', 'source', 'photos', 'conflict', 'question', 'warnings', 'second', 'observed_on', 'lat', 'lon', 'org', 'counted',
] as const
/** Whose an entry is to read stands beside the entries, in a table of its own. */
const allColumns = [...columnNames, 'assignee'] as const
export type ColumnName = (typeof allColumns)[number]
/** All that is read of an entry: also the name of its region, which only tells under what it is listed. */
export const narrowColumns = ['id', 'seq', 'since_seq', ...columnNames, 'adm1_name'] as const
export type NarrowRow = Pick<EntryTableRow, (typeof narrowColumns)[number]>

/** As narrow as the number of different values lets them be. */
export type Cells = Uint8Array | Uint16Array | Uint32Array

/** The different values of a column, each with a small number that stands for it. */
export class Column {
  readonly values: string[] = []
  readonly #numbers = new Map<string, number>()
  cells: Cells = new Uint8Array(0)

  put(place: number, value: string): void {
    let number = this.#numbers.get(value)
    if (number === undefined) {
      number = this.values.push(value) - 1
      this.#numbers.set(value, number)
      if (number > mostIn(this.cells)) this.widen(this.cells.length)
    }
    this.cells[place] = number
  }

  /** Room for so many entries and all values that there are. */
  widen(capacity: number): void {
    const most = this.values.length - 1
    const wide: Cells = most < 2 ** 8 ? new Uint8Array(capacity) : most < 2 ** 16 ? new Uint16Array(capacity) : new Uint32Array(capacity)
    wide.set(this.cells)
    this.cells = wide
  }
}

function mostIn({ BYTES_PER_ELEMENT: bytes }: Cells): number {
  return 2 ** (8 * bytes) - 1
}

/**
 * The entries of one campaign as lists and counts see them: a few numbers an entry (50 bytes), so that every filter, order and
 * count is one walk over arrays. Places have no meaning: a removed entry's is taken by the last one.
 */
export class EntryColumns {
  readonly #columns: Readonly<Record<ColumnName, Column>>
  readonly #places = new EntryPlaces()
  readonly #regionOf: FindRegion
  readonly #countries: readonly string[]
  /** How a region that no list has is spelled, by its name as it is compared and by each way in which somebody wrote it. */
  readonly #spellings = new Map<string, string>()
  /** Regions of the list by a code of before with which entries still name them. */
  readonly #listedFor = new Map<string, Set<string>>()
  /** What entries call a region whose code stands for nothing in the list. */
  readonly #unlistedNames = new Map<string, string>()
  #seqs: Float64Array = new Float64Array(0)
  #sinces: Float64Array = new Float64Array(0)

  /** `areas`: a region that somebody wrote by hand, or a district, is listed and counted as the region of the campaign that is meant. */
  constructor(areas: readonly Area[] = []) {
    this.#regionOf = regionFinder(areas)
    this.#countries = [...new Set(areas.map(({ country }) => country))]
    this.#columns = Object.fromEntries(allColumns.map((name) => [name, new Column()])) as Record<ColumnName, Column>
  }

  get size(): number {
    return this.#places.size
  }

  get seqs(): Float64Array {
    return this.#seqs
  }

  get sinces(): Float64Array {
    return this.#sinces
  }

  column(name: ColumnName): Column {
    return this.#columns[name]
  }

  /** Where an entry stands now; undefined for one that is not listed. */
  placeOf(id: EntryId): number | undefined {
    return this.#places.placeOf(id)
  }

  idAt(place: number): EntryId {
    return this.#places.idAt(place)
  }

  put(row: NarrowRow): void {
    const place = this.#places.placeOf(row.id) ?? this.#newPlace(row.id)
    this.#seqs[place] = Number(row.seq)
    this.#sinces[place] = Number(row.since_seq)
    for (const name of columnNames) this.#columns[name].put(place, name === 'adm1' ? this.#listedRegion(row) : String(row[name] ?? ''))
  }

  /** Nobody's is null; of an entry that is not listed nothing is kept. */
  assign(id: EntryId, member: MemberId | null): void {
    const place = this.#places.placeOf(id)
    if (place !== undefined) this.#columns.assignee.put(place, member ?? '')
  }

  remove(id: EntryId): void {
    const place = this.#places.placeOf(id)
    if (place === undefined) return
    const from = this.#places.size - 1
    for (const cells of [this.#seqs, this.#sinces, ...allColumns.map((name) => this.#columns[name].cells)]) cells.copyWithin(place, from, from + 1)
    this.#places.remove(place)
  }

  /** The regions that entries are listed under which somebody has written so. A filter may be older than the list of areas, or spelled otherwise. */
  regionsCalled(written: string): readonly string[] {
    const spelled = this.#spellings.get(keptApartBy(written)) ?? written
    return [...this.#countries.flatMap((country) => this.#regionOf({ country, adm1Name: written })?.code ?? []), ...(spelled === written ? [] : [spelled]), ...(this.#listedFor.get(written) ?? [])]
  }

  /** What those of these regions are called whose codes the campaign does not know. */
  namesOf(regions: Iterable<string>): Readonly<Record<string, string>> {
    return Object.fromEntries([...regions].flatMap((region) => this.#unlistedNames.has(region) ? [[region, this.#unlistedNames.get(region) ?? region]] : []))
  }

  /** A row says the code where there is one, else what was written. */
  #listedRegion({ country, adm1, adm1_name: name }: Pick<NarrowRow, 'country' | 'adm1' | 'adm1_name'>): string {
    if (adm1 === null) return country === '' ? '' : withoutRegion(country)
    const listed = this.#regionOf({ country, adm1Code: adm1, adm1Name: name ?? adm1 })?.code
    if (name !== null && listed === undefined && !this.#unlistedNames.has(adm1)) this.#unlistedNames.set(adm1, name)
    if (name !== null && listed !== undefined && listed !== adm1) this.#listedFor.set(adm1, (this.#listedFor.get(adm1) ?? new Set()).add(listed))
    return listed ?? this.#spelled(adm1)
  }

  /** The first spelling stands for all that are compared as the same name. */
  #spelled(written: string): string {
    const known = this.#spellings.get(written)
    if (known !== undefined) return known
    const spelling = this.#spellings.get(keptApartBy(written)) ?? written
    this.#spellings.set(keptApartBy(written), spelling).set(written, spelling)
    return spelling
  }

  #newPlace(id: EntryId): number {
    const place = this.#places.add(id)
    if (place >= this.#seqs.length) this.#grow(Math.max(1024, Math.ceil(place * 1.5)))
    this.#columns.assignee.put(place, '')
    return place
  }

  #grow(capacity: number): void {
    const wider = (numbers: Float64Array): Float64Array => {
      const wide = new Float64Array(capacity)
      wide.set(numbers)
      return wide
    }
    this.#seqs = wider(this.#seqs)
    this.#sinces = wider(this.#sinces)
    for (const name of allColumns) this.#columns[name].widen(capacity)
  }
}
