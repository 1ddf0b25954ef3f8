import type { Ref } from '#domain/ids.ts'
import { challengesBlock } from '#report/challenge-block.ts'
import { annexBlock, methodBlock, rumoursBlock } from '#report/closing-blocks.ts'
import { consequencesBlock } from '#report/consequence-block.ts'
import type { Counted } from '#report/counted-entry.ts'
import { evolutionBlock } from '#report/evolution-block.ts'
import type { Evidence } from '#report/figures.ts'
import { mobilizationBlock } from '#report/mobilization-block.ts'
import { coverBlock, highlightsBlock, keyFiguresBlock, mapBlock, standingBlock } from '#report/opening-blocks.ts'
import type { ReportAreas } from '#report/report-areas.ts'
import { reportGround } from '#report/report-ground.ts'
import type { ReportInput } from '#report/report-input.ts'
import { silenceBlock } from '#report/silence-block.ts'
import type { Block, ReportTree } from '#report/tree.ts'
import { withWritten } from '#report/written-parts.ts'

export interface Composition {
  /** What may be published. */
  readonly tree: ReportTree
  /** Every entry behind every figure, small numbers as well: for coordinators, never to be published. */
  readonly evidence: Evidence
  /** What was counted, for the same. */
  readonly counted: Counted
  readonly areas: ReportAreas
  readonly written: ReportInput['written']
}

/** Composes a report. The same input gives the same report, whoever asks, and in whatever order the entries came. */
export function composeReport(input: ReportInput): Composition {
  const ground = reportGround(input)
  const cover = coverBlock(ground)
  const challenges = challengesBlock(ground)
  const mobilization = mobilizationBlock(ground)
  const consequences = consequencesBlock(ground)
  const counted: readonly Block[] = [
    cover, standingBlock(), highlightsBlock(ground, { challenges, mobilization, consequences }), keyFiguresBlock(ground, cover), mapBlock(ground),
    challenges, mobilization, consequences, evolutionBlock(ground), rumoursBlock(ground), methodBlock(ground), silenceBlock(ground, mobilization),
  ]
  const body = withWritten(counted, ground)
  return { tree: { version: 1, blocks: [...body, annexBlock(ground, refsIn(body))] }, evidence: ground.figures.evidence, counted: ground.counted, areas: ground.areas, written: input.written }
}

const listsOfRefs: ReadonlySet<string> = new Set(['sample', 'refs', 'against'])

/** Every ref that stands somewhere in the blocks: of its own, in a list of refs, or as the sample of a figure. */
export function refsIn(value: unknown, found = new Set<Ref>()): ReadonlySet<Ref> {
  if (Array.isArray(value)) for (const item of value) refsIn(item, found)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'ref' && typeof inner === 'string') found.add(inner as Ref)
      else if (listsOfRefs.has(key) && Array.isArray(inner)) for (const ref of inner) found.add(ref as Ref)
      else refsIn(inner, found)
    }
  }
  return found
}
