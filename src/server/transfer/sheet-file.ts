import { sheetHead, sheetPath, sheetRow, sheetTail, workbookParts } from '#exchange/xlsx-parts.ts'
import type { FileTable } from '#exchange/file-table.ts'
import { inPieces } from '#server/transfer/in-pieces.ts'
import { zipStream } from '#server/transfer/zip-stream.ts'

interface Sheet {
  readonly name: string
  readonly isRtl: boolean
  readonly madeAt: Date
}

/** A table as XLSX with one sheet, written while the entries are read. */
export function sheetFile<Item>(table: FileTable<Item>, items: AsyncIterable<Item>, { name, isRtl, madeAt }: Sheet): AsyncGenerator<Uint8Array> {
  return zipStream([...workbookParts(name).map(({ path, text }) => ({ path, text: [text] })), { path: sheetPath, text: inPieces(sheetText(table, items, isRtl)) }], madeAt)
}

async function* sheetText<Item>({ header, tags, row }: FileTable<Item>, items: AsyncIterable<Item>, isRtl: boolean): AsyncGenerator<string> {
  yield `${sheetHead({ columns: header.length, isRtl })}${sheetRow(1, header, 'header')}${sheetRow(2, tags, 'tag')}`
  let number = 2
  for await (const item of items) {
    const cells = row(item)
    if (cells === null) continue
    number += 1
    yield sheetRow(number, cells)
  }
  yield sheetTail
}
