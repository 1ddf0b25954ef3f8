import { describe, expect, it } from 'vitest'
import type { Area } from '#domain/areas.ts'
import { csvRows } from '#exchange/csv.ts'
import { fiveWTable } from '#exchange/five-w.ts'
import { parseHxlTag, tagRowIndex } from '#exchange/hxl.ts'
import { readTable } from '#exchange/table.ts'
import { locales } from '#i18n/locale.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { csvOf, exported, speechIn } from '../support/exported.ts'

const areas: readonly Area[] = [{ code: 'HT07', name: 'Sud', names: { ar: 'الجنوب' }, country: 'HTI' }, { code: 'HT0711', name: 'Les Cayes', country: 'HTI', within: 'HT07' }]
const done = anAction({
  orgName: 'Fanm Vanyan', orgType: '504', actionType: ['education', 'psychosocial'], topic: 'EDU', adm1Code: 'HT07', adm2Code: 'HT0711', status: 'completed', startOn: '2026-02-01', endOn: '2026-02-20',
  populationGroup: ['IDP', 'HST'], targeted: 400, reached: 320, reachedUnit: 'people', reachedMethod: 'register', reachedSadd: { f: { '5_17': 3, '18_59': 120 } }, partners: ['Radyo Lakay'],
})

describe('who does what where', () => {
  it('[EX100] stands in the order of the 5W, under tags of which each is there once, and our own reader finds every column', async () => {
    const text = csvOf(fiveWTable({ speech: await speechIn('en'), areas }), [exported(done, { ref: 'A-000007' }), exported(aChallenge())])
    const rows = csvRows(text)
    expect(tagRowIndex(rows)).toBe(1)
    const [, tags = []] = rows
    expect(tags.every((tag) => parseHxlTag(tag) !== null)).toBe(true)
    expect(new Set(tags).size).toBe(tags.length)
    const order = ['#org+impl+name', '#sector+code+topic', '#status+code', '#country+code', '#adm1+code', '#adm2+name', '#date+start', '#date+end', '#beneficiary+code+status', '#targeted', '#reached', '#meta+ref']
    expect(order.map((tag) => tags.indexOf(tag))).toEqual(order.map((tag) => tags.indexOf(tag)).toSorted((a, b) => a - b))
    expect(tags).toEqual(expect.arrayContaining(order))
    // A challenge is nobody's activity, so there is one row.
    const { rows: read } = readTable(text)
    expect(read).toHaveLength(1)
    const at = (tag: string) => read[0]?.tagged(tag)
    expect(['#meta+ref', '#org+impl+name', '#org+code+impl+type', '#org+impl+name+type', '#activity+code+type', '#activity+name+type', '#sector+cluster+code', '#adm1+code', '#adm1+name', '#adm2+code', '#adm2+name', '#date+start', '#date+end', '#beneficiary+code+status', '#targeted', '#reached', '#meta+code+reached+unit', '#meta+code+method+reached'].map(at)).toEqual([
      'A-000007', 'Fanm Vanyan', '504', 'Local NGO', 'education; psychosocial', expect.stringMatching(/; /), 'EDU', 'HT07', 'Sud', 'HT0711', 'Les Cayes', '2026-02-01', '2026-02-20', 'IDP; HST', '400', '320', 'people', 'register',
    ])
  })

  it('[EX101] one organisation stands under one spelling, and people from one to four are nobody’s number', async () => {
    const others = [{ orgName: ' fanm  vanyan', reached: 3, targeted: 4 }, { orgName: 'FANM VANYÁN', reached: 'unknown' as const }, { orgName: 'Radyo Lakay', reached: 0 }].map((about, index) => exported(anAction(about), { ref: `A-00000${index}` }))
    const { rows } = readTable(csvOf(fiveWTable({ speech: await speechIn('en'), areas }), [exported(done, { ref: 'A-000009' }), ...others]))
    expect(rows.map((row) => row.tagged('#org+impl+name'))).toEqual(['Fanm Vanyan', 'Fanm Vanyan', 'Fanm Vanyan', 'Radyo Lakay'])
    expect(rows.map((row) => [row.tagged('#targeted'), row.tagged('#reached')])).toEqual([['400', '320'], ['', ''], ['', ''], ['', '0']])
    expect([rows[0]?.tagged('#reached+age_5_17+f'), rows[0]?.tagged('#reached+age_18_59+f')]).toEqual(['', '120'])
  })

  it('[EX101] a sensitive action keeps its region and month, a severe one is not there', async () => {
    const content = anAction({ ...done, lat: 18.2, lon: -73.75, placeName: 'Behind the old mill' })
    const text = csvOf(fiveWTable({ speech: await speechIn('en'), areas }), [exported(content, { sensitivity: 'high' }), exported(content, { sensitivity: 'severe' })])
    const { rows } = readTable(text)
    expect(rows.map((row) => ['#adm1+code', '#adm2+code', '#adm2+name', '#loc+name', '#date+start', '#date+end'].map((tag) => row.tagged(tag)))).toEqual([['HT07', '', '', '', '2026-02', '2026-02']])
    expect(text).not.toContain('old mill')
  })

  it('[EX970] an action that is known by a rumour alone is no row of it', async () => {
    const heard = anAction({ orgName: 'Said to be there', sourceType: 'rumour' })
    const { rows } = readTable(csvOf(fiveWTable({ speech: await speechIn('en'), areas }), [exported(done), exported(heard), exported(heard, { sensitivity: 'high' })]))
    expect(rows.map((row) => row.tagged('#org+impl+name'))).toEqual(['Fanm Vanyan'])
  })

  it.each(locales)('[EX105] in %s names and labels are of the language, codes and tags as everywhere', async (locale) => {
    const [english, other] = await Promise.all([speechIn('en'), speechIn(locale)].map(async (speech) => csvRows(csvOf(fiveWTable({ speech: await speech, areas }), [exported(done)]))))
    expect(other?.[1]).toEqual(english?.[1])
    const tags = other?.[1] ?? []
    const under = (rows: typeof other, tag: string) => rows?.[2]?.[tags.indexOf(tag)]
    for (const tag of ['#org+code+impl+type', '#sector+code+topic', '#activity+code+type', '#status+code', '#reached']) expect(under(other, tag)).toBe(under(english, tag))
    expect(new Set(other?.[0]).size).toBe(other?.[0]?.length)
    if (locale === 'en') return
    for (const tag of ['#org+impl+name+type', '#sector+name+topic', '#activity+name+type', '#status+name']) expect(under(other, tag)).not.toBe(under(english, tag))
    expect(under(other, '#adm1+name')).toBe(locale === 'ar' ? 'الجنوب' : 'Sud')
  })
})
