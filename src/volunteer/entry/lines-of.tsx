import type { ReactNode } from 'react'
import type { EntryState } from '#domain/entry-state.ts'
import type { DraftContent, FieldName } from '#domain/entry.ts'
import { ownValue } from '#domain/own-value.ts'
import { statusFields } from '#volunteer/entry/together.ts'
import { factsOf } from '#volunteer/fields/facts-of.tsx'
import { FieldValue, sayValue } from '#volunteer/fields/field-value.tsx'
import { hasValue, optionalGroups } from '#volunteer/record/optional-fields.ts'
import type { Words } from '#volunteer/words.ts'

export interface EntryLine {
  readonly id: string
  readonly name: string
  readonly value: ReactNode
  /** The fields that this line shows: a question about one of them stands here. */
  readonly fields: readonly FieldName[]
  /** What is changed here, where that is not the same. */
  readonly edits?: readonly FieldName[]
}

/** Questions about the words or the photos stand with them, since they have no line of their own. */
export const aboutWords: readonly string[] = ['description', 'lang', 'audio', 'photos', 'kind', 'answers']

/**
 * The lines of a saved entry: the required part, then what was added, then any field that only a question is about.
 * While it is being changed, fields that are still empty are offered too, and what was begun, whether or not it would be asked: it is taken over or given up there.
 */
export function linesOf(state: EntryState, words: Words, isEditing: boolean, isBegun: (field: FieldName) => boolean): readonly EntryLine[] {
  const content: DraftContent = state.content
  const required = factsOf(content, words).filter((line) => line.id !== 'photos' && (line.value !== null || isEditing || isAskedAbout(state, line.fields)))
    .map((line): EntryLine => (line.id === 'status' ? { ...line, edits: statusFields } : line))
  const optional = optionalGroups(state.kind).flatMap((group) => group.fields)
    .filter(({ field }) => isEditing || !units.has(field) || isAskedAbout(state, [field]))
    .filter(({ field, isAsked }) => hasValue(content[field]) || isAskedAbout(state, [field]) || (isEditing && ((isAsked?.(content) ?? true) || isBegun(field))))
    .map(({ field }): EntryLine => ({ id: field, name: words.field(field), value: optionalValue(state, field, words), fields: [field] }))
  const lines = [...required, ...answersLine(state, words), ...optional]
  return [...lines, ...otherwiseAsked(state, lines, words)]
}

/** What is asked about and stands nowhere else: how many a planned action has reached, a consent that nobody could give, a field of a newer version. */
function otherwiseAsked(state: EntryState, lines: readonly EntryLine[], words: Words): readonly EntryLine[] {
  const shown = new Set<string>([...aboutWords, ...lines.flatMap(({ fields }) => fields)])
  const asked = new Set(state.questions.map(({ field }) => field).filter((field) => !shown.has(field)))
  return [...asked].map((field) => ({ id: field, name: words.field(field), value: otherValue(state, field, words), fields: [field as FieldName], edits: [] }))
}

function otherValue({ content }: EntryState, field: string, words: Words): ReactNode {
  if (field === 'reached' && content.kind === 'action' && content.status === 'planned') return words.say('record.reached.planned')
  const value = ownValue<unknown>(content, field)
  const said = value === undefined ? '' : sayValue(words, field, value)
  return said === '' ? null : <bdi>{said}</bdi>
}

/** What is counted stands beside the number, and needs no line of its own when one reads. */
const units: ReadonlySet<FieldName> = new Set(['affectedUnit', 'reachedUnit'])
const unitByCount: { readonly [Field in FieldName]?: FieldName } = { affectedMin: 'affectedUnit', affectedMax: 'affectedUnit' }

function optionalValue({ content }: EntryState, field: FieldName, words: Words): ReactNode {
  const fields: DraftContent = content
  if (!hasValue(fields[field])) return null
  const unitField = unitByCount[field]
  const unit = unitField === undefined || typeof fields[field] !== 'number' ? undefined : fields[unitField]
  const value = <FieldValue field={field} value={fields[field]} lang={content.lang} />
  return typeof unit === 'string' && unitField !== undefined ? <>{value} {words.code(unitField, unit)}</> : value
}

/** Lines shown elsewhere have their questions there: the words, the photos. */
function isAskedAbout(state: EntryState, fields: readonly FieldName[]): boolean {
  return state.questions.some((question) => fields.some((field) => field === question.field)) || fields.some((field) => state.corrections[field] !== undefined)
}

function answersLine({ kind, content, links }: EntryState, words: Words): readonly EntryLine[] {
  if (kind !== 'action') return []
  const answered = links.filter((link) => link.kind === 'answers').length
  if (answered > 0) return [{ id: 'answers', name: words.say('fact.answers'), value: words.say('record.review.answers', { count: answered }), fields: ['noneListed'] }]
  return content.kind === 'action' && content.noneListed === true ? [{ id: 'answers', name: words.say('fact.answers'), value: words.say('entry.noneListed'), fields: ['noneListed'] }] : []
}
