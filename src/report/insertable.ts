import type { ReportWords } from '#report/say-report.ts'
import type { Block, CrossTable, Figure, Ranked, ReportKey, ReportTree } from '#report/tree.ts'

/** A number of the report under the words by which somebody finds it. */
export interface InsertableNumber {
  readonly id: string
  readonly say: string
  /** Null is not shown in the report, and not in a sentence either. */
  readonly count: number | null
}

/** The numbers that may stand in a sentence: those that the report shows, named as it names them, in its order. */
export function insertableNumbers({ blocks }: ReportTree, words: ReportWords): readonly InsertableNumber[] {
  const found = new Map(blocks.flatMap((block) => numbersOf(block, words)).map((one) => [one.id, one] as const))
  return [...found.values()].filter(({ count }) => count !== 0)
}

function numbersOf(block: Block, words: ReportWords): readonly InsertableNumber[] {
  const title = (say: ReportKey) => words.say({ say })
  const named = ({ id, count }: Figure, ...parts: readonly string[]): InsertableNumber => ({ id, count, say: parts.join(' · ') })
  const ranked = (head: ReportKey, rows: readonly Ranked[]) => rows.flatMap(({ list, code, reports, authors }) => {
    const name = list === 'topic' ? words.topic(code) : words.label(list, code)
    return [named(reports, title(head), name, title('report.column.reports')), named(authors, title(head), name, title('report.column.authors'))]
  })
  const crossed = (head: ReportKey, { rows, columns, cells }: CrossTable, column: (key: string) => string) =>
    rows.flatMap((row, r) => columns.flatMap((key, c) => (cells[r]?.[c] === undefined ? [] : [named(cells[r][c], title(head), words.topic(row), column(key))])))
  switch (block.block) {
    case 'keyFigures':
      return block.tiles.flatMap(({ value, label }) => (value.is === 'figure' ? [named(value.figure, words.say(label))] : []))
    case 'map':
      return block.areas.flatMap(({ area, challenges, actions, authors }) => [
        named(challenges, words.area(area), title('report.tile.challenges')), named(actions, words.area(area), title('report.tile.actions')), named(authors, words.area(area), title('report.column.authors')),
      ])
    case 'challenges':
      return [
        ...ranked('report.head.topics', block.topics), ...ranked('report.head.needs', block.needs), ...ranked('report.head.causes', block.causes),
        ...crossed('report.head.severity', block.severity, (level) => words.label('severity', level)), ...crossed('report.head.groups', block.groups, words.group),
      ]
    case 'mobilization':
      return [
        ...ranked('report.head.actionTypes', block.types), ...ranked('report.head.organisationTypes', block.organisationTypes), ...ranked('report.head.actionTopics', block.topics), ...ranked('report.head.novelty', block.novelty),
        ...ranked('report.head.status', block.status), ...ranked('report.head.resources', block.resources), ...ranked('report.head.works', block.works), ...ranked('report.head.responseSeen', block.responseSeen),
        ...block.gaps.cells.flatMap((row, r) => row.map(({ total }, c) => named(total, words.topic(block.gaps.topics[r] ?? ''), ...(block.gaps.areas[c] === undefined ? [] : [words.area(block.gaps.areas[c])]), title('report.tile.challenges')))),
      ]
    case 'consequences':
      return ranked('report.head.consequences', block.consequences)
    case 'evolution':
      return ranked('report.head.trends', block.trends)
    case 'rumours':
      return [named(block.total, title('report.block.rumours'))]
    default:
      return []
  }
}
