import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { entryContentSchema } from '#domain/entry.ts'
import { geojsonCsv } from '#exchange/geojson-rows.ts'
import { guessPlan } from '#exchange/guess-plan.ts'
import { importRows, importTable } from '#exchange/import-table.ts'
import { planSchema } from '#exchange/plan.ts'
import { readDay, readNumber } from '#exchange/read-cells.ts'
import { readTable } from '#exchange/table.ts'
import { xlsxSheets } from '#exchange/xlsx-rows.ts'
import { labelOf as labelIn } from '#i18n/labels.ts'
import type { LabelList } from '#i18n/labels.ts'
import { loadDesk, loadLanguage } from '#i18n/load.ts'

const { labels } = await loadDesk(await loadLanguage('en'))
const listOf: Readonly<Record<string, LabelList>> = { status: 'actionStatus' }
const labelOf = (field: string, code: string) => labelIn(labels, listOf[field] ?? (field as LabelList), code)
const guess = (csv: string, kind: 'challenge' | 'action' = 'challenge') => guessPlan(readTable(csv), { kind, lang: 'en', labelOf })
const problems = [
  'Country,Region,Problem,Cluster,How bad,Reported on,Number of people affected',
  'Haiti,Ouest,The school has been closed since the storm.,Education and learning,4,13/02/2026,"1,200"',
  'Haiti,Sud,No water at the well for three weeks.,WSH,3,14/02/2026,about 20',
  'Atlantis,Nord,Nobody has come since the flood.,Health,2,15/02/2026,',
  'Haiti,Nord,short,Health,2,15/02/2026,',
  'Haiti,Nord,The clinic has no more medicine.,Astrology,2,31/02/2026,5',
].join('\n')

