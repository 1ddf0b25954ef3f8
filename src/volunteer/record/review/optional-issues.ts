import { isFieldValue } from '#domain/entry.ts'
import type { DraftContent, FieldName } from '#domain/entry.ts'
import { hasValue, optionalFieldNames } from '#volunteer/record/optional-fields.ts'

/** Optional answers that contradict themselves. An optional answer that is missing is never an issue. */
export function optionalIssues(content: DraftContent): readonly FieldName[] {
  const invalid = optionalFieldNames(content.kind).filter((field) => hasValue(content[field]) && !isFieldValue(field, content[field]))
  return isSwapped(content) ? [...invalid, 'affectedMax'] : invalid
}

function isSwapped({ affectedMin, affectedMax }: DraftContent): boolean {
  return typeof affectedMin === 'number' && typeof affectedMax === 'number' && affectedMin > affectedMax
}
