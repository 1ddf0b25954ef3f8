import { describe, expect, it } from 'vitest'
import { aboutWorkbook } from '#exchange/xlsx-extent.ts'
import { mendedWorkbook } from '#exchange/xlsx-mended.ts'
import { sheetPath, workbookParts } from '#exchange/xlsx-parts.ts'
import { xlsxSheets } from '#exchange/xlsx-rows.ts'
import { zipped } from '../support/zipped.ts'

type Change = (path: string, xml: string) => string

async function csvOf(rows: string, change: Change = (_path, xml) => xml): Promise<string | undefined> {
  const parts = workbookParts('Odd').map(({ path, text }) => [path, change(path, text)] as const)
  const sheets = await xlsxSheets(await zipped([...parts, [sheetPath, `<worksheet><sheetData>${rows}</sheetData></worksheet>`]]))
  return typeof sheets === 'string' ? sheets : sheets?.[0]?.csv
}

const formatted = (...formats: readonly string[]): Change => (path, xml) => (path === 'xl/styles.xml' ? `<styleSheet><numFmts>${formats.map((format, index) => `<numFmt numFmtId="${170 + index}" formatCode="${format}"/>`).join('')}</numFmts><cellXfs><xf numFmtId="0"/>${formats.map((_format, index) => `<xf numFmtId="${170 + index}"/>`).join('')}<xf numFmtId="17"/><xf numFmtId="57"/></cellXfs></styleSheet>` : xml)
const column = (serials: readonly (readonly [style: number, serial: number])[]) => serials.map(([style, serial], index) => `<row r="${index + 1}"><c r="A${index + 1}" s="${style}"><v>${serial}</v></c></row>`).join('')
const lines = (csv: string | undefined) => csv?.trimEnd().split('\r\n')

describe('what a workbook shows', () => {
  it('[EX790] a date that shows no day comes in as its month, one that shows its year alone as that, and a day that stands behind it stays one', async () => {
    const months = formatted('mmm\\-yy', '[$-40C]mmmm yyyy', 'yyyy&quot;年&quot;m&quot;月&quot;;@', 'yyyy', 'dd/mm/yyyy', '#,##0 &quot;my&quot;', 'yyyy-mm-dd;yyyy-mm', 'mm:ss')
    // 46082 is 1 March 2026, 46023 the first of January.
    expect(lines(await csvOf(column([[1, 46_082], [2, 46_082], [3, 46_082], [4, 46_023], [9, 46_082], [10, 46_082]]), months))).toEqual(['2026-03', '2026-03', '2026-03', '2026', '2026-03', '2026-03'])
    expect(lines(await csvOf(column([[1, 46_098], [4, 46_082], [5, 46_082], [6, 46_082], [7, 46_082]]), months))).toEqual(['2026-03-17', '2026-03-01', '2026-03-01', '46082', '2026-03-01'])
  })

  it('[EX791] days that are counted from 1904 are those that the workbook shows, and words stand before and behind a comment', async () => {
    const from1904 = (value: string): Change => (path, xml) => formatted('yyyy-mm-dd', 'mmm yy')(path, xml.replace('<sheets>', `<workbookPr backupFile="false" date1904="${value}"/><sheets>`))
    const days = column([[1, 44_624], [2, 44_620]])
    expect(lines(await csvOf(days, from1904('true')))).toEqual(['2026-03-05', '2026-03'])
    expect(lines(await csvOf(days, from1904('1')))).toEqual(['2026-03-05', '2026-03'])
    expect(lines(await csvOf(days, from1904('false')))).toEqual(['2022-03-04', '2022-02-28'])
    expect(lines(await csvOf('<row r="1"><c r="A1" t="inlineStr"><is><t>no <!-- <row r="9"/> -->water</t></is></c></row>'))).toEqual(['no water'])
  })

  it('[EX792] what a workbook hides is told sheet by sheet, and without its hidden rows the others keep their numbers', async () => {
    const text = (at: string, words: string) => `<c r="${at}" t="inlineStr"><is><t>${words}</t></is></c>`
    const rows = [`<row r="1">${text('A1', 'Country')}${text('B1', 'Problem')}${text('C1', 'Phone')}</row>`, `<row r="2" hidden="1">${text('A2', '#country')}${text('B2', '#description')}</row>`, `<row r="3" hidden="true">${text('A3', 'Haiti')}${text('B3', 'No water')}${text('C3', '+509')}</row>`, `<row r="4">${text('A4', 'Haiti')}<c r="B4"><f>A3</f><v></v></c></row>`, `<row r="5">${text('A5', 'Haiti')}<c r="B5" t="str"><f>A9</f><v></v></c><c r="C5"><f>SUM(1;2)</f></c><c r="D5"><f>1+1</f><v>2</v></c></row>`, '<row r="6" hidden="1"><c r="A6" s="1"/></row>']
    const change: Change = (path, xml) => (path === 'xl/workbook.xml' ? xml.replace('<sheet ', '<sheet state="veryHidden" ') : xml)
    const parts = workbookParts('Lists').map(({ path, text: xml }) => [path, change(path, xml)] as const)
    const sheets = await xlsxSheets(await zipped([...parts, [sheetPath, `<worksheet><cols><col min="3" max="3" hidden="1"/><col min="6" max="9" hidden="1"/></cols><sheetData>${rows.join('')}</sheetData></worksheet>`]]))
    expect(sheets).toMatchObject([{ isHidden: true, hidden: { rows: 1, shown: 'Country,Problem,Phone,\r\n#country,#description,,\r\n,,,\r\nHaiti,,,\r\nHaiti,,,2\r\n' }, hiddenColumns: [2], withoutResult: 2 }])
    const plain = await xlsxSheets(await zipped([...workbookParts('Plain').map(({ path, text: xml }) => [path, xml] as const), [sheetPath, `<worksheet><sheetData>${rows[0] ?? ''}</sheetData></worksheet>`]]))
    expect(plain).toEqual([{ name: 'Plain', rows: 1, csv: 'Country,Problem,Phone\r\n' }])
  })

  it('[EX793] rows that hold nothing, however many somebody has coloured below the table, are left out, and those above keep their numbers', async () => {
    const word = (row: number) => `<row r="${row}"><c r="A${row}" t="inlineStr"><is><t>word ${row}</t></is></c></row>`
    const empty = Array.from({ length: 15_000 }, (_, index) => `<row r="${index + 4}" s="1" customFormat="1"/>`).join('')
    const rows = `${word(1)}<row r="2" s="1"/>${word(3)}${empty}`
    expect(lines(await csvOf(rows))).toEqual(['word 1', '', 'word 3'])
    // The reader alone gives up a million of them, and would be asked for nothing but those that hold something.
    const archive = await zipped([[sheetPath, `<worksheet><sheetData>${rows}</sheetData></worksheet>`]])
    const { isOdd } = await aboutWorkbook(archive)
    expect([isOdd, (await mendedWorkbook(archive)).byteLength < 1000]).toEqual([true, true])
  })
})
