// @vitest-environment jsdom
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { asWritten, csvRows, csvText } from '#exchange/csv.ts'
import { sheetHead, sheetRow, sheetTail } from '#exchange/xlsx-parts.ts'
import { injections } from '../support/injections/all.ts'

/** All of them: here they cost nothing. */
const texts = injections(500).map(({ text }) => text)
/** Blanks and apostrophes before it do not keep a spreadsheet from running it. */
const isRun = (cell: string): boolean => /^[\s']*[=+\-@＝＋－＠]|^[\t\r]/u.test(cell)

describe('five hundred hostile texts in a table', () => {
  it('[EX107] are each unlike the others, and some would be run', () => {
    expect(new Set(texts).size).toBe(500)
    expect(texts.filter(isRun).length).toBeGreaterThan(20)
  })

  it('[EX107] no cell of the CSV is run, and each comes back as it was written', () => {
    const rows = csvRows(csvText(texts.map((text) => [text, 'x'])))
    // The line ends of a file are those of the system that wrote it: within words too, one is as good as the other.
    const lines = (text: string): string => text.replaceAll('\r\n', '\n')
    expect(rows.filter(([cell = '']) => isRun(cell) && !cell.startsWith("'"))).toEqual([])
    expect(rows.map(([cell = '', next]) => [asWritten(cell), next])).toEqual(texts.map((text) => [lines(text), 'x']))
  })

  it.each([';', '\t'])('[EX620] no cell of the CSV is run by a spreadsheet that ends cells at %j and not at commas, and knows no marks amid a cell', (delimiter) => {
    const inside = texts.flatMap((text) => [`And: ${text}`, `And;${text};`, `And\n${text}`, `And\t"${text}"`, `And;"${text}";`])
    const { data } = Papa.parse<string[]>(csvText([...texts, ...inside].map((text) => ['C-000001', text, 'x'])), { delimiter, quoteChar: '\u0000' })
    expect(data.flat().length).toBeGreaterThan(inside.length)
    expect(data.flat().filter((cell) => /^["\s]*(?:[=＝]|[+\-@＋－＠].*[(|!])/u.test(cell))).toEqual([])
  })

  it('[EX107] the sheet can be read, holds no formula, and its words are those that were written', () => {
    const xml = `${sheetHead({ columns: 1, isRtl: false })}${texts.map((text, index) => sheetRow(index + 1, [text])).join('')}${sheetTail}`
    const sheet = new DOMParser().parseFromString(xml, 'application/xml')
    expect(sheet.querySelector('parsererror')).toBeNull()
    expect(new Set([...sheet.getElementsByTagName('sheetData').item(0)?.getElementsByTagName('*') ?? []].map(({ tagName }) => tagName))).toEqual(new Set(['row', 'c', 'is', 't']))
    const read = [...sheet.getElementsByTagName('t')].map(({ textContent }) => textContent.replaceAll(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))))
    expect(read).toEqual(texts)
  })
})
