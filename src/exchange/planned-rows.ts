import * as v from 'valibot'
import { fieldSchemas } from '#domain/entry.ts'
import type { EntryContent, FieldName } from '#domain/entry.ts'
import { ownValue } from '#domain/own-value.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { wordsIn } from '#exchange/csv.ts'
import { countryOfName } from '#exchange/country-names.ts'
import { isCountry } from '#domain/codes/countries.ts'
import type { EntryColumn } from '#exchange/entry-columns.ts'
import { foreignIdsOf } from '#exchange/foreign-id.ts'
import { codesOfOtherCountries } from '#exchange/left-out.ts'
import { listed } from '#exchange/listed.ts'
import { isCell } from '#exchange/mapping.ts'
import type { LeftOut, MappedRow, Mapping, Refusal } from '#exchange/mapping.ts'
import { monthsAsDays } from '#exchange/months.ts'
import { placeFields, planColumns } from '#exchange/plan-fields.ts'
import type { Plan } from '#exchange/plan.ts'
import { shortened } from '#exchange/shortened.ts'
import { readCoordinate, readCount, splitCodes } from '#exchange/read-cells.ts'
import { readDay } from '#exchange/read-day.ts'
import { rowNumberIn } from '#exchange/row-number.ts'
import type { TableRow } from '#exchange/table.ts'

/** How a person reads a table, and on which day. */
interface Reading {
  readonly plan: Plan
  readonly today: string | undefined
}

/**
 * A table read as a person said. The plan is part of its name; the day is not, since on another one a row can only be read that was
 * refused before.
 */
export function plannedMapping(plan: Plan, today?: string): Mapping {
  // Which column names its rows says nothing of what they become: what came in before it was said keeps its name.
  const { rowId: _named, ...reading } = plan
  return { id: `plan:${JSON.stringify(sorted(reading))}`, fits: () => true, map: (row) => mappedRow({ plan, today }, row) }
}

function mappedRow(reading: Reading, row: TableRow): ReturnType<Mapping['map']> {
  const { plan } = reading
  const fields: Record<string, unknown> = { kind: plan.kind, consentBasis: 'not_asked' }
  const assumed: FieldName[] = ['consentBasis']
  const tooLong: FieldName[] = []
  const tooMany: LeftOut[] = []
  for (const column of planColumns(plan.kind)) {
    const own = cellOf(plan, row, column.field)
    const given = own === '' ? (plan.constants[column.field] ?? '') : own
    if (given === '') continue
    const value = own === '' ? readCode(column, given) : readCell(reading, column, given)
    if (!value.ok) return fail({ reason: value.problem, field: column.field })
    const room = roomFor(column, value.value)
    fields[column.field] = room
    if (room !== value.value) tooMany.push({ field: column.field as FieldName, reason: 'too-many' })
    if (own === '') assumed.push(column.field as FieldName)
    else if (isTooLong(plan, column, own)) tooLong.push(column.field as FieldName)
  }
  assumed.push(...filledIn(fields))
  assumed.push(...monthsAsDays(fields).filter((field) => !assumed.includes(field)))
  const problem = whatIsMissing(fields)
  if (problem !== null) return fail(problem)
  const foreign = codesOfOtherCountries(fields)
  const kept = Object.entries(fields).filter(([field]) => !foreign.some((left) => left.field === field))
  const leftOut = [...foreign, ...tooMany]
  return ok({ content: Object.fromEntries(kept) as unknown as EntryContent, assumed, leftOut, shortened: tooLong, ...calledThere(plan, row) })
}

/** The id of a tool of collection goes before the number that a person gave. */
function calledThere(plan: Plan, row: TableRow): Pick<MappedRow, 'foreignId' | 'otherIds' | 'isNumbered'> {
  const [foreignId, ...otherIds] = foreignIdsOf(row)
  const number = rowNumberIn(plan, row)
  if (foreignId !== undefined) return { foreignId, otherIds: number === null ? otherIds : [...otherIds, number] }
  return number === null ? {} : { foreignId: number, otherIds: [], isNumbered: true }
}

