import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { withoutRegion } from '#domain/listed-regions.ts'
import { entrySorts, facetNames } from '#protocol/desk.ts'
import { Column, EntryColumns } from '#server/store/sql/entry-columns.ts'
import type { NarrowRow } from '#server/store/sql/entry-columns.ts'
import { marked } from '#server/store/sql/entry-search.ts'
import { selectEntries } from '#server/store/sql/entry-selection.ts'

const words = (...choices: readonly string[]) => fc.constantFrom(...choices)
const aRow = fc.record({
  kind: words('challenge', 'action'), state: words('received', 'approved'), severity: fc.integer({ min: 0, max: 5 }), topic: words('EDU', 'HEA'), sensitivity: words('low', 'high'), country: words('HTI', ''),
  adm1: fc.option(words('A', 'B')), author_id: words('m1', 'm2'), device_id: words('d1', 'd2'), lang: words('en', 'ar'), source: words('rumour', 'secondary'), photos: fc.integer({ min: 0, max: 2 }),
  conflict: words('', 'fields', 'fields verdicts'), question: words('', 'open'), second: words('', 'wanted m1', 'agreed'), warnings: words('', 'a', 'a w'), observed_on: words('2026-01-01', '2026-02-01', '2026-03-01'),
})
const organisations = new Map([['m1', 'One']])

/** Of three one is nobody's. */
const assigneeOf = ({ id }: Pick<NarrowRow, 'id'>) => ([null, 'm1', 'm2'] as const)[Number(id.slice(-12)) % 3] ?? null

function codesOf(row: NarrowRow): Readonly<Record<(typeof facetNames)[number], readonly string[]>> {
  const some = (value: string) => value.split(' ').filter((code) => code !== '')
  return {
    kind: [row.kind], state: [row.state], severity: row.severity === 0 ? [] : [String(row.severity)], topic: [row.topic], sensitivity: [row.sensitivity], country: some(row.country), adm1: some(row.adm1 ?? (row.country === '' ? '' : withoutRegion(row.country))),
    organisation: some(organisations.get(row.author_id) ?? ''), author: [row.author_id], device: [row.device_id], lang: [row.lang], source: [row.source], photo: [row.photos > 0 ? 'yes' : 'no'],
    conflict: some(row.conflict), question: some(row.question), warning: some(row.warnings), assignee: [assigneeOf(row) ?? 'nobody'], second: some(row.second).slice(0, 1),
  }
}

const keys = {
  oldest: (row: NarrowRow) => [row.seq], newest: (row: NarrowRow) => [-row.seq], waiting: (row: NarrowRow) => [row.since_seq], severity: (row: NarrowRow) => [-row.severity, row.seq],
} as const

