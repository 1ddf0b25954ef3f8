import { describe, expect, it } from 'vitest'
import { csvRows } from '#exchange/csv.ts'
import { disclosedContent } from '#domain/disclosure.ts'
import { entryColumns } from '#exchange/entry-columns.ts'
import type { EntryContent } from '#domain/entry.ts'
import { importTable } from '#exchange/import-table.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { exportCsv, exported } from '../support/exported.ts'

describe('exporting entries', () => {
  it('[EX2] the second row holds the tags, each once, and number columns hold numbers or nothing', () => {
    const content = aChallenge({ affectedMin: 40, affectedMax: 'unknown', affectedSadd: { f: { '5_17': 3, '18_59': 12 } } })
    const [header = [], tags = [], row = []] = csvRows(exportCsv('challenge', [exported(content)]))
    expect(tags.every((tag) => tag.startsWith('#'))).toBe(true)
    expect(new Set(tags).size).toBe(tags.length)
    expect(tags.length).toBe(header.length)
    const under = (tag: string) => row[tags.indexOf(tag)]
    expect([under('#affected+min'), under('#affected+max'), under('#affected+age_5_17+f'), under('#affected+age_18_59+f')]).toEqual(['40', '', '', '12'])
    for (const { tag } of entryColumns('challenge').filter(({ cell }) => cell === 'number')) expect(under(tag)).toMatch(/^(-?\d+(\.\d+)?)?$/)
  })

  it('[EX3] points are coarse, a sensitive entry has no place, a severe one is not there, and consent never is', () => {
    const content = aChallenge({ lat: 18.512345, lon: -72.298765, quote: 'We wait.', consentQuote: true })
    const [, tags = [], near = [], sensitive = [], ...rest] = csvRows(exportCsv('challenge', [exported(content), exported(content, { sensitivity: 'high' }), exported(content, { sensitivity: 'severe', ref: 'C-000009' })]))
    const under = (row: readonly string[], tag: string) => row[tags.indexOf(tag)]
    expect([under(near, '#geo+lat'), under(near, '#geo+lon'), under(near, '#description+quote')]).toEqual(['18.51', '-72.3', 'We wait.'])
    expect([under(sensitive, '#geo+lat'), under(sensitive, '#loc+name'), under(sensitive, '#description+quote'), under(sensitive, '#date+occurred')]).toEqual(['', '', '', '2026-02'])
    expect(rest).toEqual([])
    expect(tags.some((tag) => tag.includes('consent'))).toBe(false)
  })

  it('[EX2] sector, programme and goals follow from the topic, unless a coordinator has set them', () => {
    const [, tags = [], plain = [], corrected = []] = csvRows(exportCsv('challenge', [exported(aChallenge({ topic: 'LIV' })), exported({ ...aChallenge({ topic: 'LIV' }), sectorIasc: 'FSC', sdg: [2] } as EntryContent)]))
    const sectors = (row: readonly string[]) => ['#sector+cluster+code', '#sector+code+unesco', '#sector+code+sdg'].map((tag) => row[tags.indexOf(tag)])
    expect([sectors(plain), sectors(corrected)]).toEqual([['ERY', 'SHS', '1; 8'], ['FSC', 'SHS', '2']])
  })

  it('[EX3] no e-mail address and no phone number is in the file, in the words or in their translation', () => {
    const text = exportCsv('action', [exported(anAction({ description: 'Call +509 3705-1234 or write to marie.b@example.org.', lesson: 'Ask 3705 1234 first', partners: ['Radio, radio@example.org'] }), { translation: 'Write to marie.b@example.org' })])
    expect(text).not.toMatch(/@|3705/)
    expect(text).toContain('Call […] or write to […].')
  })

  it('[EX8] what was exported comes back the same, without a consent', () => {
    const challenge = aChallenge({ focusGroup: ['CHI', 'CAR'], need: ['school'], description: '=not a formula, but someone’s words', affectedMin: 40, affectedUnit: 'people', estimateMethod: 'counted' })
    const action = anAction({ partners: ['Radio Lakay'], volunteers: 14, output: [{ item: 'food boxes', quantity: 3300 }, { item: 'masks', quantity: 12.5, unit: 'kg' }], reached: 120, reachedMethod: 'register' })
    const back = [importTable(exportCsv('challenge', [exported(challenge)])), importTable(exportCsv('action', [exported(action)]))]
    const { consentBasis: _, ...words } = challenge
    const { consentBasis: __, ...deeds } = action
    expect(back[0]?.accepted[0]?.content).toEqual({ ...words, consentBasis: 'not_asked' })
    expect(back[1]?.accepted[0]?.content).toEqual({ ...deeds, consentBasis: 'not_asked' })
  })

  it('[EX501] what coordinators laid beside the words comes back beside them: a translation and who made it, how a voice was written down, and that the entry is sensitive', () => {
    const rows = [
      exported(aChallenge({ description: 'Pa gen dlo nan kan an.', lang: 'ht' }), { translation: '=There is no water in the camp.', translator: 'machine', transcript: 'summary' }),
      { ...exported(aChallenge(), { sensitivity: 'high' }), disclosed: disclosedContent(aChallenge({ focusGroup: ['DET'] }), { sensitivity: 'high', purpose: 'export', isReadTwice: true }) }, exported(aChallenge()),
    ]
    const back = importTable(exportCsv('challenge', rows))?.accepted.map(({ content, corrections }) => [content.description, corrections])
    const words = aChallenge().description
    expect(back).toEqual([['Pa gen dlo nan kan an.', { descriptionEn: { text: '=There is no water in the camp.', translator: 'machine' }, descriptionMethod: 'summary' }], [words, { sensitivity: 'high' }], [words, undefined]])
  })

  it('[EX502] a name with a semicolon in it comes back as one name', () => {
    const partners = ['Radio Lakay; Jacmel', 'Fanm Vanyan', 'A;B']
    const text = exportCsv('action', [exported(anAction({ partners }))])
    expect(text).toContain(String.raw`Radio Lakay\; Jacmel; Fanm Vanyan; A\;B`)
    expect(importTable(text)?.accepted[0]?.content).toMatchObject({ partners })
  })

  it('[EX111] a row whose words an export held back is refused for that, and not for a cell that somebody could mend', () => {
    const [challenges, actions] = [importTable(exportCsv('challenge', [exported(aChallenge(), { sensitivity: 'high' }), exported(aChallenge())])), importTable(exportCsv('action', [exported(anAction(), { sensitivity: 'high' })]))]
    expect(challenges?.refused).toEqual([{ row: 3, reason: 'held-back', field: 'description' }])
    expect(challenges?.accepted).toHaveLength(1)
    expect(actions?.refused).toEqual([{ row: 3, reason: 'held-back', field: 'description' }])
  })

  it('[EX8] a table with the tags of the field list comes in too, and its tags say households', () => {
    const text = 'kind,topic,date,what,lang,how,country,place,who,how serious,at least\n#meta+type,#sector+topic+code,#date+occurred,#description,#description+lang,#meta+source+type,#country+code,#loc+name,#beneficiary+status+code,#severity+code,#affected+min+hh\nchallenge,WSH,2026-03-01,The well of the camp is dry.,en,direct_observation,HTI,Kajulu,IDP;REF,4,40\n'
    expect(importTable(text)?.accepted[0]?.content).toEqual({
      kind: 'challenge', topic: 'WSH', observedOn: '2026-03-01', description: 'The well of the camp is dry.', lang: 'en', sourceType: 'direct_observation', country: 'HTI', placeName: 'Kajulu',
      populationGroup: ['IDP', 'REF'], severity: 4, affectedMin: 40, affectedUnit: 'households', consentBasis: 'not_asked',
    })
  })
})
