import { outputsOf, subjectOf } from '#domain/disclosed-entry.ts'
import { disclosedContent } from '#domain/disclosure.ts'
import type { EntryContent, Kind } from '#domain/entry.ts'
import { entryTable } from '#exchange/entry-table.ts'
import { csvHead, csvRow } from '#exchange/export-csv.ts'
import { createFileSpeech } from '#exchange/file-speech.ts'
import type { FileSpeech, SpeechSource } from '#exchange/file-speech.ts'
import type { ExportedEntry, FileTable } from '#exchange/file-table.ts'
import { loadExports } from '#i18n/load-exports.ts'
import { loadDesk, loadLanguage } from '#i18n/load.ts'
import type { Locale } from '#i18n/locale.ts'

/** An approved entry as exports take it; name only what the test is about. */
export const exported = (content: EntryContent, about: Partial<Omit<ExportedEntry, 'subject' | 'disclosed'>> = {}): ExportedEntry => ({ ref: 'C-000001', subject: subjectOf(content), disclosed: disclosedContent(content, { sensitivity: about.sensitivity ?? 'moderate', purpose: 'export' }), sensitivity: 'moderate', translation: null, translator: null, transcript: null, organisation: 'Fanm Vanyan', receivedOn: '2026-03-01T08:00:00Z', contentHash: 'a'.repeat(64), ...about })

export async function speechIn(locale: Locale, campaign: SpeechSource['campaign'] = {}): Promise<FileSpeech> {
  return createFileSpeech({ locale, words: await loadExports(locale), desk: await loadDesk(await loadLanguage(locale)), campaign })
}

export function csvOf(table: FileTable, entries: readonly ExportedEntry[]): string {
  return `${csvHead(table)}${entries.map((entry) => csvRow(table.row(entry) ?? [])).filter((row) => row !== '\r\n').join('')}`
}

const english = await speechIn('en')

/** The entries of one kind as the CSV that the server would give. */
export function exportCsv(kind: Kind, entries: readonly ExportedEntry[]): string {
  return csvOf(entryTable(kind, { speech: english, outputs: Math.max(0, ...entries.map(({ disclosed }) => (disclosed === null ? 0 : outputsOf(disclosed)))) }), entries)
}
