import type { Ref } from '#domain/ids.ts'
import type { IssueChange } from '#report/issue-changes.ts'
import type { ReportWords } from '#report/say-report.ts'
import type { ReportTree } from '#report/tree.ts'

/** What stands in a row of evidence, on the page, in the document and in the table. */
export const evidenceColumns = ['report.column.ref', 'report.column.kind', 'report.column.month', 'report.column.area', 'report.column.topic', 'report.column.severity', 'report.column.source', 'report.column.grade', 'report.column.hash'] as const

/**
 * The annex as rows of a table, with its head: what the report names, in the form in which it may be shown. `changes`: what has become of entries since it
 * was published; they are one more column, and what is not shown any more is named with nothing else.
 */
export function evidenceRows({ blocks }: ReportTree, words: ReportWords, changes: readonly IssueChange[] = []): readonly (readonly (string | number | undefined)[])[] {
  const told = new Map<Ref, string>()
  for (const { ref, text } of changes) if (ref !== null) told.set(ref, [...(told.has(ref) ? [told.get(ref)] : []), text].join(' '))
  const since = (ref: Ref) => (told.size === 0 ? [] : [told.get(ref)])
  const gone = changes.flatMap((change) => (change.gone === null ? [] : [change.gone]))
  const rows = blocks.flatMap((block) => (block.block === 'annex' ? block.rows : []))
  return [
    [...evidenceColumns, ...(told.size === 0 ? [] : ['report.column.change' as const])].map((say) => words.say({ say })),
    ...rows.map(({ ref, kind, month, area, topic, severity, source, grade, hash }) => [
      ref, words.label('kind', kind), month, words.area(area), words.topic(topic), severity ?? undefined, words.label('sourceType', source), grade ?? undefined, hash ?? undefined, ...since(ref),
    ]),
    ...gone.map((ref) => [ref, ...evidenceColumns.slice(1).map(() => undefined), ...since(ref)]),
  ]
}
