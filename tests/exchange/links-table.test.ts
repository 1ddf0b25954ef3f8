import { describe, expect, it } from 'vitest'
import { codeBook } from '#exchange/code-book.ts'
import { csvText } from '#exchange/csv.ts'
import { parseHxlTag } from '#exchange/hxl.ts'
import { linksTable } from '#exchange/links-table.ts'
import { locales } from '#i18n/locale.ts'
import { speechIn } from '../support/exported.ts'

const links = [{ from: 'A-000001', kind: 'answers', to: 'C-000002', coverage: 'mostly' }, { from: 'C-000003', kind: 'duplicateOf', to: 'C-000002', coverage: null }] as const

describe('the table of links', () => {
  it('[EX900] has a row a link, codes and their labels side by side under tags of which each is there once, and its codes stand in the code book', async () => {
    const speech = await speechIn('en')
    const { header, tags, row } = linksTable(speech)
    expect(csvText([header, ...links.map((link) => row(link as never) ?? [])]).split('\r\n')).toEqual([
      'Reference,How it is tied (code),How it is tied,The other entry,How far it answers (code),How far it answers',
      'A-000001,answers,answers,C-000002,mostly,Mostly', 'C-000003,duplicateOf,repeats,C-000002,,', '',
    ])
    expect(tags.filter((tag) => parseHxlTag(tag) === null)).toEqual([])
    expect(new Set(tags).size).toBe(header.length)
    const book = [...codeBook({ speech, areas: [] }).rows]
    expect(book.filter(([, , , , , , list]) => list === 'link').map(([, , name]) => name)).toEqual(['link', 'answers', 'updateOf', 'sameAs', 'duplicateOf'])
    expect(book.filter(([, , , , , , , tag]) => tag === '#meta+code+link' || tag === '#meta+code+coverage')).toHaveLength(2)
  })

  it.each(locales)('[EX900] in %s its names differ from each other', async (locale) => {
    const { header } = linksTable(await speechIn(locale))
    expect(new Set(header).size).toBe(6)
  })
})
