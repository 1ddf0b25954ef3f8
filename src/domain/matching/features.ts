import type { Concept } from '#domain/matching/concept-names.ts'
import { conceptsOf } from '#domain/matching/concepts.ts'
import { nearTopicsOf } from '#domain/matching/near-topics.ts'
import { placeLikeness } from '#domain/matching/place-likeness.ts'
import type { PlaceLikeness } from '#domain/matching/place-likeness.ts'
import type { Report } from '#domain/matching/report.ts'
import { numbersOf, overlap, shared, stemsOf } from '#domain/matching/wording.ts'
import type { EntryContent } from '#domain/entry.ts'
import type { FocusGroup, PopulationGroup, Topic } from '#domain/codes/code-lists.ts'

/** What can be compared in two reports, whatever it is then used for. */
export interface Comparison {
  readonly place: PlaceLikeness
  readonly days: number
  readonly topic: 'same' | 'near' | 'other'
  readonly population: 'same' | 'overlaps' | 'other'
  readonly groups: 'same' | 'overlaps' | 'one' | 'other' | 'none'
  readonly concepts: readonly Concept[]
  readonly conceptShare: number
  /** Both speak of something known, and of nothing in common. */
  readonly speakOfOther: boolean
  readonly wordShare: number
  readonly sameLanguage: boolean
  readonly numbers: readonly number[]
}

const dayMs = 86_400_000
const slackDays = { day: 0, week: 6, month: 30 } as const

/** Read once for each report: two hundred comparisons read it again and again. */
export interface Reading {
  readonly report: Report
  readonly concepts: ReadonlySet<Concept>
  readonly stems: ReadonlySet<string>
  readonly numbers: ReadonlySet<number>
}

export function readingOf(report: Report): Reading {
  const text = report.content.description ?? ''
  return { report, concepts: conceptsOf(text), stems: stemsOf(text), numbers: new Set([...numbersOf(text), ...countsOf(report.content)]) }
}

export function compare(a: Reading, b: Reading): Comparison {
  const [inA, inB] = [a.report.content, b.report.content]
  const concepts = shared(a.concepts, b.concepts)
  return {
    place: placeLikeness(inA, inB),
    days: daysApart(inA, inB),
    topic: topicLikeness(inA.topic, inB.topic),
    population: populationLikeness(inA.populationGroup, inB.populationGroup),
    groups: groupLikeness(inA.focusGroup ?? [], inB.focusGroup ?? []),
    concepts,
    conceptShare: overlap(a.concepts, b.concepts),
    speakOfOther: concepts.length === 0 && a.concepts.size > 0 && b.concepts.size > 0,
    wordShare: overlap(a.stems, b.stems),
    sameLanguage: language(inA.lang) === language(inB.lang),
    numbers: shared(a.numbers, b.numbers),
  }
}

/** Days between two reports, less what their dates leave open. */
function daysApart(a: EntryContent, b: EntryContent): number {
  const slack = Math.max(slackDays[a.datePrecision ?? 'day'], slackDays[b.datePrecision ?? 'day'])
  return Math.max(0, Math.abs(daysBetween(a.observedOn, b.observedOn)) - slack)
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs)
}

function topicLikeness(a: Topic, b: Topic): Comparison['topic'] {
  if (a === b) return 'same'
  return nearTopicsOf(a).includes(b) ? 'near' : 'other'
}

function populationLikeness(a: readonly PopulationGroup[], b: readonly PopulationGroup[]): Comparison['population'] {
  if (a.length === b.length && a.every((group) => b.includes(group))) return 'same'
  return a.some((group) => b.includes(group)) || a.includes('GEN') || b.includes('GEN') ? 'overlaps' : 'other'
}

function groupLikeness(a: readonly FocusGroup[], b: readonly FocusGroup[]): Comparison['groups'] {
  if (a.length === 0 && b.length === 0) return 'none'
  if (a.length === 0 || b.length === 0) return 'one'
  if (a.every((group) => b.includes(group)) && b.every((group) => a.includes(group))) return 'same'
  return a.some((group) => b.includes(group)) ? 'overlaps' : 'other'
}

function countsOf(content: EntryContent): readonly number[] {
  const counts = content.kind === 'challenge' ? [content.affectedMin, content.affectedMax] : [content.reached, content.targeted]
  return counts.filter((count): count is number => typeof count === 'number' && count >= 10)
}

function language(tag: string): string {
  return tag.slice(0, tag.includes('-') ? tag.indexOf('-') : undefined).toLowerCase()
}
