import { columnOf, isFrom1904, partsOf, textOf } from '#exchange/xlsx-extent.ts'
import { attributeOf } from '#exchange/xlsx-markup.ts'
import { coarseDay, coarseStyles, xfsOfCells } from '#exchange/xlsx-months.ts'
import type { CoarseStyles } from '#exchange/xlsx-months.ts'

/** Part of every platform that Terrain runs on, and as pure as the rest; the compiler knows it only where there is more. */
declare const TextEncoder: new () => { readonly encode: (text: string) => Uint8Array }

/**
 * A workbook as its reader wants it: what one cell lacks (a style that is nowhere, its address, a number that is none) made the reader give up the whole file. Such a cell comes as the
 * text that stands in it, which a person sees in the preview. Words of cells that were made one stand in each of their rows, as whoever looks at the sheet reads them; a number does
 * not, since it may be counted for all of them together. A date that shows its month alone is that month: what is typed as one, the spreadsheet keeps as its first day.
 */
export async function mendedWorkbook(archive: ArrayBuffer): Promise<ArrayBuffer> {
  const parts = await Promise.all(partsOf(new Uint8Array(archive)).filter(({ path }) => /\.(xml|rels)$/.test(path)).map(async (part) => [part, plainLetters((await textOf(part)) ?? '')] as const))
  const textAt = (end: string) => parts.find(([{ path }]) => path.endsWith(end))?.[1] ?? ''
  const known: Known = { styles: textAt('styles.xml').match(xfsOfCells)?.[0].match(/<(?:\w{1,9}:)?xf[\s/>]/g)?.length ?? 0, coarse: coarseStyles(textAt('styles.xml')), isFrom1904: isFrom1904(textAt('xl/workbook.xml')) }
  return stored(parts.map(([{ path }, text]) => [path, /<(?:\w{1,9}:)?sheetData[\s>]/.test(text) ? mendedSheet(text, known) : text]))
}