/** As many codes as the field holds, from the first on: a row with more of them is no less true. */
function roomFor({ field, cell }: EntryColumn, value: unknown): unknown {
  const schema = fieldSchemas[field]
  if (cell !== 'codes' || schema === undefined || !Array.isArray(value)) return value
  const fits = (most: number) => v.is(schema, value.slice(0, most))
  let most = value.length
  while (most > 1 && !fits(most)) most -= 1
  return most === value.length ? value : value.slice(0, most)
}

function cellOf(plan: Plan, row: TableRow, field: string): string {
  const index = plan.columns[field]
  const text = index === undefined ? '' : wordsIn(row.cells[index])
  return isCell(text) ? text : ''
}

/** A constant is a code or a value already. */
function readCode({ cell }: EntryColumn, given: string): Result<unknown, Refusal['reason']> {
  if (cell === 'codes' || cell === 'texts') return ok([given])
  return ok(cell === 'number' ? Number(given) : given)
}

function readCell({ plan, today }: Reading, { field, cell }: EntryColumn, text: string): Result<unknown, Refusal['reason']> {
  const values = plan.values[field]
  if (values !== undefined) {
    const found = (cell === 'codes' ? splitCodes(text, values) : [text]).map((part) => ownValue(values, part) ?? '')
    if (found.includes('')) return fail(field === 'topic' ? 'topic-unknown' : 'value-unmapped')
    const codes = [...new Set(found)]
    return ok(cell === 'codes' ? codes : cell === 'number' ? Number(codes[0]) : codes[0])
  }
  if (field === 'country') {
    const country = isCountry(text) ? text : countryOfName(text)
    return country === null ? fail('country-unknown') : ok(country)
  }
  if (field === 'reached' && unknownWords.test(text)) return ok('unknown')
  if (cell === 'number') return field === 'lat' || field === 'lon' ? readCoordinate(text) : readCount(text)
  if (cell === 'date') return readDay(text, { order: plan.dayOrder, today })
  if (cell === 'texts') return ok(namesIn(text).slice(0, mostNames).map((name) => shortened(name, longestName)))
  // A description that does not fit is refused: its words are the entry.
  return ok(field === 'description' ? text : shortened(text, longestOf(field)))
}

const unknownWords = /^(unknown|not known|inconnu|non connu|desconocido|неизвестно|غير معروف|未知|不详|[?？؟])$/iu

/** Said of the row, so that nobody takes what came in for all that was there. */
function isTooLong(plan: Plan, { field, cell }: EntryColumn, text: string): boolean {
  if (plan.values[field] !== undefined || field === 'description' || field === 'country') return false
  if (cell === 'texts') return namesIn(text).length > mostNames || namesIn(text).some((name) => name.length > longestName)
  return cell === 'text' && text.length > longestOf(field)
}

const [mostNames, longestName] = [5, 120]

function namesIn(text: string): readonly string[] {
  return listed(text, '|').filter((name) => name !== '')
}

function longestOf(field: string): number {
  return longest[field] ?? 80
}

const longest: Readonly<Record<string, number>> = { title: 100, orgName: 120, result: 500, obstacles: 500, lesson: 500 }

/** An action's day is its first one, and the other way round; nobody has counted whom it reached. */
function filledIn(fields: Record<string, unknown>): readonly FieldName[] {
  const filled: FieldName[] = []
  const fill = (field: FieldName, value: unknown): void => {
    if (fields[field] !== undefined || value === undefined) return
    fields[field] = value
    filled.push(field)
  }
  if (fields['kind'] === 'action') {
    fill('startOn', fields['observedOn'])
    fill('observedOn', fields['startOn'])
    if (fields['status'] !== 'planned') fill('reached', 'unknown')
  }
  return filled
}

function whatIsMissing(fields: Readonly<Record<string, unknown>>): Refusal | null {
  const { description } = fields
  if (typeof description !== 'string' || description.length < 10) return { reason: 'words-too-short', field: 'description' }
  if (description.length > 2000) return { reason: 'words-too-long', field: 'description' }
  if (fields['country'] === undefined) return { reason: 'country-unknown', field: 'country' }
  if (fields['topic'] === undefined) return { reason: 'topic-unknown', field: 'topic' }
  return placeFields.some((field) => fields[field] !== undefined) ? null : { reason: 'place-missing', field: 'placeName' }
}

/** The same plan in the same words, in whatever order it was put together. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]))
}