describe('tables of other people', () => {
  it('[EX22] columns are guessed by tag and by name, codes by themselves and by their words; nobody guesses how severe something is', () => {
    const plan = guess(problems)
    expect(plan.columns).toEqual({ country: 0, adm1Name: 1, description: 2, topic: 3, observedOn: 5, affectedMin: 6 })
    expect(plan.values['topic']).toMatchObject({ 'Education and learning': 'EDU', WSH: 'WSH', Health: 'HEA', Astrology: '' })
    expect(plan.constants).toEqual({ populationGroup: 'GEN', sourceType: 'secondary', lang: 'en' })
    expect(plan.dayOrder).toBe('dmy')
    expect(guess('Pays,Région,Problème,Date\nMali,Kayes,x,03/25/2026').columns).toEqual({ country: 0, adm1Name: 1, description: 2, observedOn: 3 })
    expect(guess('Pays,Région,Problème,Date\nMali,Kayes,x,03/25/2026').dayOrder).toBe('mdy')
    expect(guess('a,b,c,d\n#country+code,#adm1+name,#sector,#org+name\nMLI,Kayes,WASH,Croix-Rouge', 'action').columns).toEqual({ country: 0, adm1Name: 1, topic: 2, orgName: 3 })
    expect(v.is(planSchema, plan)).toBe(true)
  })

  it('[EX22] who works with somebody and who pays are told apart from who does it', () => {
    expect(guess('Organisation,Partners,Donor,Activity,Region\nRed Cross,A;B,ECHO,Pump,Ouest', 'action').columns).toMatchObject({ orgName: 0, partners: 1, funder: 2 })
    expect(guess('Partner,Bailleur de fonds,Problem\nRed Cross,ECHO,x', 'action').columns).toMatchObject({ orgName: 0, funder: 1 })
    expect(guess('Partners,Donor,Problem\nRed Cross,ECHO,x').columns).toEqual({ description: 2 })
  })

  it('[EX22] sectors are known by the names that clusters have, short ones too; what could be two is nobody’s guess', () => {
    const sectors = ['WASH', 'Eau, hygiène et assainissement', 'Food Security', 'Shelter/NFI', 'CCCM', 'Early Recovery', 'Santé', 'Educación', 'MHPSS', 'Astrology', 'Multi-sector']
    const plan = guess(['Country,Region,Problem,Sector', ...sectors.map((sector) => `Haiti,Ouest,The words of a problem.,"${sector}"`)].join('\n'))
    expect(sectors.map((sector) => plan.values['topic']?.[sector])).toEqual(['WSH', 'WSH', 'FSC', 'SHL', 'DIS', 'LIV', 'HEA', 'EDU', 'MHP', '', ''])
  })

  it('[EX23] by a plan every row becomes an entry or is refused with its reason and its field; what was filled in is named', () => {
    const guessed = guess(problems)
    const plan = { ...guessed, columns: { ...guessed.columns, severity: 4 }, values: { ...guessed.values, severity: { 4: '4', 3: '3', 2: '2' } } }
    const table = importTable(problems, plan)
    expect(table?.accepted.map(({ row, content }) => [row, content])).toEqual([[2, expect.objectContaining({ kind: 'challenge', topic: 'EDU', severity: 4, country: 'HTI', adm1Name: 'Ouest', observedOn: '2026-02-13', affectedMin: 1200, consentBasis: 'not_asked' })]])
    expect(table?.accepted[0]?.assumed).toEqual(['consentBasis', 'populationGroup', 'lang', 'sourceType'])
    expect(table?.refused).toEqual([
      { row: 3, reason: 'not-a-number', field: 'affectedMin' }, { row: 4, reason: 'country-unknown', field: 'country' }, { row: 5, reason: 'words-too-short', field: 'description' }, { row: 6, reason: 'not-a-day', field: 'observedOn' },
    ])
    for (const { content } of table?.accepted ?? []) expect(v.is(entryContentSchema, content)).toBe(true)
  })

  it('[EX30] what a field cannot hold is shortened with dots and named, whole characters only; a description is not; what every entry needs is missed by its name', () => {
    const long = 'x'.repeat(99)
    const csv = [
      'title,description,org,partners', `${long}😀 and more,The pump was mended by neighbours.,Red Cross,"A; B; C; D; E; F"`, `${long}y,The pump was mended by neighbours.,${'o'.repeat(121)},A;${'p'.repeat(130)}`,
      `Pump,${'w'.repeat(2001)},Red Cross,`, 'Pump,The pump was mended by neighbours.,null,', 'Pump,The pump was mended by neighbours.,half \ud83d,',
    ].join('\n')
    const plan = { kind: 'action' as const, columns: { title: 0, description: 1, orgName: 2, partners: 3 }, values: {}, dayOrder: 'dmy' as const, constants: { topic: 'WSH', country: 'HTI', adm1Name: 'Ouest', populationGroup: 'GEN', lang: 'en', sourceType: 'secondary', actionType: 'education', status: 'planned', orgType: '504', startOn: '2026-02-03' } }
    const table = importTable(csv, plan)
    expect(table?.accepted.map(({ content, shortened }) => [content.kind === 'action' && [content.title, content.orgName.length, content.partners?.map((name) => name.length)], shortened])).toEqual([
      [[`${long}…`, 9, [1, 1, 1, 1, 1]], ['title', 'partners']], [[`${long}y`, 120, [1, 120]], ['orgName', 'partners']],
    ])
    expect(table?.refused).toEqual([{ row: 4, reason: 'words-too-long', field: 'description' }, { row: 5, reason: 'field-missing', field: 'orgName' }, { row: 6, reason: 'does-not-fit', field: 'orgName' }])
  })

  it('[EX23] the same plan in another order is the same reading, another plan another one', () => {
    const plan = guess(problems)
    const turned = { ...plan, columns: Object.fromEntries(Object.entries(plan.columns).toReversed()) }
    expect(importTable(problems, turned)?.mapping).toBe(importTable(problems, plan)?.mapping)
    expect(importTable(problems, { ...plan, constants: { ...plan.constants, severity: '3' } })?.mapping).not.toBe(importTable(problems, plan)?.mapping)
  })

  it('[EX24] numbers and days are read as people write them, and what is none is no number and no day', () => {
    expect(['1 234', '1,234', '1,234,567', '1.5', '3,5', '-2', 'about 20', ''].map(readNumber)).toEqual([1234, 1234, 1_234_567, 1.5, 3.5, -2, null, null])
    expect(['2026-03-07', '2026-03', '2026/3/7 10:20', '7.3.26', '7/3/2026', '31/02/2026', '2026-13-01', 'Tuesday'].map((text) => readDay(text, 'dmy'))).toEqual(['2026-03-07', '2026-03-01', '2026-03-07', '2026-03-07', '2026-03-07', null, null, null])
    expect(readDay('3/7/2026', 'mdy')).toBe('2026-03-07')
  })

  it('[EX25] an XLSX file is read sheet by sheet, with days as days', async () => {
    const bytes = readFileSync(join(import.meta.dirname, 'fixtures', 'problems.xlsx'))
    const sheets = await xlsxSheets(Uint8Array.from(bytes).buffer)
    expect(sheets?.map(({ name, rows }) => [name, rows])).toEqual([['Problems', 3]])
    const table = readTable(sheets?.[0]?.csv ?? '')
    const guessed = guessPlan(table, { kind: 'challenge', lang: 'en', labelOf })
    expect(guessed.columns).toMatchObject({ country: 0, adm1Name: 1, description: 2, observedOn: 4 })
    const read = importRows(table, { ...guessed, constants: { ...guessed.constants, topic: 'OTH', severity: '3' } })
    expect(read?.accepted.map(({ content }) => [content.country, content.observedOn])).toEqual([['HTI', '2020-06-18'], ['HTI', '2020-06-19']])
    expect(await xlsxSheets(new TextEncoder().encode('PK\u0003\u0004 no workbook').buffer)).toBeNull()
  })

  it('[EX26] features of GeoJSON become rows: longitude first, points only, lists in one cell', () => {
    const feature = (geometry: unknown, properties: unknown) => ({ type: 'Feature', geometry, properties })
    const csv = geojsonCsv(JSON.stringify({ type: 'FeatureCollection', features: [
      feature({ type: 'Point', coordinates: [-72.3, 18.5, 40] }, { country: 'HTI', description: 'The bridge is gone, said "everybody".', tags: ['a', 'b'] }),
      feature({ type: 'LineString', coordinates: [[0, 0], [1, 1]] }, { country: 'HTI', extra: { deep: true } }), feature(null, null),
    ] }))
    const table = readTable(csv ?? '')
    expect(table.headers).toEqual(['country', 'description', 'tags', 'extra', 'latitude', 'longitude'])
    expect(table.rows[0]?.cells).toEqual(['HTI', 'The bridge is gone, said "everybody".', 'a; b', '', '18.5', '-72.3'])
    expect(table.rows[1]?.cells).toEqual(['HTI', '', '', '{"deep":true}', '', ''])
    expect([geojsonCsv('hello'), geojsonCsv('{"type":"Feature"}')]).toEqual([null, null])
  })
})
