import { confidences } from '#domain/written-report.ts'
import type { Confidence } from '#domain/written-report.ts'
import type { CountedEntry } from '#report/counted-entry.ts'

/** What the confidence of a finding is computed from, for those who may see small numbers. */
export interface ConfidenceGrounds {
  readonly entries: number
  readonly authors: number
  readonly organisations: number
  readonly sourceTypes: number
  /** The share of entries graded A to C and 1 to 3; an entry without both grades is not. */
  readonly graded: number
  /** Entries that say otherwise, and how that was settled nobody has said. */
  readonly unsettled: number
  /** Where all that is cited was only heard of: it is told as what was reported, and by nothing that was seen. */
  readonly isHearsay?: true
}

const wanted = {
  high: { entries: 8, authors: 5, organisations: 3, sourceTypes: 2, graded: 0.6 },
  moderate: { entries: 4, authors: 3, organisations: 2, sourceTypes: 0, graded: 0 },
} as const

/** A rumour beside what was seen adds nothing to it. */
export function confidenceGrounds(cited: readonly CountedEntry[], unsettled: number): ConfidenceGrounds {
  const facts = cited.filter(({ content }) => content.sourceType !== 'rumour')
  const isHearsay = facts.length === 0 && cited.length > 0
  const entries = isHearsay ? cited : facts
  const different = (of: (entry: CountedEntry) => string | null) => new Set(entries.map(of).filter((value) => value !== null)).size
  return {
    entries: entries.length, unsettled,
    authors: different(({ author }) => author), organisations: different(({ organisation }) => organisation), sourceTypes: different(({ content }) => content.sourceType),
    graded: entries.length === 0 ? 0 : entries.filter(isWellGraded).length / entries.length, ...(isHearsay ? { isHearsay } : {}),
  }
}

/** By triangulation, corroboration and the reliability of sources. What one author says is a case, however often it is said. */
export function confidenceOf(grounds: ConfidenceGrounds): Confidence {
  if (grounds.authors <= 1) return 'case'
  if (grounds.isHearsay === true) return 'low'
  if (reaches(grounds, wanted.high) && grounds.unsettled === 0) return 'high'
  return reaches(grounds, wanted.moderate) ? 'moderate' : 'low'
}

/** What a coordinator says may lower what is computed, and never raises it. */
export function loweredTo(computed: Confidence, said: Confidence | undefined): Confidence {
  return said !== undefined && confidences.indexOf(said) > confidences.indexOf(computed) ? said : computed
}

function reaches(grounds: ConfidenceGrounds, least: (typeof wanted)[keyof typeof wanted]): boolean {
  return grounds.entries >= least.entries && grounds.authors >= least.authors && grounds.organisations >= least.organisations && grounds.sourceTypes >= least.sourceTypes && grounds.graded >= least.graded
}

function isWellGraded({ reliability, credibility }: CountedEntry): boolean {
  return reliability !== null && 'ABC'.includes(reliability) && credibility !== null && '123'.includes(credibility)
}
