import { composedFinding, composedPriority } from '#report/findings.ts'
import type { FindingGround } from '#report/findings.ts'
import { foundIn } from '#report/found-in.ts'
import type { ReportGround } from '#report/report-ground.ts'
import type { Block, Figure } from '#report/tree.ts'

/**
 * Puts what coordinators wrote into the blocks of its question. It comes last: numbers in its sentences are figures of the blocks, as
 * they are shown there, and no others.
 */
export function withWritten(blocks: readonly Block[], ground: ReportGround): readonly Block[] {
  const { written } = ground.input
  if (written.length === 0) return blocks
  const about: FindingGround = { ...ground, numbers: figuresIn(blocks) }
  const findings = written.flatMap((part) => (part.kind === 'finding' ? [{ question: part.question, finding: composedFinding(part, about) }] : []))
  const priorities = written.flatMap((part) => (part.kind === 'priority' ? [composedPriority(part, about)] : []))
  const of = (question: 1 | 2 | 3) => findings.flatMap((one) => (one.question === question ? [one.finding] : []))
  return blocks.map((block): Block => {
    switch (block.block) {
      case 'highlights':
        return priorities.length === 0 ? block : { ...block, beside: [...(block.beside ?? []), { question: 3, text: { say: 'report.highlight.priorities', with: { count: { is: 'number', number: priorities.length } } } }] }
      case 'challenges': {
        const told = new Set(block.themes.map(({ topic }) => topic))
        // Twice on a page, the words of one person would read as those of two.
        const quoted = new Set([...findings.map(({ finding }) => finding), ...priorities].flatMap(({ quotations }) => quotations.map(({ ref }) => ref)))
        return {
          ...block, findings: of(1).filter(({ topic }) => topic === null || !told.has(topic)),
          themes: block.themes.map((theme) => ({ ...theme, quotations: theme.quotations.filter(({ ref }) => !quoted.has(ref)), findings: of(1).filter(({ topic }) => topic === theme.topic) })),
        }
      }
      case 'mobilization':
        return { ...block, findings: of(2) }
      case 'consequences':
        return { ...block, findings: of(3), priorities }
      default:
        return block
    }
  })
}

/** Every figure that stands somewhere in the blocks, as it is shown there. */
export function figuresIn(value: unknown): ReadonlyMap<string, Figure> {
  return new Map(foundIn(value, isFigure).map((figure) => [figure.id, figure] as const))
}

function isFigure(value: object): value is Figure {
  return 'id' in value && 'count' in value && 'sample' in value
}
