import type { ReactNode } from 'react'
import { severities } from '#domain/codes/code-lists.ts'
import { Severity } from '#ui/severity/severity.tsx'
import { Words as OwnWords } from '#ui/words/words.tsx'
import { controlOf } from '#volunteer/fields/field-controls.ts'
import { listOf, recordOf } from '#volunteer/fields/values.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

/** One value as one reads it; null when there is none. */
export function FieldValue({ field, value, lang }: { readonly field: string; readonly value: unknown; readonly lang?: string | undefined }): ReactNode {
  const words = useWords()
  const level = field === 'severity' ? severities.find((severity) => severity === value) : undefined
  if (level !== undefined) return <Severity level={level} word={words.severity(level).short} />
  const said = sayValue(words, field, value)
  const control = controlOf(field)
  return control?.kind === 'words' ? <OwnWords as="span" lang={lang}>{said}</OwnWords> : <bdi>{said}</bdi>
}

/** The same as plain words. */
export function sayValue(words: Words, field: string, value: unknown): string {
  if (value === 'unknown') return words.say('notKnown')
  if (typeof value === 'number') return words.format.number(value)
  if (typeof value === 'boolean') return words.say(value ? 'yes' : 'no')
  const control = controlOf(field)
  switch (control?.kind) {
    case 'one':
    case 'topic':
    case 'line':
      return typeof value === 'string' ? words.code(field, value) : ''
    case 'some':
      return words.format.list(listOf(value).map((code) => words.code(field, code)))
    case 'names':
      return words.format.list(listOf(value))
    case 'country':
      return typeof value === 'string' ? words.format.country(value) : ''
    case 'language':
      return typeof value === 'string' ? words.format.language(value) : ''
    case 'day':
      return typeof value === 'string' && value !== '' ? words.format.day(value) : ''
    case 'month':
      return typeof value === 'string' && value !== '' ? words.format.month(value) : ''
    case 'sadd':
      return saySadd(words, value)
    case 'output':
      return Array.isArray(value) ? words.format.list(value.map((line) => sayOutput(words, line))) : ''
    case 'money':
      return sayMoney(words, value)
    case 'photos':
      return Array.isArray(value) ? words.say('record.review.photos', { count: value.length }) : ''
    default:
      return typeof value === 'string' ? value : ''
  }
}

function saySadd(words: Words, value: unknown): string {
  const cells = Object.entries(recordOf(value)).flatMap(([sex, bands]) =>
    Object.entries(recordOf(bands)).map(([band, count]) => `${words.code('sex', sex)} ${words.code('ageBand', band)}: ${count === 'unknown' ? words.say('notKnown') : words.format.number(Number(count))}`))
  return words.format.list(cells)
}

function sayOutput(words: Words, value: unknown): string {
  const { item, quantity, unit } = recordOf(value)
  return [typeof quantity === 'number' ? words.format.number(quantity) : '', unit, item].filter((part) => typeof part === 'string' && part !== '').join(' ')
}

function sayMoney(words: Words, value: unknown): string {
  const { amount, currency } = recordOf(value)
  return [typeof amount === 'number' ? words.format.number(amount) : '', typeof currency === 'string' ? currency : ''].join(' ').trim()
}
