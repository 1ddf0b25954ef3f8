import { dayFields, listOfField } from '#i18n/field-lists.ts'
import type { DeskWords } from '#coordinator/desk-words.ts'

interface Choice {
  readonly value: string
  readonly label: string
}

/** By what a value can be changed at the desk. */
export type FieldEditor =
  | { readonly kind: 'code'; readonly choices: readonly Choice[]; readonly isNumber: boolean }
  | { readonly kind: 'codes'; readonly choices: readonly Choice[] }
  | { readonly kind: 'day' | 'number' | 'text' | 'words' }

/** What has rules of its own that a single value cannot show: places by code or point, and what the author consented to. */
const ownRules: readonly string[] = ['country', 'adm1Code', 'adm2Code', 'lat', 'lon', 'consentBasis', 'consentQuote', 'consentPhoto', 'consentPlace', 'consentWording', 'noneListed']

/** What the phone gives several lines: a control of one line would take its author's line breaks away. */
const wordsFields: readonly string[] = ['description', 'quote', 'consequenceText', 'result', 'obstacles', 'lesson', 'priorityText']

/** Null: this field is not corrected at the desk, it is asked about. */
export function editorFor(field: string, value: unknown, words: Pick<DeskWords, 'code' | 'codesOf'>): FieldEditor | null {
  if (ownRules.includes(field)) return null
  if (dayFields.includes(field)) return { kind: 'day' }
  if (listOfField(field) !== null) {
    const choices = words.codesOf(field).map((code) => ({ value: code, label: words.code(field, code) }))
    return Array.isArray(value) ? { kind: 'codes', choices } : { kind: 'code', choices, isNumber: typeof value === 'number' }
  }
  if (typeof value === 'number') return Number.isInteger(value) ? { kind: 'number' } : null
  if (typeof value !== 'string') return null
  // Imported words and those of a newer app may have line breaks where the phone asks for one line.
  return { kind: wordsFields.includes(field) || /[\n\r]/.test(value) ? 'words' : 'text' }
}
