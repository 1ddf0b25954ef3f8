import { describe, expect, it } from 'vitest'
import { csvRows } from '#exchange/csv.ts'
import { entryColumns } from '#exchange/entry-columns.ts'
import { exportCsv } from '#exchange/export-csv.ts'
import type { ExportedEntry } from '#exchange/export-csv.ts'
import { importTable } from '#exchange/import-table.ts'
import { aChallenge, anAction } from '../support/contents.ts'

const exported = (content: ExportedEntry['content'], about: Partial<ExportedEntry> = {}): ExportedEntry => ({ ref: 'C-000001', content, sensitivity: 'moderate', translation: null, organisation: 'Fanm Vanyan', receivedOn: '2026-03-01T08:00:00Z', contentHash: 'a'.repeat(64), ...about })

describe('exporting entries', () => {
  it('[EX2] the second row holds the tags, each once, and number columns hold numbers or nothing', () => {
    const content = aChallenge({ affectedMin: 40, affectedMax: 'unknown', affectedSadd: { f: { '5_17': 3, '18_59': 12 } } })
    const [header = [], tags = [], row = []] = csvRows(exportCsv('challenge', [exported(content)]))
    expect(tags.every((tag) => tag.startsWith('#'))).toBe(true)
    expect(new Set(tags).size).toBe(tags.length)
    expect(tags.length).toBe(header.length)
    const under = (tag: string) => row[tags.indexOf(tag)]
    expect([under('#affected+min'), under('#affected+max'), under('#affected+age_5_17+f'), under('#affected+age_18_59+f')]).toEqual(['40', '', '', '12'])
    for (const { tag, cell } of entryColumns('challenge')) if (cell === 'number') expect(under(tag)).toMatch(/^(-?\d+(\.\d+)?)?$/)
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

  it('[EX8] what was exported comes back the same, without a consent', () => {
    const challenge = aChallenge({ focusGroup: ['CHI', 'CAR'], need: ['school'], description: '=not a formula, but someone’s words', affectedMin: 40, affectedUnit: 'people', estimateMethod: 'counted' })
    const action = anAction({ partners: ['Radio Lakay'], volunteers: 14, reached: 120, reachedMethod: 'register' })
    const back = [importTable(exportCsv('challenge', [exported(challenge)])), importTable(exportCsv('action', [exported(action)]))]
    const { consentBasis: _, ...words } = challenge
    const { consentBasis: __, noneListed: ___, ...deeds } = action
    expect(back[0]?.accepted[0]?.content).toEqual({ ...words, consentBasis: 'not_asked' })
    expect(back[1]?.accepted[0]?.content).toEqual({ ...deeds, consentBasis: 'not_asked' })
  })
})
