import { describe, expect, it } from 'vitest'
import { csvRows, csvText } from '#exchange/csv.ts'
import { canonicalTag, parseHxlTag, tagRowIndex } from '#exchange/hxl.ts'
import { readTable } from '#exchange/table.ts'

describe('csv', () => {
  it.each(['=1+1', '+49', '-2', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠x', '  =cmd'])('[EX1] the text %j leaves with an apostrophe before it', (text) => {
    const [[cell] = []] = csvRows(csvText([[text]]))
    expect(cell).toBe(`'${text}`)
  })

  it('[EX1] a negative number stays a number, and quotes and line breaks survive the way there and back', () => {
    expect(csvText([[-2.5, undefined, 0]])).toBe('-2.5,,0\r\n')
    const words = 'She said: "water, first"\nthen school'
    expect(csvRows(csvText([[words, 'b']]))).toEqual([[words, 'b']])
  })

  it('[EX4] the tag row is found below titles, and the header is the row above it', () => {
    const table = readTable('A title,,\n\nPlace,How many,\n#loc+name,#affected , \nKajulu,40,x\n')
    expect(table.headers).toEqual(['Place', 'How many', ''])
    expect(table.rows.map((row) => [row.at('Place'), row.tagged('#affected')])).toEqual([['Kajulu', '40']])
  })

  it('[EX4] a tag with attributes in any order and old tags are read; a heading with a number sign is not a tag row', () => {
    expect(canonicalTag(parseHxlTag(' #beneficiary +status+code') ?? { tag: '', attributes: [] })).toBe('#beneficiary+code+status')
    expect(parseHxlTag('#lat_deg')).toEqual({ tag: 'lat_deg', attributes: [] })
    expect(tagRowIndex([['#1 priority', 'x'], ['a', 'b']])).toBe(-1)
    expect(tagRowIndex([...Array.from({ length: 25 }, () => ['a']), ['#org']])).toBe(-1)
  })
})
