import { mostCells } from '#exchange/table-size.ts'
import { sheetFacts, sheetsOf } from '#exchange/xlsx-hidden.ts'
import type { SheetFacts } from '#exchange/xlsx-hidden.ts'
import { coarseStyles } from '#exchange/xlsx-months.ts'

/** Parts of every platform that Terrain runs on, and as pure as the rest; the compiler knows them only where there is more. */
interface Unpacking {
  readonly getReader: () => { readonly read: () => Promise<{ readonly done: boolean; readonly value?: Uint8Array }>; readonly cancel: () => Promise<void> }
}
declare const Blob: new (parts: readonly Uint8Array[]) => { readonly stream: () => { readonly pipeThrough: (through: unknown) => Unpacking } }
declare const DecompressionStream: (new (format: 'deflate-raw') => unknown) | undefined
declare const TextDecoder: new () => { readonly decode: (bytes: Uint8Array, how?: { readonly stream: boolean }) => string }

export interface Part {
  readonly path: string
  readonly isPacked: boolean
  /** Unpacked, as the archive tells it: the reader takes no more than that either. */
  readonly size: number
  readonly bytes: Uint8Array
}

/** Stands for a size that a larger kind of archive tells in another place. */
const elsewhere = 0xffff_ffff
/** No text of a browser is longer than some 536 million characters. */
const longestText = 500_000_000

