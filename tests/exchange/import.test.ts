import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { entryContentSchema } from '#domain/entry.ts'
import { csvRows, csvText } from '#exchange/csv.ts'
import { isAreaCodeOf } from '#exchange/area-codes.ts'
import { importTable } from '#exchange/import-table.ts'
import { languageOf } from '#exchange/message-language.ts'
import { aChallenge } from '../support/contents.ts'
import { exportCsv, exported } from '../support/exported.ts'

const read = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')

describe('importing tables', () => {
  it.each([['unhcr-3w.csv', 'unhcr-3w', 2], ['mali-4w.csv', 'mali-4w', 2], ['ebola-3w.csv', 'ebola-3w', 1], ['messages.csv', 'disaster-messages', 1], ['iati.csv', 'iati-csv', 2]])('[EX5] every row of %s is accepted or refused, and what is accepted passes the schema', (file, mapping, headRows) => {
    const text = read(file)
    const table = importTable(text)
    expect(table?.mapping).toBe(mapping)
    expect((table?.accepted.length ?? 0) + (table?.refused.length ?? 0)).toBe(csvRows(text).length - headRows)
    expect(table?.accepted.length).toBeGreaterThan(0)
    for (const { content } of table?.accepted ?? []) expect(v.is(entryContentSchema, content)).toBe(true)
  })

  it('[EX5] a refused row is named by its number in the file', () => {
    const refused = importTable(read('ebola-3w.csv'))?.refused
    expect(refused).toEqual([{ row: 7, reason: 'country-unknown', field: 'country' }, { row: 8, reason: 'place-missing', field: 'placeName' }])
  })

  it('[EX6] a P-code of another country is left out while the place stays, and "Goverment" is a government', () => {
    const accepted = importTable(read('ebola-3w.csv'))?.accepted ?? []
    expect(accepted[0]?.content).toMatchObject({ country: 'SEN', placeName: 'Port-Harcourt' })
    expect(accepted[0]?.content).not.toHaveProperty('adm2Code')
    expect(accepted[1]?.content).toMatchObject({ adm2Code: 'SEN008001' })
    expect(accepted.filter(({ content }) => content.kind === 'action' && content.orgType === '435')).toHaveLength(2)
  })

  it('[EX6] a code of another country is named as left out, whoever made the table', () => {
    const accepted = importTable(read('ebola-3w.csv'))?.accepted ?? []
    expect(accepted.map(({ leftOut }) => leftOut ?? [])).toEqual([[{ field: 'adm2Code', reason: 'code-of-another-country' }], [], [], [], []])
    const table = importTable(exportCsv('challenge', [exported(aChallenge({ adm1Code: 'HT01', adm2Code: 'NGA033022' }), { sensitivity: 'low' })]))
    expect(table?.accepted[0]).toMatchObject({ content: { adm1Code: 'HT01' }, leftOut: [{ field: 'adm2Code' }] })
    expect(table?.accepted[0]?.content).not.toHaveProperty('adm2Code')
  })

  it('[EX6] an area code is of its country by either ISO code, and of no country that begins alike', () => {
    expect([isAreaCodeOf('HT01', 'HTI'), isAreaCodeOf('HT-OU', 'HTI'), isAreaCodeOf('SEN008001', 'SEN'), isAreaCodeOf('NGA033022', 'SEN'), isAreaCodeOf('NGA033022', 'NER'), isAreaCodeOf('#N/A', 'SEN')]).toEqual([true, true, true, false, false, false])
  })

  it('[EX6] two countries in one cell are refused, latitude and longitude are not swapped', () => {
    const table = importTable(read('unhcr-3w.csv'))
    expect(table?.refused.map(({ reason }) => reason)).toEqual(['country-unknown'])
    expect(table?.accepted[0]?.content).toMatchObject({ country: 'TCD', lat: 8.25, lon: 16.42, adm1Name: 'Logone Oriental', orgName: 'CNARR', topic: 'DIS' })
  })

  it('[EX6] what the Mali file achieved is an output with its indicator, and people reached stay unknown', () => {
    expect(importTable(read('mali-4w.csv'))?.accepted[0]?.content).toMatchObject({
      country: 'MLI', startOn: '2014-06-01', reached: 'unknown', output: [{ quantity: 319, item: 'Number of teachers (men/women) receiving teaching material' }],
    })
  })

  it('[EX6] an IATI activity keeps its days, states and money; its organisation is who implements', () => {
    const table = importTable(read('iati.csv'))
    const ongoing = table?.accepted.find(({ content }) => content.kind === 'action' && content.status === 'ongoing')?.content
    expect(ongoing).toMatchObject({ country: 'SLE', topic: 'HEA', orgType: '441', reached: 'unknown' })
    expect(table?.accepted.find(({ content }) => content.kind === 'action' && content.status === 'planned')?.content).not.toHaveProperty('reached')
    expect(table?.refused).toEqual([{ row: 4, reason: 'does-not-fit', field: 'startOn' }, { row: 5, reason: 'topic-unknown', field: 'topic' }, { row: 7, reason: 'country-unknown', field: 'country' }])
  })

  it('[EX7] a message keeps its Creole, with the English beside it', () => {
    const table = importTable(read('messages.csv'))
    const creole = table?.accepted.find(({ content }) => content.lang === 'ht')
    expect(creole?.content.description).not.toBe('')
    expect(creole?.corrections).toMatchObject({ descriptionEn: { translator: 'human' } })
    expect(creole?.corrections).not.toMatchObject({ descriptionEn: { text: creole?.content.description } })
    expect(table?.refused.some(({ reason }) => reason === 'not-an-entry')).toBe(true)
  })

  it('[EX7] the language of the original is heard, not taken from the country', () => {
    const lang = (part: string) => importTable(read('messages.csv'))?.accepted.find(({ content }) => content.description?.includes(part))?.content.lang
    expect([lang('nou gen anpil pwoblem'), lang('j ai besoin d eau'), lang('DEMENUES AUX CAYES'), lang('hmre vilage kachipul')]).toEqual(['ht', 'fr', 'fr', 'ur-Latn'])
    expect(languageOf('SIL VOU PLE NOU BEZWEN ED', { usual: 'ht', also: ['fr', 'en'] })).toBe('ht')
  })

  it('[EX10] an offer is a planned action of one volunteer, who is not named; a request is a challenge', () => {
    const offer = importTable(read('messages.csv'))?.accepted.find(({ content }) => content.kind === 'action')
    expect(offer).toMatchObject({ content: { kind: 'action', status: 'planned', orgType: 'x-individual', orgName: 'A volunteer', topic: 'OTH' } })
    expect(offer?.content).not.toHaveProperty('reached')
  })

  it('[EX11] what a source does not say is filled by defaults, and each of them is named', () => {
    const [haitian] = importTable(read('messages.csv'))?.accepted ?? []
    expect(haitian?.assumed).toEqual(['severity', 'populationGroup', 'placeName', 'lang'])
    const pakistani = importTable(read('messages.csv'))?.accepted.find(({ content }) => content.country === 'PAK')
    expect(pakistani).toMatchObject({ content: { observedOn: '2010-07-29', datePrecision: 'month', sourceType: 'affected_person' }, assumed: expect.arrayContaining(['observedOn']) as unknown })
    for (const file of ['unhcr-3w.csv', 'mali-4w.csv', 'ebola-3w.csv']) for (const { content, assumed } of importTable(read(file))?.accepted ?? []) {
      expect(assumed).toContain('reached')
      for (const field of assumed ?? []) expect(content).toHaveProperty(field)
    }
  })

  it('[EX11] only a message that was judged a direct report is one of the people themselves', () => {
    const sources = importTable(read('messages.csv'))?.accepted.map(({ content }) => content.sourceType)
    expect(sources?.[0]).toBe('affected_person')
    expect(sources).toContain('secondary')
  })

  const changedIn = (file: string, row: number, cells: Readonly<Record<string, string>>) => {
    const rows = csvRows(read(file))
    return importTable(csvText(rows.map((one, index) => (index === row ? one.map((cell, at) => cells[rows[0]?.[at] ?? ''] ?? cell) : one))))?.accepted.find((accepted) => accepted.row === row + 1)
  }

  it('[EX41] a message that asks for more than there is room for names the topics and needs that stay out', () => {
    const asked = changedIn('messages.csv', 1, { request: '1', offer: '0', medical_help: '1', water: '1', food: '1', shelter: '1' })
    expect(asked?.content).toMatchObject({ topic: 'HEA', need: ['health', 'water', 'food'] })
    expect(asked?.leftOut).toEqual([{ field: 'topic', reason: 'too-many' }, { field: 'need', reason: 'too-many' }])
    const offered = changedIn('messages.csv', 1, { request: '0', offer: '1', medical_help: '1', water: '1', money: '1', shops: '1' })
    expect(offered?.content).toMatchObject({ actionType: ['service', 'distribution', 'cash'] })
    expect(offered?.leftOut).toEqual([{ field: 'topic', reason: 'too-many' }, { field: 'actionType', reason: 'too-many' }])
  })

  it('[EX41] a quotation of a table stays out and is named, since no file can prove a consent', () => {
    const table = importTable(exportCsv('challenge', [exported(aChallenge({ quote: 'We drink from the river.', quoteRole: 'a mother', consentQuote: true, consentBasis: 'verbal' }))]))
    expect(table?.accepted[0]?.content).not.toHaveProperty('quote')
    expect(table?.accepted[0]?.leftOut).toEqual([{ field: 'quote', reason: 'no-consent' }])
  })

  it('[EX41] what was achieved, a point and money that cannot be read, or of which half is missing, stay out and are named', () => {
    const told = (row: ReturnType<typeof changedIn>) => [row?.content.kind === 'action' && (row.content.output ?? row.content.lat ?? row.content.value), row?.leftOut]
    expect(told(changedIn('mali-4w.csv', 2, { Achieved: 'about 300' }))).toEqual([undefined, [{ field: 'output', reason: 'not-a-number' }]])
    expect(told(changedIn('mali-4w.csv', 2, { Achieved: '3.000' }))).toEqual([undefined, [{ field: 'output', reason: 'not-a-number' }]])
    expect(told(changedIn('mali-4w.csv', 2, { Indicator: '' }))).toEqual([undefined, [{ field: 'output', reason: 'incomplete' }]])
    expect(told(changedIn('mali-4w.csv', 2, { Achieved: 'N/A' }))).toEqual([undefined, []])
    const point = importTable('a,b,c,d,e,f\n#country,#adm1,#lat_deg,#lon_deg,#sector,#org\nChad,Lac,"13,4","14,7",Health,MSF\nChad,Lac,north,14.7,Health,MSF\nChad,Lac,13.4,,Health,MSF')
    expect(point?.accepted.map((row) => told(row))).toEqual([[13.4, []], [undefined, [{ field: 'lat', reason: 'not-a-number' }]], [undefined, [{ field: 'lat', reason: 'incomplete' }]]])
    const first = importTable(read('iati.csv'))?.accepted[0]?.row ?? 0
    expect(told(changedIn('iati.csv', first - 1, { 'total-Commitment': '!Mixed currency' }))).toEqual([undefined, [{ field: 'value', reason: 'not-a-number' }]])
    expect(told(changedIn('iati.csv', first - 1, { 'total-Commitment': '1200', 'default-currency': '' }))).toEqual([undefined, [{ field: 'value', reason: 'incomplete' }]])
  })

  it('[EX5] a table that nobody knows is not guessed at', () => {
    expect(importTable('a,b\n1,2\n')).toBeNull()
  })
})
