import { dayFields, listOfField } from '#i18n/field-lists.ts'
import type { LabelList } from '#i18n/labels.ts'

/** What a value is said with. */
export interface ValueSpeech {
  readonly label: (list: LabelList, code: string) => string
  readonly country: (code: string) => string
  readonly area: (code: string) => string
  readonly day: (day: string) => string
  readonly number: (value: number) => string
  readonly list: (items: readonly string[]) => string
  readonly unknown: string
  readonly yes: string
  readonly no: string
}

/** One value of a field in the reader's language. What this version does not know is shown as it was stored, never hidden. */
export function valueText(field: string, value: unknown, speech: ValueSpeech): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'boolean') return value ? speech.yes : speech.no
  if (typeof value === 'number') return field === 'severity' ? speech.list([speech.number(value), speech.label('severity', String(value))]) : speech.number(value)
  if (typeof value === 'string') return stringText(field, value, speech)
  if (Array.isArray(value)) return speech.list(value.map((item: unknown) => valueText(field, item, speech)))
  return objectText(field, value as Readonly<Record<string, unknown>>, speech)
}

const areaFields: readonly string[] = ['adm1Code', 'adm2Code']

function stringText(field: string, value: string, speech: ValueSpeech): string {
  if (field === 'country') return speech.country(value)
  // Its code stays beside it: names are given twice, and the author chose by both.
  if (areaFields.includes(field)) return speech.area(value) === value ? value : `${speech.area(value)} (${value})`
  if (dayFields.includes(field)) return speech.day(value)
  const list = listOfField(field)
  if (list !== null) return speech.label(list, value)
  return value === 'unknown' ? speech.unknown : value
}

function objectText(field: string, value: Readonly<Record<string, unknown>>, speech: ValueSpeech): string {
  if (field === 'affectedSadd' || field === 'reachedSadd') return saddText(value, speech)
  if (field === 'value' && typeof value['amount'] === 'number') return [speech.number(value['amount']), ...textsOf(value['currency'])].join(' ')
  if (field === 'output' && typeof value['quantity'] === 'number') return [speech.number(value['quantity']), ...textsOf(value['unit'], value['item'])].join(' ')
  return JSON.stringify(value)
}

function textsOf(...values: readonly unknown[]): readonly string[] {
  return values.filter((value) => typeof value === 'string')
}

/** People by sex and age, only the cells that somebody counted. */
function saddText(value: Readonly<Record<string, unknown>>, speech: ValueSpeech): string {
  const cells = Object.entries(value).flatMap(([sex, ages]) => (typeof ages === 'object' && ages !== null
    ? Object.entries(ages).map(([age, count]) => `${speech.label('sex', sex)} ${speech.label('ageBand', age)}: ${valueText('', count, speech)}`)
    : []))
  return speech.list(cells)
}
