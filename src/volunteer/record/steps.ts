import type { FieldName, Kind } from '#domain/entry.ts'

export const stepIds = ['type', 'topic', 'severity', 'who', 'status', 'place', 'date', 'reached', 'words', 'answers', 'source', 'consent', 'review'] as const
export type StepId = (typeof stepIds)[number]

/** One screen of the quick path. `fields` are what must be in order before Next goes on. */
export interface Step {
  readonly id: StepId
  readonly fields: readonly FieldName[]
}

const topic: Step = { id: 'topic', fields: ['topic'] }
const date: Step = { id: 'date', fields: ['observedOn'] }
const words: Step = { id: 'words', fields: ['description', 'photos', 'lang'] }
const review: Step = { id: 'review', fields: [] }

const challengePath: readonly Step[] = [
  topic,
  { id: 'severity', fields: ['severity'] },
  { id: 'who', fields: ['populationGroup', 'focusGroup'] },
  { id: 'place', fields: ['country', 'adm1Name', 'placeName'] },
  date,
  words,
  { id: 'source', fields: ['sourceType'] },
  { id: 'consent', fields: ['consentBasis'] },
  review,
]

const actionPath: readonly Step[] = [
  { id: 'type', fields: ['actionType'] },
  topic,
  { id: 'status', fields: ['status', 'startOn', 'endOn'] },
  { id: 'place', fields: ['country', 'adm1Name', 'placeName', 'orgName', 'orgType'] },
  { id: 'reached', fields: ['reached', 'populationGroup', 'focusGroup'] },
  words,
  { id: 'answers', fields: ['noneListed'] },
  { id: 'consent', fields: ['sourceType', 'consentBasis'] },
  review,
]

const paths: Readonly<Record<Kind, readonly Step[]>> = { challenge: challengePath, action: actionPath }

/** The screens of the quick path, in order (domain 2.2); the kind itself was chosen at the record buttons. */
export function pathOf(kind: Kind): readonly Step[] {
  return paths[kind]
}

/** A screen by its name in the address. An action's date stands beside its path: it is today unless the review changes it. */
export function findStep(kind: Kind, id: string): Step | undefined {
  return pathOf(kind).find((step) => step.id === id) ?? (id === date.id ? date : undefined)
}

/** What a save looks at: the path, and the date that stands beside an action's. */
export function savedSteps(kind: Kind): readonly Step[] {
  const path = pathOf(kind)
  return path.includes(date) ? path : [...path, date]
}

export function firstStep(kind: Kind): Step {
  return pathOf(kind)[0] ?? review
}

/** An update begins where something may have changed; all before it is taken over, and is seen at the review. */
export function firstStepOfUpdate(kind: Kind): Step {
  return findStep(kind, kind === 'challenge' ? 'severity' : 'status') ?? firstStep(kind)
}

export function stepAfter(kind: Kind, id: StepId): Step {
  const path = pathOf(kind)
  return path[path.findIndex((step) => step.id === id) + 1] ?? review
}

/** null before the first step: back leads home, and the draft is kept. */
export function stepBefore(kind: Kind, id: StepId): Step | null {
  const path = pathOf(kind)
  const index = path.findIndex((step) => step.id === id)
  return index < 0 ? review : (path[index - 1] ?? null)
}
