import type { EntryContent, FieldName } from '#domain/entry.ts'
import type { Result } from '#domain/result.ts'
import type { Table, TableRow } from '#exchange/table.ts'

/** Why a row did not become an entry; each has its sentence in the desk's catalogue. */
export const refusalReasons = ['country-unknown', 'place-missing', 'topic-unknown', 'not-an-entry', 'words-too-short', 'words-too-long', 'personal-data', 'does-not-fit', 'field-missing', 'held-back', 'value-unmapped', 'not-a-number', 'number-unclear', 'not-a-day', 'year-unclear', 'quote-unclosed', 'quotes-unclear', 'number-twice'] as const
export type RefusalReason = (typeof refusalReasons)[number]

export interface Refusal {
  readonly reason: RefusalReason
  readonly field?: string
}

/**
 * Why a cell, or a part of one, did not come in while its row did: a P-code of another country, more codes than the field holds, a quotation
 * whose consent no file can prove, what is no number, and one half of what is only whole with the other. Each has its words at the desk.
 */
export const leftOutReasons = ['code-of-another-country', 'too-many', 'no-consent', 'not-a-number', 'incomplete'] as const

export interface LeftOut {
  readonly field: FieldName
  readonly reason: (typeof leftOutReasons)[number]
}

export interface MappedRow {
  readonly content: EntryContent
  /** What the campaign that the row comes from calls the entry, where it says so. */
  readonly ref?: string
  /** What the tool that it was collected with calls the row, in every file of its (`foreign-id.ts`). */
  readonly foreignId?: string
  /** What it calls the row besides: what came in under one of these, or before they were read, is known by it. */
  readonly otherIds?: readonly string[]
  /** `foreignId` is the number of the row in a list of somebody's own: unlike the id of a tool it may be given anew, or to another row. */
  readonly isNumbered?: boolean
  /** What a coordinator would lay beside the original: a translation that came with it. */
  readonly corrections?: Readonly<Record<string, unknown>>
  /** Fields that the source does not state and the mapping filled by its defaults. */
  readonly assumed?: readonly FieldName[]
  readonly leftOut?: readonly LeftOut[]
  /** Fields whose cell says more than they hold. */
  readonly shortened?: readonly FieldName[]
}

/** How one kind of file becomes entries. What a source does not say is filled by defaults that its file states. */
export interface Mapping {
  readonly id: string
  /** Whether a table looks like this source. */
  readonly fits: (table: Table) => boolean
  readonly map: (row: TableRow, table: Table) => Result<MappedRow, Refusal>
}

export const isCell = (text: string): boolean => text !== '' && !/^(#n\/?a|n\/?a|null|none|-)$/i.test(text)
