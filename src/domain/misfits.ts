import * as v from 'valibot'
import type { ChangeEnvelope } from '#domain/change.ts'
import { contentSchemas, isFieldValue } from '#domain/entry.ts'
import { ownValue } from '#domain/own-value.ts'

/** A field that keeps an entry from being one: it is not there, or what stands in it does not fit. */
export interface Misfit {
  readonly field: string
  readonly is: 'missing' | 'unfit'
}

/** What holds across fields names none of them (`entry.ts`): the one is told that somebody would look at. */
const acrossFields: Readonly<Record<string, Misfit>> = {
  place: { field: 'placeName', is: 'missing' }, 'words-or-voice': { field: 'description', is: 'missing' }, 'completed-end': { field: 'endOn', is: 'missing' },
  'min-max': { field: 'affectedMax', is: 'unfit' }, 'start-end': { field: 'endOn', is: 'unfit' }, 'reached-status': { field: 'reached', is: 'unfit' },
  'consent-quote': { field: 'consentQuote', is: 'unfit' }, 'consent-photo': { field: 'consentPhoto', is: 'unfit' },
}

/** The field that an issue of a content schema is about; null where it is about none. */
export function misfitOf(issue: v.BaseIssue<unknown>): Misfit | null {
  const across = ownValue(acrossFields, issue.message)
  if (across !== undefined) return across
  const path = issue.issues?.flatMap((inner) => inner.path ?? [])[0] ?? issue.path?.[0]
  return path === undefined ? null : { field: String(path.key), is: issue.received === 'undefined' ? 'missing' : 'unfit' }
}

/** Which fields of a change that cannot be read keep it from being one, each once; of types without fields none. */
export function misfitsIn({ type, body }: Pick<ChangeEnvelope, 'type' | 'body'>): readonly Misfit[] {
  if (type === 'revise') return Object.entries(fieldsOf(fieldsOf(body)['set'])).flatMap(([field, value]) => (isFieldValue(field, value) ? [] : [{ field, is: 'unfit' as const }]))
  if (type !== 'record') return []
  const content = fieldsOf(fieldsOf(body)['content'])
  const schema = ownValue<v.GenericSchema>(contentSchemas, String(content['kind']))
  if (schema === undefined) return [{ field: 'kind', is: content['kind'] === undefined ? 'missing' : 'unfit' }]
  const byField = new Map(v.safeParse(schema, content).issues?.flatMap((issue) => misfitOf(issue) ?? []).map((misfit) => [misfit.field, misfit]))
  return [...byField.values()]
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {}
}
