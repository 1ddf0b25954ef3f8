import { isFieldValue } from '#domain/entry.ts'
import type { DraftContent, FieldName } from '#domain/entry.ts'
import { tooLongBy } from '#domain/text-limits.ts'
import { statusFields } from '#volunteer/entry/together.ts'
import { hasFinePlace } from '#volunteer/record/place-precision.ts'
import { stepIssues } from '#volunteer/record/step-issues.ts'
import type { Issue, IssueGround } from '#volunteer/record/step-issues.ts'
import { savedSteps } from '#volunteer/record/steps.ts'

interface Changed {
  readonly before: DraftContent
  /** With what was begun, and all that goes with it. */
  readonly now: DraftContent
  readonly patch: Readonly<Record<string, unknown>>
}

/** What is changed of a saved entry is held to what a new one's is; what has stood there since before a rule stands in nobody's way. */
export function formIssues(drawn: readonly FieldName[], { before, now, patch }: Changed, ground: IssueGround): readonly Issue[] {
  const isAbout = (field: FieldName): boolean => drawn.includes(field)
  const issuesOf = (fields: readonly FieldName[], content: DraftContent): readonly Issue[] => stepIssues({ id: 'review', fields }, { content, answers: [], placePrecision: hasFinePlace(content) ? 'km' : 'region' }, ground)
  // What no entry can be without is not taken away, and a day is held to its rules. Status and region have more to say than that.
  const asked = savedSteps(before.kind).flatMap(({ fields }) => fields).filter((field) => !statusFields.includes(field) && field !== 'adm1Name')
  const ofAsked = issuesOf(asked.filter((field) => Object.hasOwn(patch, field) && (field === 'observedOn' || patch[field] === undefined)), now)
  const ofStatus = drawn.filter((field) => statusFields.includes(field))
  const old = issuesOf(ofStatus, before)
  const stands = issuesOf(ofStatus, now).filter(({ field }) => Object.hasOwn(patch, field) || !old.some((issue) => issue.field === field))
  const ofRegion: readonly Issue[] = !isAbout('adm1Name') ? [] : now.adm1Name === '' ? [{ field: 'adm1Name', kind: 'missing' }] : issuesOf(['adm1Name'], now)
  return [...ofAsked, ...stands, ...ofRegion, ...drawn.flatMap((field) => issueOf(field, now[field]))]
}

function issueOf(field: FieldName, value: unknown): readonly Issue[] {
  if (value === undefined || isFieldValue(field, value)) return []
  return [{ field, kind: tooLongBy(field, value) > 0 ? 'tooLong' : field === 'description' ? 'tooShort' : 'invalid' }]
}