const oddPattern = /<(?:\w{1,9}:)?mergeCell\s|<!\[CDATA\[|<!--|&#(?:x[\da-f]{5,6}|\d{5,7});|\bdate1904=["']true["']/i

/** Numbers of days that are counted from 1904, as Macs did and LibreOffice still may. */
export function isFrom1904(workbook: string): boolean {
  return /<(?:\w{1,9}:)?workbookPr\s[^<>]*?\bdate1904=["'](?:1|true)["']/.test(workbook)
}

/** What has to be known of a workbook before it is read, and what its reader does not tell. */
export interface WorkbookAbout {
  readonly isTooLarge: boolean
  /** Days that stand as text and in no zone (`2026-02-03T00:00:00`), by the moment that the reader takes them for: midnight where this machine is, which elsewhere is another day. */
  readonly days: ReadonlyMap<number, string>
  /** It holds what its reader would leave out or misread: cells of several rows that were made one, letters beyond the first 65,536 by their number, words in CDATA or around a comment, days from 1904 in one spelling, months that it would take for days, more empty rows than it can take. */
  readonly isOdd: boolean
  /** Sheet by sheet, in the order of the workbook. */
  readonly sheets: readonly (SheetFacts & { readonly isHidden: boolean })[]
}

const noFacts: SheetFacts = { hiddenRows: new Set(), hiddenColumns: [], withoutResult: 0 }

/**
 * A workbook is too large where its parts are longer together than any text, or a sheet has a cell so far from the others that no page has room for all between them: the reader of XLSX fills each row up to the last
 * column that any row has, and a file of two kilobytes with one word in its last corner (XFD1048576) would take seventeen thousand million cells.
 * What is no archive, or cannot be unpacked, is left to the reader to refuse.
 */
export async function aboutWorkbook(archive: ArrayBuffer): Promise<WorkbookAbout> {
  const days = new Map<number, string>()
  const tooLarge: WorkbookAbout = { isTooLarge: true, days, isOdd: false, sheets: [] }
  let isOdd = false
  const parts = partsOf(new Uint8Array(archive))
  const months = cellsIn(await monthsOf(parts))
  const facts = new Map<string, SheetFacts>()
  let [unpacked, workbook] = [0, '']
  for (const part of parts) {
    unpacked += part.path.endsWith('.xml') && part.size !== elsewhere ? part.size : 0
    if (unpacked > longestText) return tooLarge
    const text = part.path.endsWith('.xml') ? await textOf(part).catch(() => null) : null
    const extent = extentOf(text ?? '')
    if (extent.rows * extent.columns > mostCells) return tooLarge
    isOdd ||= rowsIn(text ?? '') > extent.rows + mostEmptyRows || oddPattern.test(text ?? '') || months?.test(text ?? '') === true
    for (const [at, day] of zonelessDays(text ?? '')) days.set(at, day)
    if (part.path === 'xl/workbook.xml') workbook = text ?? ''
    else if (text !== null && /<(?:\w{1,9}:)?sheetData[\s/>]/.test(text)) facts.set(part.path, sheetFacts(text))
  }
  const relations = parts.find(({ path }) => path === 'xl/_rels/workbook.xml.rels')
  const places = sheetsOf(workbook, (relations === undefined ? null : await textOf(relations).catch(() => null)) ?? '')
  return { isTooLarge: false, days, isOdd, sheets: places.map(({ path, isHidden }) => ({ ...(facts.get(path) ?? noFacts), isHidden })) }
}

async function monthsOf(parts: readonly Part[]): Promise<readonly string[]> {
  const styles = parts.find(({ path, size }) => path.endsWith('styles.xml') && size <= longestText)
  return styles === undefined ? [] : [...coarseStyles((await textOf(styles).catch(() => null)) ?? '').keys()]
}

function cellsIn(styles: readonly string[]): RegExp | null {
  return styles.length === 0 ? null : new RegExp(String.raw`<(?:\w{1,9}:)?c\s[^<>]{0,400}?\bs=["'](?:${styles.join('|')})["']`)
}

/** Excel's strict kind of workbook and some libraries write days like this; nearly all others as numbers. */
function zonelessDays(sheet: string): readonly (readonly [number, string])[] {
  return [...sheet.matchAll(/<(?:\w{1,9}:)?c\s[^<>]{0,400}?\bt=["']d["'][^<>]*>\s*(?:<(?:\w{1,9}:)?f\b[^<>]*>(?:[^<>]*<\/(?:\w{1,9}:)?f>)?\s*)?<(?:\w{1,9}:)?v>\s*((\d{4}-\d{2}-\d{2})[T ][\d:.]{1,20})\s*</g)].map(([, moment = '', day = '']) => [new Date(moment).getTime(), day] as const)
}

/** From the first cell to the last row and column that hold anything; cells that are only coloured take no room. */
function extentOf(sheet: string): { readonly rows: number; readonly columns: number } {
  let [rows, columns] = [0, 0]
  for (const [cell, letters = '', number = ''] of sheet.matchAll(/<(?:\w{1,9}:)?c\s[^<>]{0,400}?\br=["']([A-Z]{1,9})(\d{1,9})["'][^<>]*>/g)) {
    if (cell.endsWith('/>')) continue
    rows = Math.max(rows, Number(number))
    columns = Math.max(columns, columnOf(letters))
  }
  return { rows, columns }
}

/** Below the last one that holds anything. A million of them, which somebody has coloured or hidden, keep the reader busy for minutes, until it gives up the whole file. */
const mostEmptyRows = 10_000

function rowsIn(sheet: string): number {
  let rows = 0
  for (let at = sheet.indexOf('row '); at >= 0; at = sheet.indexOf('row ', at + 4)) if (/[<:]/.test(sheet[at - 1] ?? '')) rows += 1
  return rows
}

/** From one. */
export function columnOf(letters: string): number {
  let column = 0
  for (let index = 0; index < letters.length; index += 1) column = column * 26 + letters.charCodeAt(index) - 64
  return column
}

export async function textOf({ isPacked, size, bytes }: Part): Promise<string | null> {
  if (!isPacked) return new TextDecoder().decode(bytes)
  if (typeof DecompressionStream === 'undefined') return null
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const decoder = new TextDecoder()
  let [text, read] = ['', 0]
  for (;;) {
    const { done, value } = await reader.read()
    if (done || value === undefined) return text
    read += value.length
    text += decoder.decode(value, { stream: true })
    if (read <= size) continue
    // It holds more than it tells, as much as its maker liked.
    await reader.cancel()
    return text
  }
}

const [endMark, entryMark, endLength, longestComment] = [0x0605_4b50, 0x0201_4b50, 22, 65_535]

/** What the directory at the end of a ZIP names. */
export function partsOf(bytes: Uint8Array): readonly Part[] {
  const view = new DataView(bytes.buffer)
  let end = bytes.length - endLength
  while (end >= 0 && end >= bytes.length - endLength - longestComment && view.getUint32(end, true) !== endMark) end -= 1
  if (end < 0 || view.getUint32(end, true) !== endMark) return []
  const parts: Part[] = []
  let at = view.getUint32(end + 16, true)
  while (at + 46 <= end && view.getUint32(at, true) === entryMark) {
    const [name, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)]
    const head = view.getUint32(at + 42, true)
    if (head + 30 > bytes.length) break
    const start = head + 30 + view.getUint16(head + 26, true) + view.getUint16(head + 28, true)
    parts.push({ path: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)), isPacked: view.getUint16(at + 10, true) !== 0, size: view.getUint32(at + 24, true), bytes: bytes.subarray(start, start + view.getUint32(at + 20, true)) })
    at += 46 + name + extra + comment
  }
  return parts
}