/** The reader knows letters by their number up to 65,535 alone (an emoji became another sign), no CDATA, only the words behind a comment, and of the years that begin in 1904 (Macs) one of two spellings. */
function plainLetters(xml: string): string {
  return xml
    .replaceAll(/<!--.*?-->|<!\[CDATA\[(.*?)\]\]>/gs, (_all, words: string | undefined) => (words ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
    .replaceAll(/(<(?:\w{1,9}:)?workbookPr\s[^<>]*?\bdate1904=["'])true(?=["'])/g, '$11')
    .replaceAll(/&#(?:x([\da-f]{5,6})|(\d{5,7}));/gi, (all, hex: string | undefined, decimal: string | undefined) => {
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16)
      return code > 0xffff && code <= 0x10_ffff ? String.fromCodePoint(code) : all
    })
}

interface Known {
  readonly styles: number
  readonly coarse: CoarseStyles
  readonly isFrom1904: boolean
}

const rowPattern = /<((?:\w{1,9}:)?)row\b([^<>]*?)(?:\/>|>(.*?)<\/\1row>)/gs
const cellPattern = /<((?:\w{1,9}:)?)c\b([^<>]*?)(?:\/>|>(.*?)<\/\1c>)/gs

interface SheetCell {
  readonly column: number
  /** What stands in it, with its kind; '' for a cell that is only coloured. */
  readonly inner: string
  readonly attributes: string
}

interface Merged {
  readonly column: number
  readonly from: number
  readonly to: number
}

function mendedSheet(sheet: string, known: Known): string {
  const merged = [...sheet.matchAll(/<(?:\w{1,9}:)?mergeCell\s[^<>]*?ref=["']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})["']/g)]
    .map(([, letters = '', from = '', to = '']): Merged => ({ column: columnOf(letters), from: Number(from), to: Number(to) })).filter(({ from, to }) => to > from)
  const mergedFrom = new Map<number, Merged[]>()
  for (const one of merged) mergedFrom.set(one.from, [...(mergedFrom.get(one.from) ?? []), one])
  const above = new Map<number, Merged & { readonly cell: SheetCell }>()
  let last = 0
  return sheet.replace(rowPattern, (_all, prefix: string, attributes: string, inner: string | undefined) => {
    last = Number(attributeOf(attributes, 'r') ?? firstRowIn(inner ?? '') ?? last + 1)
    const cells = cellsIn(inner ?? '', known)
    for (const [column, { to, cell }] of above) {
      if (to < last) above.delete(column)
      else if (!cells.some((one) => one.column === column && one.inner !== '')) cells.push(cell)
    }
    for (const one of mergedFrom.get(last) ?? []) {
      const cell = cells.find(({ column, inner: words }) => column === one.column && words !== '')
      if (cell !== undefined && /\bt=["'](s|str|inlineStr)["']/.test(cell.attributes)) above.set(one.column, { ...one, cell })
    }
    const held = cells.filter((cell) => cell.inner !== '').toSorted((a, b) => a.column - b.column)
    // The reader fills the gaps between rows, and below the last one nobody needs any.
    if (held.length === 0) return ''
    return `<${prefix}row r="${last}">${held.map((cell) => `<${prefix}c r="${lettersOf(cell.column)}${last}"${cell.attributes}>${cell.inner}</${prefix}c>`).join('')}</${prefix}row>`
  })
}

function cellsIn(row: string, known: Known): SheetCell[] {
  let column = 0
  return [...row.matchAll(cellPattern)].map(([, , attributes = '', inner = '']) => {
    const [, letters] = /^([A-Z]{1,3})\d/.exec(attributeOf(attributes, 'r') ?? '') ?? []
    column = letters === undefined ? column + 1 : columnOf(letters)
    return { column, ...readableCell(attributes, inner, known) }
  })
}

/** What its reader cannot take for the number, the day or the answer that the cell says it is, is text. */
function readableCell(attributes: string, inner: string, { styles, coarse, isFrom1904: from1904 }: Known): Pick<SheetCell, 'inner' | 'attributes'> {
  const style = attributeOf(attributes, 's')
  const look = style !== null && Number(style) < styles ? ` s="${style}"` : ''
  const kind = attributeOf(attributes, 't') ?? 'n'
  const value = /<(?:\w{1,9}:)?v\b[^<>]*>([^<]*)</.exec(inner)?.[1]?.trim() ?? ''
  const shown = kind === 'n' && value !== '' && style !== null ? coarse.get(style) : undefined
  const month = shown === undefined ? null : coarseDay(Number(value), shown, from1904)
  if (month !== null) return { inner: `<v>${month}</v>`, attributes: ' t="str"' }
  const fits = kind === 'n' ? !Number.isNaN(Number(value)) : kind === 'b' ? /^[01]?$/.test(value) : kind === 'd' ? value === '' || !Number.isNaN(Date.parse(value)) : ['s', 'str', 'inlineStr', 'e'].includes(kind)
  return { inner, attributes: `${look} t="${fits ? kind : 'str'}"` }
}

function firstRowIn(row: string): string | undefined {
  return /<(?:\w{1,9}:)?c\s[^<>]*?\br=["'][A-Z]{1,3}(\d{1,7})["']/.exec(row)?.[1]
}

function lettersOf(column: number): string {
  return column <= 0 ? '' : `${lettersOf(Math.floor((column - 1) / 26))}${String.fromCharCode(65 + ((column - 1) % 26))}`
}

/** A ZIP whose files are not packed, for a reader that looks at no checksum. */
function stored(files: readonly (readonly [string, string])[]): ArrayBuffer {
  const encoder = new TextEncoder()
  const entries = files.map(([path, text]) => ({ name: encoder.encode(path), bytes: encoder.encode(text) }))
  const size = entries.reduce((sum, { name, bytes }) => sum + 30 + 46 + 2 * name.length + bytes.length, 22)
  const out = new Uint8Array(size)
  const view = new DataView(out.buffer)
  let at = 0
  const placed = entries.map((entry) => {
    const start = at
    view.setUint32(at, 0x0403_4b50, true)
    head(view, at + 4, entry)
    out.set(entry.name, at + 30)
    out.set(entry.bytes, at + 30 + entry.name.length)
    at += 30 + entry.name.length + entry.bytes.length
    return { ...entry, start }
  })
  const directory = at
  for (const entry of placed) {
    view.setUint32(at, 0x0201_4b50, true)
    head(view, at + 6, entry)
    view.setUint32(at + 42, entry.start, true)
    out.set(entry.name, at + 46)
    at += 46 + entry.name.length
  }
  view.setUint32(at, 0x0605_4b50, true)
  view.setUint16(at + 8, placed.length, true)
  view.setUint16(at + 10, placed.length, true)
  view.setUint32(at + 12, at - directory, true)
  view.setUint32(at + 16, directory, true)
  return out.buffer
}

/** What stands alike before a file and in the directory: names are UTF-8, and nothing is packed. */
function head(view: DataView, at: number, { name, bytes }: { readonly name: Uint8Array; readonly bytes: Uint8Array }): void {
  view.setUint16(at, 20, true)
  view.setUint16(at + 2, 0x0800, true)
  view.setUint32(at + 14, bytes.length, true)
  view.setUint32(at + 18, bytes.length, true)
  view.setUint16(at + 22, name.length, true)
}

