// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { columnLetters, sheetHead, sheetRow, sheetTail, workbookParts } from '#exchange/xlsx-parts.ts'
import type { Cell } from '#exchange/csv.ts'

const sheet = (rows: readonly (readonly Cell[])[]) => `${sheetHead({ columns: 3, isRtl: false })}${rows.map((row, index) => sheetRow(index + 1, row)).join('')}${sheetTail}`
const parsed = (xml: string) => new DOMParser().parseFromString(xml, 'application/xml')

describe('a sheet', () => {
  it('[EX102] text is text whatever it begins with, numbers are numbers, and nothing is a formula', () => {
    const document = parsed(sheet([['=1+1', 'plain', 3], ['@SUM(A1)', undefined, -4.5], [' ＋1', 'a < b & "c"', 0]]))
    expect(document.querySelector('parsererror')).toBeNull()
    const cells = [...document.getElementsByTagName('c')].map((cell) => [cell.getAttribute('r'), cell.getAttribute('t'), cell.getAttribute('s'), cell.textContent])
    expect(cells).toEqual([
      ['A1', 'inlineStr', '3', '=1+1'], ['B1', 'inlineStr', null, 'plain'], ['C1', null, null, '3'],
      ['A2', 'inlineStr', '3', '@SUM(A1)'], ['C2', null, null, '-4.5'],
      ['A3', 'inlineStr', '3', ' ＋1'], ['B3', 'inlineStr', null, 'a < b & "c"'], ['C3', null, null, '0'],
    ])
    expect(document.getElementsByTagName('f')).toHaveLength(0)
  })

  it('[EX102] what XML forbids and what looks like its stand-in are told apart, and no cell is longer than a spreadsheet takes', () => {
    const [first = '', second = '', third = ''] = [...parsed(sheet([['bell\u0007 and _x0007_', 'tab\tand\nline', 'x'.repeat(40_000)]])).getElementsByTagName('t')].map(({ textContent }) => textContent)
    expect([first, second]).toEqual(['bell_x0007_ and _x005F_x0007_', 'tab\tand\nline'])
    expect([third.length, third.at(-1)]).toEqual([32_767, '…'])
  })

  it('[EX102] names and tags stay in sight, Arabic runs from the right, and columns count as a spreadsheet counts', () => {
    expect(sheetHead({ columns: 3, isRtl: true })).toContain('rightToLeft="1"')
    expect(sheetHead({ columns: 3, isRtl: false })).not.toContain('rightToLeft')
    expect(parsed(sheet([['a']])).querySelector('pane')?.getAttribute('ySplit')).toBe('2')
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
    for (const { text } of workbookParts('Who does what/where: [a] name that is far too long')) expect(parsed(text).querySelector('parsererror')).toBeNull()
    expect(workbookParts('A/B: [c]?')[2]?.text).toContain('name="A B   c  "')
  })
})
