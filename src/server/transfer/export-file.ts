import { areasOf } from '#domain/areas.ts'
import type { Kind } from '#domain/entry.ts'
import { codeBook } from '#exchange/code-book.ts'
import { entryTable } from '#exchange/entry-table.ts'
import { csvHead, csvRow } from '#exchange/export-csv.ts'
import { createFileSpeech } from '#exchange/file-speech.ts'
import type { FileSpeech } from '#exchange/file-speech.ts'
import type { FileTable } from '#exchange/file-table.ts'
import { fiveWTable } from '#exchange/five-w.ts'
import { linksTable } from '#exchange/links-table.ts'
import { directionOf } from '#i18n/direction.ts'
import { loadExports } from '#i18n/load-exports.ts'
import { loadDesk, loadLanguage } from '#i18n/load.ts'
import { pickLocale } from '#i18n/locale.ts'
import { exportName, exportTypes } from '#protocol/export-order.ts'
import type { ExportOrder } from '#protocol/export-order.ts'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { approvedEntries } from '#server/transfer/approved-entries.ts'
import { approvedLinks } from '#server/transfer/approved-links.ts'
import { geojsonText } from '#server/transfer/geojson-text.ts'
import { hashedJson } from '#server/transfer/hashed-json.ts'
import { inPieces } from '#server/transfer/in-pieces.ts'
import { sheetFile } from '#server/transfer/sheet-file.ts'

export interface ExportedFile {
  readonly name: string
  readonly type: string
  /** Made while it is read, a few entries at a time: a hundred thousand entries are never in memory together. */
  readonly body: AsyncIterable<string | Uint8Array>
}

type Ground = Pick<ServerContext, 'store' | 'clock'>

/** What a coordinator takes out: of the approved revisions only what `disclosure.ts` lets out, in one of the formats. */
export async function exportFile(context: Ground, campaign: StoredCampaign, order: ExportOrder): Promise<ExportedFile> {
  const { format, kind } = order
  const about = { name: exportName(order), type: exportTypes[format] }
  const source = { context, campaign, madeAt: new Date(context.clock.now()) }
  if (format === 'json') return { ...about, body: inPieces(hashedJson(source, kind)) }
  if (format === 'geojson') return { ...about, body: inPieces(geojsonText(source, kind)) }
  const speech = await speechOf(campaign, order.lang)
  if (format === 'codebook') return { ...about, body: bookText(speech, campaign) }
  if (format === 'links' || format === 'links-xlsx') return { ...about, body: linksFile(format, speech, source) }
  const table = format === '5w' || format === '5w-xlsx' ? fiveWTable({ speech, areas: areasOf(campaign) }) : entryTable(kindOf(order), { speech, outputs: kindOf(order) === 'action' ? await context.store.entries.mostOutputs(campaign.id) : 0 })
  const tableKind = format === '5w' || format === '5w-xlsx' ? 'action' : kindOf(order)
  if (format === 'csv' || format === '5w') return { ...about, body: inPieces(csvFile(table, approvedEntries(context, campaign, tableKind))) }
  const sheet = { name: speech.say(format === '5w-xlsx' ? 'exports.sheet.5w' : `exports.sheet.${tableKind}`), isRtl: directionOf(speech.locale) === 'rtl' }
  return { ...about, body: sheetFile(table, approvedEntries(context, campaign, tableKind), { ...sheet, madeAt: source.madeAt }) }
}

function linksFile(format: 'links' | 'links-xlsx', speech: FileSpeech, { context, campaign, madeAt }: ExportSource): ExportedFile['body'] {
  const [table, links] = [linksTable(speech), approvedLinks(context, campaign)]
  return format === 'links' ? inPieces(csvFile(table, links)) : sheetFile(table, links, { name: speech.say('exports.sheet.links'), isRtl: directionOf(speech.locale) === 'rtl', madeAt })
}

export interface ExportSource {
  readonly context: Ground
  readonly campaign: StoredCampaign
  readonly madeAt: Date
}

function kindOf({ kind, format }: ExportOrder): Kind {
  if (kind === undefined) throw new TypeError(`${format} needs a kind`)
  return kind
}

async function speechOf(campaign: StoredCampaign, lang: string | undefined): Promise<FileSpeech> {
  const locale = pickLocale(lang === undefined ? [] : [lang])
  const [words, desk] = await Promise.all([loadExports(locale), loadLanguage(locale).then(loadDesk)])
  return createFileSpeech({ locale, words, desk, campaign })
}

async function* csvFile<Item>(table: FileTable<Item>, items: AsyncIterable<Item>): AsyncGenerator<string> {
  yield csvHead(table)
  for await (const item of items) {
    const cells = table.row(item)
    if (cells !== null) yield csvRow(cells)
  }
}

async function* bookText(speech: FileSpeech, campaign: StoredCampaign): AsyncGenerator<string> {
  const book = codeBook({ speech, areas: areasOf(campaign) })
  yield csvHead(book)
  for (const row of book.rows) yield csvRow(row)
}
