import { offeredTopics } from '#domain/themes.ts'
import { countedIn } from '#report/counted-entry.ts'
import type { Counted, CountedEntry } from '#report/counted-entry.ts'
import { createFigures } from '#report/figures.ts'
import type { Figures } from '#report/figures.ts'
import { citableIn } from '#report/findings.ts'
import type { Citable } from '#report/findings.ts'
import { reportAreas } from '#report/report-areas.ts'
import type { ReportAreas } from '#report/report-areas.ts'
import type { ReportInput } from '#report/report-input.ts'
import { groupsOf } from '#report/tally.ts'
import type { Groups } from '#report/tally.ts'
import { shownTotals } from '#report/shown-totals.ts'
import type { ShownTotals } from '#report/shown-totals.ts'

/** What every block of a report is composed from. */
export interface ReportGround {
  readonly input: ReportInput
  readonly counted: Counted
  /** Challenges and actions: what is reported as a fact. */
  readonly facts: readonly CountedEntry[]
  readonly figures: Figures
  readonly areas: ReportAreas
  /** Facts by the key of their area. */
  readonly byArea: Groups
  readonly citable: Citable
  /** The campaign's themes in its order, then others that reports are about. */
  readonly topics: readonly string[]
  readonly totals: ShownTotals
}

export function reportGround(input: ReportInput): ReportGround {
  const counted = countedIn(input)
  const figures = createFigures()
  const facts = [...counted.challenges, ...counted.actions]
  const areas = reportAreas(facts, input.campaign)
  const offered: readonly string[] = offeredTopics(input.campaign)
  const reported = [...groupsOf(facts, ({ content }) => content.topic).keys()].filter((topic) => !offered.includes(topic)).toSorted()
  return { input, counted, facts, figures, areas, byArea: groupsOf(facts, areas.keyOf), citable: citableIn(counted, input.written), topics: [...offered, ...reported], totals: shownTotals({ counted, areas, period: input.period }) }
}
