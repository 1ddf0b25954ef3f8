import type { Kind } from '#domain/entry.ts'
import { withoutContacts } from '#domain/personal-data.ts'
import { labelOf } from '#i18n/labels.ts'
import type { Cell } from '#exchange/csv.ts'
import { derivedValue } from '#exchange/derived.ts'
import { entryColumns, readerOf } from '#exchange/entry-columns.ts'
import type { EntryColumn } from '#exchange/entry-columns.ts'
import type { FileSpeech } from '#exchange/file-speech.ts'
import { numberCell, receivedOn, textCell } from '#exchange/file-table.ts'
import type { ExportedEntry, FileTable } from '#exchange/file-table.ts'

interface MetaColumn {
  readonly name: string
  readonly header: (speech: FileSpeech) => string
  readonly tag: string
  readonly cell: (entry: ExportedEntry) => Cell
}

/** What stands before the author's fields: what the server knows of an entry, and what follows from its topic. */
export const metaColumns: readonly MetaColumn[] = [
  { name: 'ref', header: ({ say }) => say('exports.ref'), tag: '#meta+ref', cell: ({ ref }) => ref },
  { name: 'kind', header: ({ question }) => question('kind'), tag: '#meta+type', cell: ({ subject }) => subject.kind },
  { name: 'organisation', header: ({ say }) => say('exports.reporting'), tag: '#org+name+reporting', cell: ({ organisation }) => organisation ?? undefined },
  { name: 'receivedOn', header: ({ say }) => say('exports.received'), tag: '#date+reported', cell: receivedOn },
  { name: 'sectorIasc', header: ({ say }) => say('exports.cluster'), tag: '#sector+cluster+code', cell: ({ subject }) => textCell(derivedValue(subject, 'sectorIasc', 'iasc')) },
  { name: 'unescoProgramme', header: ({ say }) => say('exports.unesco'), tag: '#sector+code+unesco', cell: ({ subject }) => textCell(derivedValue(subject, 'unescoProgramme', 'unesco')) },
  { name: 'sdg', header: ({ say }) => say('exports.sdg'), tag: '#sector+code+sdg', cell: ({ subject }) => textCell(derivedValue(subject, 'sdg', 'sdg')) },
  { name: 'sensitivity', header: ({ question }) => question('sensitivity'), tag: '#meta+sensitivity', cell: ({ sensitivity }) => sensitivity },
  { name: 'contentHash', header: ({ say }) => say('exports.hash'), tag: '#meta+hash', cell: ({ contentHash }) => contentHash ?? undefined },
  { name: 'translation', header: ({ question }) => question('descriptionEn'), tag: '#description+i_en', cell: ({ translation }) => (translation === null ? undefined : withoutContacts(translation)) },
  { name: 'translator', header: ({ say }) => say('exports.translator'), tag: '#meta+translator', cell: ({ translator }) => translator ?? undefined },
  { name: 'descriptionMethod', header: ({ say }) => say('exports.transcript'), tag: '#meta+transcript', cell: ({ transcript }) => transcript ?? undefined },
]

/**
 * The approved entries of one kind, with room for so many outputs each. What may leave is decided by `disclosure.ts`; an entry of which
 * nothing may leave is no row.
 */
export function entryTable(kind: Kind, { outputs, speech }: { readonly outputs: number; readonly speech: FileSpeech }): FileTable {
  const columns = entryColumns(kind, outputs)
  const cells = columns.map(({ cell, field }) => ({ read: readerOf(field), show: cell === 'number' ? numberCell : textCell }))
  return {
    header: [...metaColumns.map(({ header }) => header(speech)), ...columns.map((column) => columnName(column, speech, speech.question))],
    tags: [...metaColumns.map(({ tag }) => tag), ...columns.map(({ tag }) => tag)],
    row: (entry) => {
      const { disclosed } = entry
      if (disclosed === null || disclosed.kind !== kind) return null
      return [...metaColumns.map(({ cell }) => cell(entry)), ...cells.map(({ read, show }) => show(read(disclosed)))]
    },
  }
}

const partWords = { item: 'exports.item', quantity: 'exports.quantity', unit: 'exports.unit', amount: 'exports.amount', currency: 'exports.currency' } as const

/** The name of a column: its field, and where the field has parts, which of them. `affectedSadd.f.5_17` is its question, “Female” and “5–17”. */
export function columnName({ field }: Pick<EntryColumn, 'field'>, { say, labels }: FileSpeech, nameOf: (field: string) => string): string {
  const [name = field, ...path] = field.split('.')
  const parts = path.map((part) => {
    if (Object.hasOwn(partWords, part)) return say(partWords[part as keyof typeof partWords])
    if (name === 'output') return String(Number(part) + 1)
    return labelOf(labels, Object.hasOwn(labels.sex, part) ? 'sex' : 'ageBand', part)
  })
  return [nameOf(name), ...parts].join(' / ')
}
