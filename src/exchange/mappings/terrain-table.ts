import * as v from 'valibot'
import { isSensitivity, isShareable } from '#domain/disclosure.ts'
import type { EntryContent, FieldName, Kind } from '#domain/entry.ts'
import { refSchema } from '#domain/ids.ts'
import { transcriptMethods } from '#domain/laid-beside.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { asWritten } from '#exchange/csv.ts'
import { entryColumns, mostOutputs } from '#exchange/entry-columns.ts'
import type { EntryColumn } from '#exchange/entry-columns.ts'
import { tagFor } from '#exchange/hxl.ts'
import { codesOfOtherCountries } from '#exchange/left-out.ts'
import type { Mapping, Refusal } from '#exchange/mapping.ts'
import { monthsAsDays } from '#exchange/months.ts'
import { readAmount, readCoordinate, readCount } from '#exchange/read-cells.ts'
import type { NumberProblem } from '#exchange/read-cells.ts'
import { inPlainSigns } from '#exchange/plain-signs.ts'
import type { Plan } from '#exchange/plan.ts'
import { readDay } from '#exchange/read-day.ts'
import type { DayProblem } from '#exchange/read-day.ts'
import { listed } from '#exchange/listed.ts'
import { shortened } from '#exchange/shortened.ts'
import type { Table, TableRow } from '#exchange/table.ts'

/**
 * Any table with Terrain's own HXL tags: its exports, and files that somebody made to be imported. What an export leaves out
 * on purpose (consent, and "unknown" in number columns) comes back as "not asked" and "unknown", never as a consent.
 */
export const terrainTable: Mapping = {
  id: 'terrain',
  fits: ({ tags }) => ['#meta+type', '#sector+code+topic', '#date+occurred', '#description'].every((tag) => tagFor(tags, tag) !== ''),
  map: (row, table) => {
    const kind = row.tagged(row.tagLike('#meta+type'))
    if (kind !== 'challenge' && kind !== 'action') return fail({ reason: 'not-an-entry', field: 'kind' })
    const read = fieldsOf(row, kind, dayOrderIn(table))
    if (!read.ok) return read
    const { fields, assumed } = read.value
    if (fields['description'] === undefined && row.tagged(row.tagLike('#meta+sensitivity')) === 'high') return fail({ reason: 'held-back', field: 'description' })
    const { quote, ...unquoted } = fields
    const foreign = codesOfOtherCountries(unquoted)
    // Words in somebody's own voice stand on a consent, which no file can prove.
    const leftOut = quote === undefined ? foreign : [...foreign, { field: 'quote' as const, reason: 'no-consent' as const }]
    const kept = Object.entries(unquoted).filter(([field]) => !leftOut.some((left) => left.field === field))
    // Not parsed yet: the importer checks it against the schema and refuses what does not fit.
    const ref = row.tagged('#meta+ref')
    const beside = laidBeside(row)
    return ok({ content: Object.fromEntries(kept) as unknown as EntryContent, assumed, leftOut, ...(Object.keys(beside).length === 0 ? {} : { corrections: beside }), ...(v.is(refSchema, ref) ? { ref } : {}) })
  },
}

/** What coordinators of the campaign that it comes from laid beside the words: a translation, how a voice was written down, and that it is a sensitive one though nothing else in the row says so any more. */
function laidBeside(row: TableRow): Readonly<Record<string, unknown>> {
  const cell = (tag: string) => asWritten(row.tagged(row.tagLike(tag)))
  const [text, method, sensitivity] = [cell('#description+i_en'), cell('#meta+transcript'), cell('#meta+sensitivity')]
  return {
    ...(text === '' ? {} : { descriptionEn: { text: shortened(text, longestTranslation), translator: cell('#meta+translator') === 'machine' ? 'machine' : 'human' } }),
    ...(transcriptMethods.some((known) => known === method) ? { descriptionMethod: method } : {}),
    ...(isSensitivity(sensitivity) && !isShareable(sensitivity) ? { sensitivity } : {}),
  }
}

