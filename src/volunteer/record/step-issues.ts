import type { Draft } from '#device/device.ts'
import { belongsTo } from '#domain/areas.ts'
import { fieldSchemas, isFieldValue } from '#domain/entry.ts'
import type { DraftContent, FieldName } from '#domain/entry.ts'
import { tooLongBy } from '#domain/text-limits.ts'
import { precisionOf } from '#volunteer/record/place-precision.ts'
import type { Step } from '#volunteer/record/steps.ts'

/** What stands between a screen and the next one; each kind has its sentence in the catalogue. */
export const issueKinds = ['missing', 'choose', 'tooShort', 'tooLong', 'invalid', 'future', 'beforeStart', 'afterEnd', 'order', 'notPlaced', 'regionMissing', 'foreignArea'] as const
export type IssueKind = (typeof issueKinds)[number]

export interface Issue {
  readonly field: FieldName
  readonly kind: IssueKind
}

/** What a rule looks at besides the draft. */
export interface IssueGround {
  /** Null where the phone's clock cannot be right: then no day is too late by it. */
  readonly today: string | null
  /** The first day of the campaign, or null when it has none. */
  readonly startsOn: string | null
  /** Its last day; absent or null when it goes on. */
  readonly endsOn?: string | null | undefined
}

type DraftParts = Pick<Draft, 'content' | 'answers' | 'placePrecision'>
type Check = (content: DraftContent, draft: DraftParts, ground: IssueGround) => IssueKind | null

/** Fields whose rule is more than "there, and of the right form". */
const checks: { readonly [Field in FieldName]?: Check } = {
  description: checkWords,
  // Taken out, described and shown apart; only their words can be too long.
  photos: ({ photos }) => (tooLongBy('photos', photos) > 0 ? 'tooLong' : null),
  observedOn: checkDay,
  adm1Name: checkRegion,
  placeName: (content, draft) => (precisionOf(draft) !== 'region' && isBlank(content.placeName) && content.lat === undefined ? 'notPlaced' : checkOptional('placeName')(content)),
  focusGroup: checkOptional('focusGroup'),
  // The first words bring it.
  lang: checkOptional('lang'),
  endOn: checkEnd,
  reached: (content) => (content.status === 'planned' ? null : checkRequired('reached')(content)),
  noneListed: (content, draft) => (draft.answers.length === 0 && content.noneListed !== true ? 'choose' : null),
}

const chosenFields: ReadonlySet<FieldName> = new Set(['topic', 'severity', 'populationGroup', 'country', 'actionType', 'status', 'sourceType', 'consentBasis', 'orgType'])

/** In the order of the screen; empty when Next may go on. */
export function stepIssues(step: Step, draft: DraftParts, ground: IssueGround): readonly Issue[] {
  return step.fields.flatMap((field) => {
    const check = checks[field] ?? checkRequired(field)
    const kind = check(draft.content, draft, ground)
    return kind === null ? [] : [{ field, kind }]
  })
}

function checkRequired(field: FieldName): (content: DraftContent) => IssueKind | null {
  return (content) => {
    const value = content[field]
    if (isBlank(value)) return chosenFields.has(field) ? 'choose' : 'missing'
    return isFieldValue(field, value) ? null : wrongKind(field, value)
  }
}

function checkOptional(field: FieldName): (content: DraftContent) => IssueKind | null {
  return (content) => (content[field] === undefined || isFieldValue(field, content[field]) || fieldSchemas[field] === undefined ? null : wrongKind(field, content[field]))
}

function checkWords(content: DraftContent): IssueKind | null {
  if (content.audio !== undefined && content.description === undefined) return null
  if (isBlank(content.description)) return 'missing'
  return isFieldValue('description', content.description) ? null : wrongKind('description', content.description, 'tooShort')
}

function wrongKind(field: FieldName, value: unknown, otherwise: IssueKind = 'invalid'): IssueKind {
  return tooLongBy(field, value) > 0 ? 'tooLong' : otherwise
}

function checkEnd(content: DraftContent): IssueKind | null {
  if (content.endOn === undefined) return content.status === 'completed' ? 'missing' : null
  if (!isFieldValue('endOn', content.endOn)) return 'invalid'
  return isText(content.startOn) && isText(content.endOn) && content.endOn < content.startOn ? 'order' : null
}

/** The phone's day may be behind the day of the place, so tomorrow passes; nothing was seen for a campaign before it began or after it ended. */
function checkDay(content: DraftContent, _draft: DraftParts, { today, startsOn, endsOn }: IssueGround): IssueKind | null {
  const day = content.observedOn
  if (today !== null && isText(day) && day > dayAfter(today)) return 'future'
  if (isText(day) && day !== '' && startsOn !== null && day < startsOn) return 'beforeStart'
  if (isText(day) && endsOn !== undefined && endsOn !== null && day > endsOn) return 'afterEnd'
  return checkRequired('observedOn')(content)
}

/** Where only the region may be known, it is all there is. A code that belongs to another country would put the entry there. */
function checkRegion(content: DraftContent, draft: DraftParts): IssueKind | null {
  const { adm1Code, country } = content
  if (isText(adm1Code) && isText(country) && !belongsTo(adm1Code, country)) return 'foreignArea'
  if (precisionOf(draft) === 'region' && isBlank(content.adm1Name) && isBlank(adm1Code)) return 'regionMissing'
  return isBlank(content.adm1Name) ? null : checkOptional('adm1Name')(content)
}

function isBlank(value: unknown): boolean {
  return value === undefined || (isText(value) && value.trim() === '') || (Array.isArray(value) && value.length === 0)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}
