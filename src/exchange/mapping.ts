import type { EntryContent } from '#domain/entry.ts'
import type { Result } from '#domain/result.ts'
import type { Table, TableRow } from '#exchange/table.ts'

/** Why a row did not become an entry; each has its sentence in the desk's catalogue and on the command line. */
export type RefusalReason = 'country-unknown' | 'place-missing' | 'topic-unknown' | 'not-an-entry' | 'words-too-short' | 'personal-data' | 'does-not-fit'

export interface Refusal {
  readonly reason: RefusalReason
  readonly field?: string
}

export interface MappedRow {
  readonly content: EntryContent
  /** What a coordinator would lay beside the original: a translation that came with it. */
  readonly corrections?: Readonly<Record<string, unknown>>
}

/** How one kind of file becomes entries. What a source does not say is filled by defaults that its file states. */
export interface Mapping {
  readonly id: string
  /** Whether a table looks like this source. */
  readonly fits: (table: Table) => boolean
  readonly map: (row: TableRow) => Result<MappedRow, Refusal>
}

export const isCell = (text: string): boolean => text !== '' && !/^(#n\/?a|n\/?a|null|none|-)$/i.test(text)
