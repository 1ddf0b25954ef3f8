import { actionStatuses, orgTypes, severities, sourceTypes, topics, trends } from '#domain/codes/code-lists.ts'
import { inLatinDigits } from '#domain/digits.ts'
import { isFieldValue } from '#domain/entry.ts'
import { dayFields, listOfField } from '#i18n/field-lists.ts'
import { typedNumber } from '#ui/number-input/typed-number.ts'

/** How a third value of a field is written; null where only the author can give one. */
export type OtherInput = { readonly kind: 'text' | 'number' | 'day' } | { readonly kind: 'code'; readonly codes: readonly string[] }

const codes: Readonly<Record<string, readonly (string | number)[]>> = { topic: topics, severity: severities, trend: trends, sourceType: sourceTypes, status: actionStatuses, orgType: orgTypes }

export function otherInputOf(field: string, values: readonly unknown[]): OtherInput | null {
  const list = Object.hasOwn(codes, field) ? codes[field] : undefined
  if (list !== undefined) return { kind: 'code', codes: list.map(String) }
  if (dayFields.includes(field)) return { kind: 'day' }
  if (field === 'country' || listOfField(field) !== null) return null
  if (values.some((value) => typeof value === 'number')) return { kind: 'number' }
  return values.some((value) => typeof value === 'string') ? { kind: 'text' } : null
}

/** What was written as a value of the field, or undefined when it is none. */
export function otherValueOf(field: string, text: string, input: OtherInput): unknown {
  const written = text.trim()
  if (written === '') return undefined
  const value = field === 'severity' ? Number(written) : input.kind === 'number' ? writtenNumber(field, written) : written
  return isFieldValue(field, value) ? value : undefined
}

/** Degrees have parts; all others are counts, with or without signs between their thousands. */
function writtenNumber(field: string, text: string): number | null | undefined {
  return field === 'lat' || field === 'lon' ? Number(inLatinDigits(text).replace(/[,٫]/, '.')) : typedNumber(text)
}
