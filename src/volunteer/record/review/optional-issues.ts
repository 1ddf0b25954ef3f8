import { isFieldValue } from '#domain/entry.ts'
import type { DraftContent, FieldName } from '#domain/entry.ts'
import { tooLongBy } from '#domain/text-limits.ts'
import { recordOf } from '#volunteer/fields/values.ts'
import { hasValue, mayStand, optionalFieldNames } from '#volunteer/record/optional-fields.ts'

export type OptionalIssueKind = 'invalid' | 'tooLong' | 'minMax' | 'aboveTotal'
export interface OptionalIssue {
  readonly field: FieldName
  readonly kind: OptionalIssueKind
}

/** Optional answers that contradict themselves or each other. An optional answer that is missing is never an issue. */
export function optionalIssues(content: DraftContent): readonly OptionalIssue[] {
  const invalid = optionalFieldNames(content.kind).filter((field) => hasValue(content[field]) && mayStand(field, content) && !isFieldValue(field, content[field])).map((field): OptionalIssue => ({ field, kind: tooLongBy(field, content[field]) > 0 ? 'tooLong' : 'invalid' }))
  const swapped: readonly OptionalIssue[] = isAbove(content.affectedMin, content.affectedMax) ? [{ field: 'affectedMax', kind: 'minMax' }] : []
  return [...invalid, ...swapped, ...partsAbove(content)]
}

/** A part of the people cannot be more than all of them. Households are not people: against them nothing is counted. */
function partsAbove(content: DraftContent): readonly OptionalIssue[] {
  const [total, unit, parts] = content.kind === 'challenge'
    ? [content.affectedMax ?? content.affectedMin, content.affectedUnit, ['affectedSadd', 'affectedDisability'] as const]
    : [content.reached, content.reachedUnit, ['reachedSadd', 'reachedDisability'] as const]
  // "At least 200" alone is no upper bound.
  const isBound = content.kind === 'action' || typeof content.affectedMax === 'number'
  if (unit === 'households' || !isBound) return []
  return parts.filter((field) => isAbove(sumOf(content[field]), total)).map((field) => ({ field, kind: 'aboveTotal' }))
}

/** The sum of a table by sex and age, or the number itself. */
function sumOf(value: unknown): number {
  if (typeof value === 'number') return value
  return Object.values(recordOf(value)).reduce<number>((sum, part) => sum + (typeof part === 'string' ? 0 : sumOf(part)), 0)
}

function isAbove(part: unknown, total: unknown): boolean {
  return typeof part === 'number' && typeof total === 'number' && part > total
}
