import type { FieldName } from '#domain/entry.ts'
import { tooLongBy } from '#domain/text-limits.ts'
import type { OptionalIssueKind } from '#volunteer/record/review/optional-issues.ts'
import type { IssueKind } from '#volunteer/record/step-issues.ts'
import type { Words } from '#volunteer/words.ts'

/** The sentence for what is wrong with a field. */
export function issueWords({ say }: Pick<Words, 'say'>, { field, kind }: { readonly field: FieldName; readonly kind: IssueKind | OptionalIssueKind }, value: unknown): string {
  return say(`issue.${kind}`, { over: tooLongBy(field, value) })
}
