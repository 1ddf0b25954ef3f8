import type { ReactNode } from 'react'
import type { EntryState } from '#domain/entry-state.ts'
import type { DraftContent, FieldName } from '#domain/entry.ts'
import { factsOf } from '#volunteer/fields/facts-of.tsx'
import { FieldValue } from '#volunteer/fields/field-value.tsx'
import { hasValue, optionalGroups } from '#volunteer/record/optional-fields.ts'
import type { Words } from '#volunteer/words.ts'

export interface EntryLine {
  readonly id: string
  readonly name: string
  readonly value: ReactNode
  readonly fields: readonly FieldName[]
}

/**
 * The lines of a saved entry: the required part, then what was added, then any field that only a question is about.
 * While it is being changed, fields that are still empty are offered too.
 */
export function linesOf(state: EntryState, words: Words, isEditing: boolean): readonly EntryLine[] {
  const content: DraftContent = state.content
  const required = factsOf(content, words).filter((line) => line.id !== 'photos' && (line.value !== null || isEditing || isAskedAbout(state, line.fields)))
  const optional = optionalGroups(state.kind).flatMap((group) => group.fields)
    .filter(({ field }) => isEditing || !units.has(field) || isAskedAbout(state, [field]))
    .filter(({ field, isAsked }) => hasValue(content[field]) || isAskedAbout(state, [field]) || (isEditing && (isAsked?.(content) ?? true)))
    .map(({ field }): EntryLine => ({ id: field, name: words.field(field), value: optionalValue(state, field, words), fields: [field] }))
  return [...required, ...answersLine(state, words), ...optional]
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
  if (answered > 0) return [{ id: 'answers', name: words.say('fact.answers'), value: words.say('record.review.answers', { count: answered }), fields: [] }]
  return content.kind === 'action' && content.noneListed === true ? [{ id: 'answers', name: words.say('fact.answers'), value: words.say('entry.noneListed'), fields: ['noneListed'] }] : []
}
