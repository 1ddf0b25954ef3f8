import type { ReportWords } from '#report/say-report.ts'
import type { ReportTree } from '#report/tree.ts'

/** What stands in a row of evidence, on the page, in the document and in the table. */
export const evidenceColumns = ['report.column.ref', 'report.column.kind', 'report.column.month', 'report.column.area', 'report.column.topic', 'report.column.severity', 'report.column.source', 'report.column.grade', 'report.column.hash'] as const

/** The annex as rows of a table, with its head: what the report names, in the form in which it may be shown. */
export function evidenceRows({ blocks }: ReportTree, words: ReportWords): readonly (readonly (string | number | undefined)[])[] {
  const rows = blocks.flatMap((block) => (block.block === 'annex' ? block.rows : []))
  return [
    evidenceColumns.map((say) => words.say({ say })),
    ...rows.map(({ ref, kind, month, area, topic, severity, source, grade, hash }) => [
      ref, words.label('kind', kind), month, words.area(area), words.topic(topic), severity ?? undefined, words.label('sourceType', source), grade ?? undefined, hash ?? undefined,
    ]),
  ]
}
