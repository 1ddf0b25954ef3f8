import type { Draft } from '#device/device.ts'
import { fieldSchemas, isFieldValue } from '#domain/entry.ts'
import type { DraftContent, FieldName } from '#domain/entry.ts'
import type { Step } from '#volunteer/record/steps.ts'

/** What stands between a screen and the next one; each kind has its sentence in the catalogue. */
export const issueKinds = ['missing', 'choose', 'tooShort', 'invalid', 'future', 'order', 'notPlaced', 'photoNeedsConsent'] as const
export type IssueKind = (typeof issueKinds)[number]

export interface Issue {
  readonly field: FieldName
  readonly kind: IssueKind
}

type Check = (content: DraftContent, draft: Pick<Draft, 'answers'>, today: string) => IssueKind | null

/** Fields whose rule is more than "there, and of the right form". */
const checks: { readonly [Field in FieldName]?: Check } = {
  description: checkWords,
  observedOn: (content, _draft, today) => (isText(content.observedOn) && content.observedOn > dayAfter(today) ? 'future' : checkRequired('observedOn')(content)),
  placeName: (content) => (isBlank(content.placeName) && content.lat === undefined ? 'notPlaced' : checkOptional('placeName')(content)),
  focusGroup: checkOptional('focusGroup'),
  endOn: checkEnd,
  reached: (content) => (content.status === 'planned' ? null : checkRequired('reached')(content)),
  noneListed: (content, draft) => (draft.answers.length === 0 && content.noneListed !== true ? 'choose' : null),
  consentPhoto: checkPhotoConsent,
}

const chosenFields: ReadonlySet<FieldName> = new Set(['topic', 'severity', 'populationGroup', 'country', 'actionType', 'status', 'sourceType', 'consentBasis', 'orgType'])

/** In the order of the screen; empty when Next may go on. */
export function stepIssues(step: Step, draft: Pick<Draft, 'content' | 'answers'>, today: string): readonly Issue[] {
  return step.fields.flatMap((field) => {
    const check = checks[field] ?? checkRequired(field)
    const kind = check(draft.content, draft, today)
    return kind === null ? [] : [{ field, kind }]
  })
}

function checkRequired(field: FieldName): (content: DraftContent) => IssueKind | null {
  return (content) => {
    const value = content[field]
    if (isBlank(value)) return chosenFields.has(field) ? 'choose' : 'missing'
    return isFieldValue(field, value) ? null : 'invalid'
  }
}

function checkOptional(field: FieldName): (content: DraftContent) => IssueKind | null {
  return (content) => (content[field] === undefined || isFieldValue(field, content[field]) || fieldSchemas[field] === undefined ? null : 'invalid')
}

function checkWords(content: DraftContent): IssueKind | null {
  if (content.audio !== undefined && content.description === undefined) return null
  if (isBlank(content.description)) return 'missing'
  return isFieldValue('description', content.description) ? null : 'tooShort'
}

function checkEnd(content: DraftContent): IssueKind | null {
  if (content.endOn === undefined) return content.status === 'completed' ? 'missing' : null
  if (!isFieldValue('endOn', content.endOn)) return 'invalid'
  return isText(content.startOn) && isText(content.endOn) && content.endOn < content.startOn ? 'order' : null
}

function checkPhotoConsent(content: DraftContent): IssueKind | null {
  if (!Array.isArray(content.photos) || content.photos.length === 0) return null
  if (content.consentPhoto === undefined) return 'choose'
  return content.consentPhoto === true && content.consentBasis === 'not_asked' ? 'photoNeedsConsent' : null
}

function isBlank(value: unknown): boolean {
  return value === undefined || (isText(value) && value.trim() === '') || (Array.isArray(value) && value.length === 0)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** One day of slack: the phone's day may be behind the day of the place. */
function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
