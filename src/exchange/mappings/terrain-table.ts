import type { EntryContent, Kind } from '#domain/entry.ts'
import { fail, ok } from '#domain/result.ts'
import { entryColumns, listSeparator } from '#exchange/entry-columns.ts'
import type { EntryColumn } from '#exchange/entry-columns.ts'
import type { Mapping } from '#exchange/mapping.ts'
import type { TableRow } from '#exchange/table.ts'

/**
 * Any table with Terrain's own HXL tags: its exports, and files that somebody made to be imported. What an export leaves out
 * on purpose (consent, and "unknown" in number columns) comes back as "not asked" and "unknown", never as a consent.
 */
export const terrainTable: Mapping = {
  id: 'terrain',
  fits: ({ tags }) => ['#meta+type', '#sector+code+topic', '#date+occurred', '#description'].every((tag) => tags.includes(tag)),
  map: (row) => {
    const kind = row.tagged('#meta+type')
    if (kind !== 'challenge' && kind !== 'action') return fail({ reason: 'not-an-entry', field: 'kind' })
    return ok({ content: contentOf(row, kind) })
  },
}

/** Not parsed yet: the importer checks it against the schema and refuses what does not fit. */
function contentOf(row: TableRow, kind: Kind): EntryContent {
  const fields: Record<string, unknown> = { kind, consentBasis: 'not_asked' }
  for (const column of entryColumns(kind)) place(fields, column.field.split('.'), readCell(column, row.tagged(column.tag)))
  if (kind === 'action' && fields['status'] !== 'planned') fields['reached'] ??= 'unknown'
  for (const day of ['observedOn', 'startOn', 'endOn']) if (/^\d{4}-\d{2}$/.test(String(fields[day]))) fields[day] = `${String(fields[day])}-01`
  delete fields['quote']
  return fields as unknown as EntryContent
}

function readCell({ cell }: EntryColumn, text: string): unknown {
  if (text === '') return undefined
  // The apostrophe that keeps a spreadsheet from running the text is not part of it.
  const plain = text.replace(/^'(?=\s*[=+\-@＝＋－＠])/u, '')
  if (cell === 'number') return Number(plain)
  return cell === 'codes' || cell === 'texts' ? plain.split(listSeparator.trim()).map((part) => part.trim()) : plain
}

function place(fields: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path
  if (key === undefined || value === undefined) return
  if (rest.length === 0) {
    fields[key] = value
    return
  }
  const inner = (fields[key] ??= {}) as Record<string, unknown>
  place(inner, rest, value)
}