/** Twice what the words themselves may be. */
const longestTranslation = 4000

type Fields = Record<string, unknown>

function fieldsOf(row: TableRow, kind: Kind, order: DayOrder | null): Result<{ readonly fields: Fields; readonly assumed: readonly FieldName[] }, Refusal> {
  const fields: Fields = { kind, consentBasis: 'not_asked' }
  for (const column of entryColumns(kind, mostOutputs)) {
    const path = column.field.split('.')
    const value = readCell(column, row.tagged(row.tagLike(column.tag)), order)
    if (!value.ok) return fail({ reason: value.problem, field: path[0] ?? column.field })
    place(fields, path, value.value)
  }
  const isReachedMissing = kind === 'action' && fields['status'] !== 'planned' && fields['reached'] === undefined
  if (isReachedMissing) fields['reached'] = 'unknown'
  const { output } = fields
  if (typeof output === 'object' && output !== null) fields['output'] = Object.values(output)
  countHouseholds(fields, row, kind)
  const months = monthsAsDays(fields)
  return ok({ fields, assumed: ['consentBasis', ...(isReachedMissing ? ['reached' as const] : []), ...months] })
}

/** HXL says the unit of a count in its tag: `#reached+hh` counts households. */
function countHouseholds(fields: Fields, row: TableRow, kind: Kind): void {
  const [number, unit, tag] = kind === 'challenge' ? (['affectedMin', 'affectedUnit', '#affected+min'] as const) : (['reached', 'reachedUnit', '#reached'] as const)
  if (typeof fields[number] === 'number' && row.tagLike(tag).split('+').includes('hh')) fields[unit] ??= 'households'
}

/** Parts of what was given and of money are no groups of thousands: an export writes `1.234` tonnes. */
const withParts = /^(?:output\.\d+\.quantity|value\.amount)$/

function readCell({ cell, field }: EntryColumn, text: string, order: DayOrder | null): Result<unknown, NumberProblem | DayProblem> {
  if (text === '') return ok(undefined)
  const written = asWritten(text)
  if (cell === 'number') return field === 'lat' || field === 'lon' ? readCoordinate(written) : withParts.test(field) ? readAmount(written) : readCount(written)
  if (cell === 'date') return dayIn(written, order)
  if (cell === 'yesNo') return ok(written.toLowerCase() === 'yes' ? true : undefined)
  return ok(cell === 'codes' || cell === 'texts' ? listed(written) : written)
}

type DayOrder = Plan['dayOrder']

const local = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?!\d)/
const dayTags = ['#date+occurred', '#date+start', '#date+end', '#date+reported'] as const

const orders = new WeakMap<Table, DayOrder | null>()

/** An export is written again by spreadsheets with the days of their country: a number above twelve, in any row, tells in which order. Null where none does, or they contradict each other. */
function dayOrderIn(table: Table): DayOrder | null {
  const known = orders.get(table)
  if (known !== undefined) return known
  const found = table.rows.flatMap((row) => dayTags.map((tag) => local.exec(inPlainSigns(row.tagged(row.tagLike(tag))))))
  const [isDmy, isMdy] = [found.some((day) => Number(day?.[1]) > 12), found.some((day) => Number(day?.[2]) > 12)]
  const order = isDmy === isMdy ? null : isDmy ? 'dmy' : 'mdy'
  orders.set(table, order)
  return order
}

function dayIn(written: string, order: DayOrder | null): Result<string, DayProblem> {
  return order === null && local.test(inPlainSigns(written)) ? fail('not-a-day') : readDay(written, { order: order ?? 'dmy' })
}

function place(fields: Fields, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path
  if (key === undefined || value === undefined) return
  if (rest.length === 0) {
    fields[key] = value
    return
  }
  const inner = (fields[key] ??= {}) as Fields
  place(inner, rest, value)
}
