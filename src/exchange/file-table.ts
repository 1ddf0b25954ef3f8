import type { Sensitivity } from '#domain/codes/code-lists.ts'
import type { Subject } from '#domain/disclosed-entry.ts'
import type { DisclosedContent } from '#domain/disclosure.ts'
import type { TranscriptMethod, Translator } from '#domain/laid-beside.ts'
import type { Cell } from '#exchange/csv.ts'
import { listCell } from '#exchange/listed.ts'

/** An approved entry as an export takes it: what of the approved revision may leave, and what the server knows. */
export interface ExportedEntry {
  readonly ref: string
  readonly subject: Subject
  /** What of the content may leave, by `disclosure.ts`, made once for all files; null when nothing may. */
  readonly disclosed: DisclosedContent | null
  readonly sensitivity: Sensitivity
  /** A translation that a coordinator laid beside the original, or null. */
  readonly translation: string | null
  /** Who made it; a person answers for the words, a machine for none of them. Null without one. */
  readonly translator: Translator | null
  /** How a voice became the description, or null where its author wrote it. */
  readonly transcript: TranscriptMethod | null
  readonly organisation: string | null
  readonly receivedOn: string
  /** Null where it would tell what is held back. */
  readonly contentHash: string | null
}

/** A table that is written row by row, whatever its format: names, HXL tags right under them (each once), and a row an entry, or whatever else it is a table of. */
export interface FileTable<Item = ExportedEntry> {
  readonly header: readonly string[]
  readonly tags: readonly string[]
  /** Null for an entry of which nothing may leave, or that is no row of this table. */
  readonly row: (item: Item) => readonly Cell[] | null
}

/** The day on which it arrived, as coarse as the entry's own days. */
export function receivedOn({ sensitivity, receivedOn: at }: Pick<ExportedEntry, 'sensitivity' | 'receivedOn'>): string {
  return sensitivity === 'high' ? at.slice(0, 7) : at.slice(0, 10)
}

export function textCell(value: unknown): string | undefined {
  if (Array.isArray(value)) return listCell(value.map((one) => textCell(one) ?? ''))
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** A number or nothing: what is unknown or too small to be told is an empty cell, as HXL wants it. */
export function numberCell(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
