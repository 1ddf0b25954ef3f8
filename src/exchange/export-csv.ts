import { topicTraits } from '#domain/codes/traits.ts'
import type { TopicTraits } from '#domain/codes/traits.ts'
import { disclosedContent } from '#domain/disclosure.ts'
import type { Sensitivity } from '#domain/codes/code-lists.ts'
import type { EntryContent, Kind } from '#domain/entry.ts'
import { withoutContacts } from '#domain/personal-data.ts'
import { labels } from '#i18n/labels/en.ts'
import { byteOrderMark, csvText } from '#exchange/csv.ts'
import type { Cell } from '#exchange/csv.ts'
import { entryColumns, listSeparator, valueAt } from '#exchange/entry-columns.ts'
import type { EntryColumn } from '#exchange/entry-columns.ts'

/** An approved entry as an export takes it: the content of the approved revision with its corrections, and what the server knows. */
export interface ExportedEntry {
  readonly ref: string
  readonly content: EntryContent
  readonly sensitivity: Sensitivity
  /** A translation that a coordinator laid beside the original, or null. */
  readonly translation: string | null
  readonly organisation: string | null
  readonly receivedOn: string
  readonly contentHash: string
}

const metaColumns: readonly (readonly [string, string, (entry: ExportedEntry) => Cell])[] = [
  ['Reference', '#meta+ref', (entry) => entry.ref],
  ['Kind', '#meta+type', (entry) => entry.content.kind],
  ['Organisation of the author', '#org+name+reporting', (entry) => entry.organisation ?? undefined],
  ['Received on', '#date+reported', (entry) => (entry.sensitivity === 'high' ? entry.receivedOn.slice(0, 7) : entry.receivedOn.slice(0, 10))],
  ['Sector (IASC cluster)', '#sector+cluster+code', ({ content }) => derived(content, 'sectorIasc', 'iasc')],
  ['UNESCO programme', '#sector+code+unesco', ({ content }) => derived(content, 'unescoProgramme', 'unesco')],
  ['SDG', '#sector+code+sdg', ({ content }) => derived(content, 'sdg', 'sdg')],
  ['Sensitivity', '#meta+sensitivity', (entry) => entry.sensitivity],
  ['Hash of the approved revision', '#meta+hash', (entry) => entry.contentHash],
]

/**
 * The approved entries of one kind as CSV with its HXL row right under the header. What may leave is decided by
 * `disclosure.ts`; an entry of which nothing may leave is not in the file.
 */
export function exportCsv(kind: Kind, entries: readonly ExportedEntry[]): string {
  const columns = entryColumns(kind, mostOutputsOf(entries))
  const rows = entries.flatMap((entry) => {
    const disclosed = disclosedContent(entry.content, { sensitivity: entry.sensitivity, purpose: 'export' })
    if (disclosed === null || disclosed.kind !== kind) return []
    return [[...metaColumns.map(([, , cell]) => cell(entry)), entry.translation === null ? undefined : withoutContacts(entry.translation), ...columns.map((column) => cellOf(column, valueAt(disclosed, column.field)))]]
  })
  const header = [...metaColumns.map(([name]) => name), 'Translation', ...columns.map(headerOf)]
  const tags = [...metaColumns.map(([, tag]) => tag), '#description+i_en', ...columns.map(({ tag }) => tag)]
  // The header and tag rows are ours: `#` is no formula, and tags must stay as they are.
  return `${byteOrderMark}${csvText([header, tags, ...rows])}`
}

function mostOutputsOf(entries: readonly ExportedEntry[]): number {
  return Math.max(0, ...entries.map(({ content }) => (content.kind === 'action' ? (content.output?.length ?? 0) : 0)))
}

/** What follows from the topic, unless a coordinator has set it. */
function derived(content: EntryContent, field: string, trait: 'iasc' | 'unesco' | 'sdg'): Cell {
  const traits: Partial<TopicTraits> = Object.hasOwn(topicTraits, content.topic) ? topicTraits[content.topic] : {}
  return textOf(valueAt(content, field) ?? traits[trait])
}

function headerOf({ field }: EntryColumn): string {
  const [name = field, ...path] = field.split('.')
  const label: string = (labels.field as Readonly<Record<string, string>>)[name] ?? name
  return [label, ...path].join(' / ')
}

function cellOf({ cell }: EntryColumn, value: unknown): Cell {
  if (cell === 'number') return typeof value === 'number' ? value : undefined
  return textOf(value)
}

function textOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(textOf).join(listSeparator)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