describe('a list out of the columns in memory', () => {
  it('[ST61] a column holds as many different values as there are, and is no wider than they need', () => {
    const [column, values] = [new Column(), 70_000]
    column.widen(values)
    const widths = new Map<number, number>()
    for (let at = 0; at < values; at += 1) {
      column.put(at, `value ${at}`)
      if (!widths.has(column.cells.BYTES_PER_ELEMENT)) widths.set(column.cells.BYTES_PER_ELEMENT, at)
    }
    expect([...widths]).toEqual([[1, 0], [2, 256], [4, 65_536]])
    expect(column.cells).toHaveLength(values)
    for (let at = 0; at < values; at += 997) expect(column.values[column.cells[at] ?? -1]).toBe(`value ${at}`)
    column.put(3, 'value 69999')
    expect(column.values[column.cells[3] ?? -1]).toBe('value 69999')
  })

  it('[ST61] [ST63] is what one gets by looking at each entry, in every order, page by page, also after entries were put anew and removed', () => {
    const chosen = fc.dictionary(fc.constantFrom(...facetNames), fc.subarray(['challenge', 'received', '5', '3', 'EDU', 'high', 'HTI', 'A', 'One', 'm1', 'nobody', 'wanted', 'd2', 'en', 'rumour', 'yes', 'fields', 'verdicts', 'open', 'w']), { maxKeys: 3 })
    fc.assert(fc.property(fc.record({ made: fc.array(aRow, { maxLength: 30 }), removed: fc.array(fc.nat(29), { maxLength: 6 }), picked: chosen, sort: fc.constantFrom(...entrySorts), from: fc.option(words('2026-02-01')) }), ({ made, removed, picked, sort, from }) => {
      const rows = made.map((row, n) => ({ ...row, id: idOf(n), seq: n * 2 + 1, since_seq: 100 - n }) as unknown as NarrowRow)
      const columns = new EntryColumns()
      for (const row of rows) columns.put({ ...row, topic: 'OTH', severity: 1 as never })
      for (const row of rows.toReversed()) columns.put(row)
      for (const { id } of rows) {
        columns.assign(id, 'm1' as never)
        columns.assign(id, assigneeOf({ id }) as never)
      }
      for (const n of removed) columns.remove(idOf(n))
      const left = rows.filter((_, n) => !removed.includes(n))
      const fits = (row: NarrowRow, without: string | null) => facetNames.every((name) => name === without || (picked[name] ?? []).length === 0 || codesOf(row)[name].some((code) => picked[name]?.includes(code) === true)) && (from === null || row.observed_on >= from)
      const wanted = left.filter((row) => fits(row, null)).toSorted((a, b) => compare(keys[sort](a), keys[sort](b)))
      const listed: number[] = []
      for (let afterKey: number | null = null; ;) {
        const { total, page, facets } = selectEntries(columns, { chosen: picked, from, to: null, hits: null }, { sort, limit: 4, facets: facetNames, afterKey, organisations })
        expect(total).toBe(wanted.length)
        for (const name of facetNames) {
          const counts: Record<string, number> = {}
          for (const row of left.filter((one) => fits(one, name))) for (const code of codesOf(row)[name]) counts[code] = (counts[code] ?? 0) + 1
          expect([name, facets[name]]).toEqual([name, counts])
        }
        listed.push(...page.slice(0, 4).map(({ seq }) => seq))
        if (page.length <= 4) break
        afterKey = page[3]?.key ?? null
      }
      expect(listed).toEqual(wanted.map(({ seq }) => seq))
    }), { numRuns: 60 })
  })

  it('[ST61] of a facet with thousands of codes those with most entries are told', () => {
    const columns = new EntryColumns()
    for (let n = 0; n < 3000; n += 1) columns.put({ id: idOf(n), seq: n, since_seq: n, kind: 'action', state: 'received', severity: 0, topic: 'EDU', sensitivity: 'low', country: 'HTI', adm1: n < 10 ? 'Often' : `R${n}`, author_id: 'm', device_id: 'd', lang: 'en', source: '', photos: 0, conflict: '', question: '', warnings: '', second: '', observed_on: '' } as unknown as NarrowRow)
    const { facets } = selectEntries(columns, { chosen: {}, from: null, to: null, hits: null }, { sort: 'oldest', limit: 1, facets: ['adm1'], afterKey: null, organisations })
    expect(Object.keys(facets.adm1 ?? {})).toHaveLength(500)
    expect(facets.adm1?.['Often']).toBe(10)
  })
})

function idOf(n: number): EntryId {
  return `0198c000-0000-7000-8000-${String(n).padStart(12, '0')}` as EntryId
}

function compare(a: readonly number[], b: readonly number[]): number {
  return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0)
}

it('[ST64] what was found is read out of its list, whatever stands between the numbers and in whatever order they come', () => {
  const places = (text: string) => [...marked(text).entries()].flatMap(([place, mark]) => (mark === 1 ? [place] : []))
  expect([places(''), places('[]'), places('0'), places('7,12,3'), places('[5, 100000]')]).toEqual([[], [], [0], [3, 7, 12], [5, 100_000]])
  const many = Array.from({ length: 3000 }, (_, n) => (n * 7919) % 100_003)
  expect(places(many.join())).toEqual(many.toSorted((a, b) => a - b))
})
