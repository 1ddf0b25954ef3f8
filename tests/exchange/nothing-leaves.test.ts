import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sensitivities } from '#domain/codes/code-lists.ts'
import type { Sensitivity } from '#domain/codes/code-lists.ts'
import { disclosedContent, isHashSafe } from '#domain/disclosure.ts'
import type { EntryContent } from '#domain/entry.ts'
import { entryTable } from '#exchange/entry-table.ts'
import { fiveWTable } from '#exchange/five-w.ts'
import type { FileTable } from '#exchange/file-table.ts'
import { entryFeature } from '#exchange/geojson-file.ts'
import { sheetRow } from '#exchange/xlsx-parts.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { csvOf, exported, speechIn } from '../support/exported.ts'

const speech = await speechIn('en')
/** Points whose third decimal can be told from the second, so that a fine one is seen wherever it stands. */
const fine = (max: number) => fc.integer({ min: -max * 100, max: max * 100 }).map((hundredths) => hundredths / 100 + 0.004321)

/** An entry with a mark in everything that may have to stay: words, place, quotation, number; and what decides whether it does. */
const anyEntry = fc.record({
  kind: fc.constantFrom('challenge', 'action'), sensitivity: fc.constantFrom(...sensitivities), lat: fine(89), lon: fine(179), count: fc.integer({ min: 0, max: 9 }),
  consentPlace: fc.constantFrom(true, false, undefined), consentQuote: fc.constantFrom(true, false, undefined), consentBasis: fc.constantFrom('verbal', 'written', 'guardian', 'not_asked', 'no_person'),
})

describe('nothing leaves that disclosure holds back', () => {
  it('[EX106] a hash stands beside what was disclosed only where nothing is held back that somebody could try out', () => {
    const plain = aChallenge({ lat: 18.51, lon: -72.3 })
    const about = (content: EntryContent, sensitivity: Sensitivity = 'moderate') => {
      const disclosed = disclosedContent(content, { sensitivity, purpose: 'export' })
      return disclosed !== null && isHashSafe(content, disclosed)
    }
    expect([plain, aChallenge({ quote: 'We wait.', consentQuote: true }), anAction({ output: [{ item: 'boxes', quantity: 3 }] })].map((content) => about(content))).toEqual([true, true, true])
    const told = [aChallenge({ lat: 18.5123, lon: -72.3 }), aChallenge({ consentPlace: false }), aChallenge({ affectedSadd: { f: { '5_17': 3 } } }), aChallenge({ description: 'Call +509 3705-1234 about it.' }), aChallenge({ ...plain, newer: 'a field of a newer app' } as never)]
    expect(told.map((content) => about(content))).toEqual([false, false, false, false, false])
    // A day that became a month is one of thirty.
    expect(about(plain, 'high')).toBe(false)
    expect(entryTable('challenge', { outputs: 0, speech }).row(exported(plain, { contentHash: null }))).not.toContain('a'.repeat(64))
  })

  it('[EX3] no table, sheet or map holds a fine point, a withheld place, a quotation without consent, or a small number of people', () => {
    fc.assert(fc.property(anyEntry, ({ kind, sensitivity, count, ...about }) => {
      const marks = { ...about, placeName: 'PLACEMARK', quote: 'QUOTEMARK', quoteRole: 'ROLEMARK', adm2Code: 'HT0199', description: 'Write to secret@example.org about it.' }
      const content = (kind === 'challenge' ? aChallenge({ ...marks, affectedSadd: { f: { '5_17': count } } } as never) : anAction({ ...marks, reached: count, targeted: count, reachedSadd: { f: { '5_17': count } } } as never)) as EntryContent
      const entry = exported(content, { sensitivity })
      const fiveW = fiveWTable({ speech, areas: [] })
      const tables = [entryTable(content.kind, { outputs: 1, speech }), fiveW]
      const feature = entryFeature(entry)
      const texts = [...tables.map((table) => csvOf(table, [entry])), ...tables.map((table) => sheetRow(3, table.row(entry) ?? [])), JSON.stringify(feature)]
      const isSensitive = sensitivity === 'high' || sensitivity === 'severe'
      const held = [
        '4321', 'secret@', about.consentBasis,
        ...(isSensitive || about.consentPlace === false ? ['PLACEMARK', 'HT0199'] : []),
        ...(isSensitive || about.consentQuote !== true || about.consentBasis === 'not_asked' ? ['QUOTEMARK', 'ROLEMARK'] : []),
        ...(sensitivity === 'severe' ? ['Write to'] : []),
      ]
      for (const text of texts) expect(held.filter((mark) => text.includes(mark))).toEqual([])
      expect(isSensitive && feature !== null).toBe(false)
      const under = (table: FileTable, tag: string) => table.row(entry)?.[table.tags.indexOf(tag)]
      const small = [...tables.flatMap((table) => [under(table, '#reached+age_5_17+f'), under(table, '#affected+age_5_17+f')]), under(fiveW, '#reached'), under(fiveW, '#targeted')]
      expect(small.filter((cell) => typeof cell === 'number' && cell > 0 && cell < 5)).toEqual([])
    }), { numRuns: 200 })
  })
})
