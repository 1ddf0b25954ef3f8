import { describe, expect, it } from 'vitest'
import type { Area } from '#domain/areas.ts'
import * as lists from '#domain/codes/code-lists.ts'
import { fieldSchemas } from '#domain/entry.ts'
import { kinds } from '#domain/kinds.ts'
import { codeBook } from '#exchange/code-book.ts'
import { csvRows, csvText } from '#exchange/csv.ts'
import { entryTable } from '#exchange/entry-table.ts'
import { tagRowIndex } from '#exchange/hxl.ts'
import { locales } from '#i18n/locale.ts'
import { speechIn } from '../support/exported.ts'

const areas: readonly Area[] = [{ code: 'HT07', name: 'Sud', country: 'HTI' }, { code: 'HT0711', name: 'Les Cayes', country: 'HTI', within: 'HT07' }]

describe.each(locales)('the code book in %s', async (locale) => {
  const speech = await speechIn(locale, { topics: [{ code: 'EDU', names: { [locale]: 'Our school theme' } }] })
  const { header, tags, rows } = codeBook({ speech, areas })
  const book = csvRows(csvText([header, tags, ...rows])).slice(2)
  const [fields, codes] = [book.filter((row) => row[6] === '' || row[5] !== ''), book.filter((row) => row[5] === '')]

  it('[EX104] names every field that is asked and every column of the tables, with its tag', () => {
    const names = new Set(fields.map((row) => row[2]?.split('.')[0]))
    expect(Object.keys(fieldSchemas).filter((field) => !names.has(field))).toEqual([])
    const told = new Set(fields.map((row) => row[7]))
    expect(kinds.flatMap((kind) => entryTable(kind, { speech, outputs: 1 }).tags).filter((tag) => !told.has(tag))).toEqual([])
    expect(fields.filter((row) => row[3] === '' || row[5] === '')).toEqual([])
    expect(new Set(fields.map((row) => row[2])).size).toBe(fields.length)
  })

  it('[EX104] names every code of every list with its label, the list of each field among them', () => {
    const listed = new Set(codes.map((row) => row[6]))
    expect(fields.map((row) => row[6] ?? '').filter((list) => list !== '' && !listed.has(list))).toEqual([])
    const told = new Set(codes.map((row) => row[2]))
    expect(Object.values(lists).flat().map(String).filter((code) => !told.has(code))).toEqual([])
    expect(codes.filter((row) => row[3] === '')).toEqual([])
    expect(codes.find((row) => row[6] === 'topic' && row[2] === 'EDU')?.slice(3, 5)).toEqual(['Our school theme', speech.labels.topic.EDU])
    expect(codes.filter((row) => row[6]?.startsWith('adm')).map((row) => row.slice(2, 5))).toEqual([['HT07', 'Sud', 'HTI'], ['HT0711', 'Les Cayes', 'HT07']])
    expect(codes.find((row) => row[6] === 'severity' && row[2] === '4')?.[4]).toBe(speech.labels.severityAnchor['4'])
    expect(codes.find((row) => row[6] === 'country' && row[2] === 'HTI')?.[3]).toBe(speech.country('HTI'))
  })

  it('[EX105] has its own names in the language, and the tags of everywhere', () => {
    expect(tagRowIndex([header, tags])).toBe(1)
    expect(new Set(tags).size).toBe(tags.length)
    expect(new Set(header).size).toBe(header.length)
  })
})
