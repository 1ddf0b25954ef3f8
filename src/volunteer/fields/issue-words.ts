import type { FieldName } from '#domain/entry.ts'
import { tooLongBy } from '#domain/text-limits.ts'
import { controls } from '#volunteer/fields/field-controls.ts'
import type { OptionalIssueKind } from '#volunteer/record/review/optional-issues.ts'
import type { IssueKind } from '#volunteer/record/step-issues.ts'
import type { Words } from '#volunteer/words.ts'

/** The sentence for what is wrong with a field. */
export function issueWords({ say }: Pick<Words, 'say'>, { field, kind }: { readonly field: FieldName; readonly kind: IssueKind | OptionalIssueKind }, value: unknown): string {
  const control = controls[field]
  // What was understood as a number and is none of this field's is above the most that it takes.
  if (kind === 'invalid' && control?.kind === 'count' && typeof value === 'number') return say('issue.tooLarge', { max: control.max })
  // Of several parts one is missing or is none: which they are is more help than that they do not fit.
  if (kind === 'invalid' && (control?.kind === 'money' || control?.kind === 'output')) return say(`issue.${control.kind}`)
  return say(`issue.${kind}`, { over: tooLongBy(field, value) })
}
