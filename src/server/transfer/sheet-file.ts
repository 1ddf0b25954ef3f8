import { sheetHead, sheetPath, sheetRow, sheetTail, workbookParts } from '#exchange/xlsx-parts.ts'
import type { ExportedEntry, FileTable } from '#exchange/file-table.ts'
import { inPieces } from '#server/transfer/in-pieces.ts'
import { zipStream } from '#server/transfer/zip-stream.ts'

interface Sheet {
  readonly name: string
  readonly isRtl: boolean
  readonly madeAt: Date
}

/** A table as XLSX with one sheet, written while the entries are read. */
export function sheetFile(table: FileTable, entries: AsyncIterable<ExportedEntry>, { name, isRtl, madeAt }: Sheet): AsyncGenerator<Uint8Array> {
  return zipStream([...workbookParts(name).map(({ path, text }) => ({ path, text: [text] })), { path: sheetPath, text: inPieces(sheetText(table, entries, isRtl)) }], madeAt)
}

async function* sheetText({ header, tags, row }: FileTable, entries: AsyncIterable<ExportedEntry>, isRtl: boolean): AsyncGenerator<string> {
  yield `${sheetHead({ columns: header.length, isRtl })}${sheetRow(1, header, 'header')}${sheetRow(2, tags, 'tag')}`
  let number = 2
  for await (const entry of entries) {
    const cells = row(entry)
    if (cells === null) continue
    number += 1
    yield sheetRow(number, cells)
  }
  yield sheetTail
}
