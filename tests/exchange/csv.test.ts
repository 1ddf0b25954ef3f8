import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asWritten, csvRows, csvText } from '#exchange/csv.ts'
import { canonicalTag, parseHxlTag, tagFor, tagRowIndex } from '#exchange/hxl.ts'
import { encodingsFor, fileText, oldEncodings } from '#exchange/file-text.ts'
import { importTable } from '#exchange/import-table.ts'
import { readTable } from '#exchange/table.ts'
import type { Locale } from '#i18n/locale.ts'

describe('csv', () => {
  it.each(['=1+1', '+49', '-2', '@SUM(A1)', '\t1', '\r1', '＝1', '＋1', '－1', '＠x', '  =cmd'])('[EX1] the text %j leaves with an apostrophe before it', (text) => {
    const [[cell] = []] = csvRows(csvText([[text]]))
    expect(cell).toBe(`'${text}`)
  })

  it.each([
    ["Needs:\n=cmd|' /C calc'!A0;", "Needs:\n'=cmd|' /C calc'!A0;"], ['a;=1+1;b', "a;'=1+1;b"], ['a; "=1+1";b', "a;' \"=1+1\";b"], ['a\t＝1', "a\t'＝1"], ["a;-2+cmd|' /C calc'!A0", "a;'-2+cmd|' /C calc'!A0"], ["a;'@SUM(A1)", "a;''@SUM(A1)"], ['\t=1', "'\t'=1"], ['\r=1', "'\r'=1"],
  ])('[EX620] %j is text from each semicolon and line on as well, where a spreadsheet may end the cell', (text, expected) => {
    const [[cell = ''] = []] = csvRows(csvText([[text]]))
    expect([cell, asWritten(cell)]).toEqual([expected, text])
  })

  it.each(['Needs:\n- water\n- food for 30; + 2 tents', 'a; b = c', 'it’s here; \'so\' they say'])('[EX620] %j calls nothing and leaves as it is', (text) => {
    expect(csvRows(csvText([[text]]))).toEqual([[text]])
  })

  it('[EX1] a negative number stays a number, and quotes and line breaks survive the way there and back', () => {
    expect(csvText([[-2.5, undefined, 0]])).toBe('-2.5,,0\r\n')
    const words = 'She said: "water, first"\nthen school'
    expect(csvRows(csvText([[words, 'b']]))).toEqual([[words, 'b']])
  })

  it('[EX8] whatever people write is read back as they wrote it', () => {
    const sign = fc.constantFrom("'", '=', '+', '-', '@', '＝', '\t', ' ', '"', ',', ';', '\n', 'a', '(', '|', '؟')
    fc.assert(fc.property(fc.array(sign, { minLength: 1, maxLength: 8 }).map((signs) => signs.join('')), (text) => {
      expect(csvRows(csvText([[text, 'x']])).map((row) => row.map(asWritten))).toEqual([[text, 'x']])
    }))
  })

  it('[EX5] a first line that names the delimiter for spreadsheets is no row, and is believed', () => {
    for (const line of ['sep=;', '"sep=;"', 'SEP=;']) {
      const { headers, rows } = readTable(`\ufeff${line}\r\nRegion;Words, as they came\r\nOuest;No water\r\n`)
      expect([headers, rows.map(({ number, cells }) => [number, cells])]).toEqual([['Region', 'Words, as they came'], [[2, ['Ouest', 'No water']]]])
    }
    expect(readTable('sep=;;\nsep=x\n').headers).toEqual(['sep=', '', ''])
  })

  it('[EX5] blank rows are no rows, and those below them keep the number that a spreadsheet shows', () => {
    const table = readTable('A,B\r\n\r\n1,2\r\n , \r\n3,4\r\n\r\n')
    expect(table.rows.map((row) => [row.number, row.at('A')])).toEqual([[3, '1'], [5, '3']])
  })

  it('[EX773] rows that end with a return are rows, also where a line feed stands within a cell', () => {
    expect(csvRows('A,B\r"one\ntwo",2\r3,4')).toEqual([['A', 'B'], ['one\ntwo', '2'], ['3', '4']])
    expect(csvRows('"A\rB",C\n1,2')).toEqual([['A\rB', 'C'], ['1', '2']])
    expect(csvRows('A,B\r\n"one\rtwo",2\r\n')).toEqual([['A', 'B'], ['one\rtwo', '2']])
  })

  it.each(['A,B\n1,2\n', '\ufeffA;B\r\n1;2', 'A\tB\r1\t2\r'])('[EX5] %j is read like the tables of every other system', (text) => {
    expect(readTable(text).rows.map((row) => [row.at('A'), row.at('B')])).toEqual([['1', '2']])
  })

  const bridge = (row: string) => `Problem,Region\n${row}`
  it.each([
    ['a mark that never closes', bridge('The bridge is gone.,Ouest\n"The well is dry.,Sud\nThe school is shut.,Nord\n'), [2], [[3, 'quote-unclosed']]],
    ['a mark that never closes over others', bridge('"The well is dry.,Sud\n"The school" is shut.,Nord\nThe bridge is gone.,Ouest'), [], [[2, 'quote-unclosed']]],
    ['a mark that another row closes', bridge('"The well is dry.,Sud\n"The school, too, is shut.",Nord\nThe bridge is gone.,Ouest'), [3], [[2, 'quotes-unclear']]],
    ['marks amid the words', bridge('"The well "of all" is dry.",Sud\n"",""\nThe bridge is gone.,Ouest'), [4], [[2, 'quotes-unclear']]],
    ['a lone mark', bridge('The bridge is gone.,Ouest\n"'), [2], [[3, 'quote-unclosed']]],
    ['a header that swallows all', '"Problem,Region\nThe bridge is gone.,Ouest\n', [], [[1, 'quote-unclosed']]],
  ])('[EX5] %s costs the row that it stands in, by its number, and no row is made of what it swallowed', (_what, text, accepted, refused) => {
    const plan = { kind: 'challenge' as const, columns: { description: 0, adm1Name: 1 }, values: {}, dayOrder: 'dmy' as const, constants: { topic: 'MOB', severity: '3', country: 'HTI', populationGroup: 'GEN', lang: 'en', sourceType: 'secondary', observedOn: '2026-02-13' } }
    const table = importTable(text, plan)
    expect(table?.accepted.map(({ row }) => row)).toEqual(accepted)
    expect(table?.refused.map(({ row, reason }) => [row, reason])).toEqual(refused)
  })

  const french = 'Problème,Lieu\nL’école est fermée.,Thiès\n'
  const utf16 = (order: 'le' | 'be') => Uint8Array.from([...`\ufeff${french}`].flatMap((letter) => { const code = letter.charCodeAt(0); return order === 'le' ? [code & 0xff, code >> 8] : [code >> 8, code & 0xff] }))
  it.each([['UTF-8', Buffer.from(french)], ['UTF-8 with a mark', Buffer.from(`\ufeff${french}`)], ['UTF-16, small end first', utf16('le')], ['UTF-16, big end first', utf16('be')]])('[EX40] a file in %s says so itself, and no letter is guessed', (_name, bytes) => {
    expect(fileText(bytes, oldEncodings)).toEqual({ text: french })
  })

  it('[EX40] what is neither is read in the first older encoding that gives text, and says by an example what came of it', () => {
    const western = Buffer.from(french.replace('’', '\u0092'), 'latin1')
    expect(fileText(western, oldEncodings)).toEqual({ text: french, guessed: { encoding: 'windows-1252', sample: 'Problème' } })
    const [cyrillic, arabic, chinese] = [Uint8Array.of(0xcd, 0xe5, 0xf2, 0x20, 0xe2, 0xee, 0xe4, 0xfb), Uint8Array.of(0xe1, 0xc7, 0x20, 0xe3, 0xc7, 0xc1), Uint8Array.of(0xc3, 0xbb, 0xd3, 0xd0, 0xcb, 0xae)]
    expect([[cyrillic, 'ru'], [arabic, 'ar'], [chinese, 'zh'], [western, 'fr']].map(([bytes, locale]) => fileText(bytes as Uint8Array, encodingsFor(locale as Locale))?.text)).toEqual(['Нет воды', 'لا ماء', '没有水', french])
    expect(fileText(Uint8Array.of(0x61, 0x81, 0x8d), ['windows-1252'])).toBeNull()
    expect(fileText(Uint8Array.of(0x61, 0x81, 0x8d), oldEncodings)?.guessed?.encoding).toBe('windows-1251')
  })

  it('[EX40] no letter is lost: what an encoding cannot be, or what is no text, is not read', () => {
    expect([Uint8Array.of(0xef, 0xbb, 0xbf, 0xe9), Uint8Array.of(0xff, 0xfe, 0x00, 0xd8), Uint8Array.of(0x61, 0x00, 0x62, 0x00), Uint8Array.of(0xe9, 0x00)].map((bytes) => fileText(bytes, oldEncodings))).toEqual([null, null, null, null])
    expect(fileText(Uint8Array.of(0xe9), [])).toBeNull()
  })

  it('[EX4] the tag row is found below titles, and the header is the row above it', () => {
    const table = readTable('A title,,\n\nPlace,How many,\n#loc+name,#affected , \nKajulu,40,x\n')
    expect(table.headers).toEqual(['Place', 'How many', ''])
    expect(table.rows.map((row) => [row.at('Place'), row.tagged('#affected')])).toEqual([['Kajulu', '40']])
  })

  it('[EX4] a column is found by its tag and attributes; what only says how it is written does not hide it, what narrows it does', () => {
    expect(tagFor(['#affected+max', '#affected+ind+min'], '#affected+min')).toBe('#affected+ind+min')
    expect(tagFor(['#reached+hh', '#reached'], '#reached')).toBe('#reached')
    expect([tagFor(['#description+lang'], '#description'), tagFor(['#reached+f'], '#reached'), tagFor(['#status+trend'], '#status')]).toEqual(['', '', ''])
  })

  it('[EX4] a tag with attributes in any order and old tags are read; a heading with a number sign is not a tag row', () => {
    expect(canonicalTag(parseHxlTag(' #beneficiary +status+code') ?? { tag: '', attributes: [] })).toBe('#beneficiary+code+status')
    expect(parseHxlTag('#lat_deg')).toEqual({ tag: 'lat_deg', attributes: [] })
    expect(tagRowIndex([['#1 priority', 'x'], ['a', 'b']])).toBe(-1)
    expect(tagRowIndex([...Array.from({ length: 25 }, () => ['a']), ['#org']])).toBe(-1)
  })
})
