import { compare, readingOf } from '#domain/matching/features.ts'
import type { Comparison, Reading } from '#domain/matching/features.ts'
import { reasonsFor } from '#domain/matching/reasons.ts'
import type { Reason } from '#domain/matching/reasons.ts'
import type { Report } from '#domain/matching/report.ts'
import { chance, signsOf } from '#domain/matching/signs.ts'
import { byScore } from '#domain/matching/suggestion-order.ts'
import { mostDaysApart } from '#domain/matching/windows.ts'
import { foldedText } from '#domain/matching/wording.ts'

export interface SameSuggestion {
  readonly id: string
  /** A second source (`sameAs`), or the same report again (`duplicateOf`), which adds none. */
  readonly kind: 'sameAs' | 'duplicateOf'
  readonly score: number
  readonly reasons: readonly Reason[]
}

/** Logistic weights from what is open of the labelled sets; how they were found stands in the README of the layer. */
const weights = {
  nameShared: 1, nameDiffers: -2.3, bothNarrower: -0.8, close: 0.4, apart: -2.4, regionDiffers: -1.9,
  topicNear: -1.2, groupsOther: -1.8, groupsSame: 0.6,
  conceptShare: 0.9, conceptCount: 1.4, numberShared: 2.2,
} as const
const bias = -0.2
const threshold = 0.8

/** Among others of its kind, those that may tell of the same event; the likeliest first. Nothing follows from it until a person confirms. */
export function suggestSame(entry: Report, others: readonly Report[]): readonly SameSuggestion[] {
  const reading = readingOf(entry)
  return others
    .filter((other) => other.id !== entry.id && other.content.kind === entry.content.kind && other.content.country === entry.content.country)
    .flatMap((other) => suggestion(reading, readingOf(other)))
    .sort(byScore)
}

function suggestion(entry: Reading, other: Reading): readonly SameSuggestion[] {
  const comparison = compare(entry, other)
  if (comparison.days > mostDaysApart || comparison.population === 'other' || comparison.topic === 'other') return []
  const score = chance(signsOf(comparison), weights, bias)
  if (score < threshold) return []
  const again = reasonsToCallItAgain(entry, other, comparison)
  return [{ id: other.report.id, kind: again.length > 0 ? 'duplicateOf' : 'sameAs', score, reasons: [...reasonsFor(comparison, entry.report.content), ...again] }]
}

const alikeWords = 0.6
const alikeSubject = 0.5
/** Words by which people say that a text is not their own. */
const passedOn = /\b(?:fwd|forwarded|translated|translation|retweet|repost|tradui\w*|traduction|transfere|reenvi\w*|traduc\w*|copiado)\b|перевод|пересл|репост|пересказ|منقول|ترجم|نقلا|转述|转发|译|摘自/u

/** One author is one source, and so is a text that is nearly the other, or says that it was passed on and speaks of the same. */
function reasonsToCallItAgain(a: Reading, b: Reading, { sameLanguage, wordShare, conceptShare }: Comparison): readonly Reason[] {
  const reasons: Reason[] = []
  if (a.report.author === b.report.author) reasons.push({ kind: 'sameAuthor' })
  if (sameLanguage && wordShare >= alikeWords) reasons.push({ kind: 'sameWords' })
  if (conceptShare >= alikeSubject && (isPassedOn(a) || isPassedOn(b))) reasons.push({ kind: 'passedOn' })
  return reasons
}

function isPassedOn({ report }: Reading): boolean {
  return passedOn.test(foldedText(report.content.description ?? ''))
}
