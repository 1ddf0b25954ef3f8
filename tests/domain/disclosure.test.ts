import { describe, expect, it } from 'vitest'
import { coarseCell, coarsePoint, countedGroups, digestSource, disclosedContent, photoMayStayPublished, reportedContent, reportSource, sensitivityOf } from '#domain/disclosure.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { sensitivities } from '#domain/codes/code-lists.ts'
import type { ActionContent, ChallengeContent } from '#domain/entry.ts'
import { aChallenge, anAction } from '../support/contents.ts'

const sensitive = (content: Partial<ChallengeContent>, corrections: Record<string, unknown> = {}) =>
  sensitivityOf({ content: aChallenge(content), corrections: Object.fromEntries(Object.entries(corrections).map(([field, value]) => [field, { value } as never])) })
const photo = { sha256: 'a'.repeat(64) as never, bytes: 3, type: 'image/jpeg' as const, width: 1, height: 1, thumb: { sha256: 'b'.repeat(64) as never, bytes: 2 } }
const full = aChallenge({
  lat: 18.576931, lon: -72.226541, geoPrecisionM: 12, adm2Code: 'HT0111', quote: 'We are tired.', quoteRole: 'mother', consentQuote: true, consentPhoto: true, photos: [photo],
  audio: { sha256: 'c'.repeat(64) as never, bytes: 9, type: 'audio/webm', seconds: 3 }, focusGroup: ['WOM', 'LGB', 'DET'], affectedMin: 3, affectedSadd: { f: { '5_17': 4, '18_59': 40 }, m: { '5_17': 0 } }, affectedDisability: 2,
})

describe('how sensitive an entry is', () => {
  it('[DO17] it is the highest of the project, the topic and the groups', () => {
    expect(sensitive({})).toBe('moderate')
    expect(sensitive({ topic: 'PRO' })).toBe('high')
    expect(sensitive({ focusGroup: ['WOM', 'DET'] })).toBe('high')
    expect(sensitive({ topic: 'PRO', focusGroup: ['LGB'] })).toBe('severe')
    expect(sensitivityOf({ content: anAction(), corrections: {} }, 'low')).toBe('low')
    expect(sensitivityOf({ content: anAction(), corrections: {} }, 'severe')).toBe('severe')
  })

  it('[DO17] a coordinator raises it, and lowers it only down to what topic and groups demand', () => {
    expect(sensitive({}, { sensitivity: 'severe' })).toBe('severe')
    expect(sensitive({}, { sensitivity: 'low' })).toBe('low')
    expect(sensitive({ topic: 'PRO' }, { sensitivity: 'low' })).toBe('high')
    expect(sensitive({ topic: 'PRO' }, { topic: 'EDU' })).toBe('high')
    expect(sensitive({}, { topic: 'PRO' })).toBe('high')
    expect(sensitive({}, { sectorIasc: 'PRO-GBV' })).toBe('high')
    expect(sensitive({}, { sensitivity: 'none' })).toBe('moderate')
  })
})

describe('what may leave the server', () => {
  it.each(['low', 'moderate'] as const)('[DO18] at %s the point is coarse and the place has its name', (sensitivity) => {
    expect(disclosedContent(full, { sensitivity, purpose: 'public' })).toMatchObject({ lat: 18.58, lon: -72.23, placeName: 'Croix-des-Bouquets', observedOn: '2026-02-26', adm2Code: 'HT0111', quote: 'We are tired.' })
  })

  it('[DO18] a coarse point is told as coarse, however exactly the phone had it', () => {
    const told = (geoPrecisionM: number) => disclosedContent(aChallenge({ lat: 18.5432, lon: -72.3398, geoPrecisionM }), { sensitivity: 'low', purpose: 'export' })?.['geoPrecisionM']
    expect([told(6), told(1000), told(25_000)]).toEqual([1000, 1000, 25_000])
  })

  it('[DO18] at high only the region and the month are left of place and day', () => {
    const disclosed = disclosedContent(full, { sensitivity: 'high', purpose: 'export' })
    expect(disclosed).toMatchObject({ adm1Name: 'Ouest', observedOn: '2026-02', datePrecision: 'month' })
    for (const field of ['lat', 'lon', 'geoPrecisionM', 'placeName', 'adm2Code', 'quote', 'quoteRole', 'photos']) expect(disclosed).not.toHaveProperty(field)
    expect(disclosedContent(anAction({ startOn: '2026-02-17', endOn: '2026-02-20' }), { sensitivity: 'high', purpose: 'public' })).toMatchObject({ startOn: '2026-02', endOn: '2026-02' })
  })

  it('[DO47] words of what is highly sensitive leave only once two people have judged them; codes and numbers do', () => {
    const action = anAction({ title: 'Shelter', description: 'At the blue house behind the mosque.', result: 'Three families hide there.', output: [{ item: 'kits', quantity: 30 }] })
    const words = (isReadTwice: boolean) => Object.keys(disclosedContent(action, { sensitivity: 'high', purpose: 'export', isReadTwice }) ?? {}).filter((field) => ['title', 'description', 'result', 'output', 'topic'].includes(field)).toSorted()
    expect([words(false), words(true)]).toEqual([['output', 'topic'], ['description', 'output', 'result', 'title', 'topic']])
    expect(disclosedContent(action, { sensitivity: 'moderate', purpose: 'export' })).toHaveProperty('description')
  })

  it('[DO18] severe stays on the server, and a digest never tells of high', () => {
    for (const purpose of ['digest', 'export', 'public'] as const) expect(disclosedContent(full, { sensitivity: 'severe', purpose })).toBeNull()
    expect(disclosedContent(full, { sensitivity: 'high', purpose: 'digest' })).toBeNull()
  })

  it('[DO19] a voice, a consent and a group in danger are never disclosed, at any sensitivity', () => {
    for (const sensitivity of sensitivities) {
      const text = JSON.stringify(disclosedContent(full, { sensitivity, purpose: 'public' }))
      for (const word of ['audio', 'consent', 'LGB', 'DET', 'c'.repeat(64)]) expect(text).not.toContain(word)
    }
    expect(disclosedContent(aChallenge({ focusGroup: ['LGB'] }), { sensitivity: 'moderate', purpose: 'public' })).not.toHaveProperty('focusGroup')
  })

  it('[DO19] a quote and a photo leave only with the consent of the person', () => {
    const refused = { ...full, consentQuote: false, consentPhoto: false }
    const unasked = { ...full, consentBasis: 'not_asked' as const }
    for (const content of [refused, unasked]) for (const field of ['quote', 'quoteRole', 'photos']) expect(disclosedContent(content, { sensitivity: 'low', purpose: 'export' })).not.toHaveProperty(field)
    expect(disclosedContent(full, { sensitivity: 'low', purpose: 'export' })).toMatchObject({ photos: [photo] })
  })

  it('[DO902] a photo of an entry about children leaves, and stays published, only by the yes of a parent or guardian, or where nobody can be recognised', () => {
    const leaves = (about: Partial<ChallengeContent>) => disclosedContent({ ...full, focusGroup: ['WOM'], ...about }, { sensitivity: 'low', purpose: 'public' })?.['photos'] !== undefined
    const stays = (about: Partial<ChallengeContent>) => photoMayStayPublished({ content: { ...full, ...about }, corrections: {}, approved: null, review: 'approved', trail: [] } as unknown as EntryState, { photo: photo.sha256, campaignDefault: 'low' })
    for (const focusGroup of [['CHI'], ['WOM', 'INF']] as const) {
      for (const consentBasis of ['verbal', 'written'] as const) expect([leaves({ focusGroup: [...focusGroup], consentBasis }), stays({ focusGroup: [...focusGroup], consentBasis })]).toEqual([false, false])
      for (const consentBasis of ['guardian', 'no_person'] as const) expect([leaves({ focusGroup: [...focusGroup], consentBasis }), stays({ focusGroup: [...focusGroup], consentBasis })]).toEqual([true, true])
    }
    expect([leaves({ focusGroup: ['OLD'], consentBasis: 'verbal' }), stays({ focusGroup: ['OLD'], consentBasis: 'verbal' })]).toEqual([true, true])
    // What somebody said about children is theirs to agree to.
    expect(disclosedContent({ ...full, focusGroup: ['CHI'], consentBasis: 'verbal' }, { sensitivity: 'low', purpose: 'public' })).toHaveProperty('quote')
  })

  it('[DO24] an address or a number in the words is blotted out, in lists as well, and codes are left alone', () => {
    const content = { ...full, description: 'Write to marie.b@example.org, call +509 3705-1234 or @awa_2020 now.', adm2Code: 'HT0111234567' }
    const disclosed = disclosedContent(content, { sensitivity: 'low', purpose: 'export' })
    expect(disclosed).toMatchObject({ description: 'Write to […], call […] or […] now.', adm2Code: 'HT0111234567' })
    expect(content.description).toContain('marie.b@example.org')
    const digits = { ...photo, sha256: '0123456789'.repeat(6).concat('abcd') as never, caption: 'Ask 3705 1234' }
    expect(disclosedContent({ ...full, photos: [digits] }, { sensitivity: 'low', purpose: 'export' })).toMatchObject({ photos: [{ sha256: digits.sha256, caption: 'Ask […]' }] })
    expect(disclosedContent(anAction({ partners: ['Radio, 3705 1234'], output: [{ item: 'kits, ask kits@example.org', quantity: 3 }] }), { sensitivity: 'low', purpose: 'public' })).toMatchObject({ partners: ['Radio, […]'], output: [{ item: 'kits, ask […]', quantity: 3 }] })
  })

  it.each(['digest', 'export', 'public'] as const)('[DO950] in a %s nothing leaves that this version does not know, within photos, counts, things given and sums neither', (purpose) => {
    const secret = { of: 'a newer app' }
    const shown = disclosedContent({ ...full, photos: [{ ...photo, takenAt: secret, thumb: { ...photo.thumb, secret } }], affectedSadd: { f: { '18_59': 40, secret }, secret } as never }, { sensitivity: 'low', purpose })
    expect([JSON.stringify(shown).includes('newer'), shown]).toEqual([false, expect.objectContaining({ photos: [photo], affectedSadd: { f: { '18_59': 40 } } })])
    const action = anAction({ value: { amount: 5, currency: 'HTG', secret } as never, output: [{ item: 'Soap', quantity: 5, secret } as never], partners: ['A', 'B'] })
    expect(disclosedContent(action, { sensitivity: 'low', purpose })).toMatchObject({ value: { amount: 5, currency: 'HTG' }, output: [{ item: 'Soap', quantity: 5 }], partners: ['A', 'B'] })
    expect(JSON.stringify(disclosedContent(action, { sensitivity: 'low', purpose }))).not.toContain('newer')
  })

  it('[DO20] a field that this version does not know stays', () => {
    expect(disclosedContent({ ...full, laterField: 'who knows' } as never, { sensitivity: 'low', purpose: 'export' })).not.toHaveProperty('laterField')
  })

  it('[DO21] fewer than five people are not counted out, none are', () => {
    expect(disclosedContent(full, { sensitivity: 'low', purpose: 'public' })).toMatchObject({ affectedSadd: { f: { '5_17': '<5', '18_59': 40 }, m: { '5_17': 0 } }, affectedDisability: '<5' })
    expect([coarseCell(0), coarseCell(1), coarseCell(4), coarseCell(5), coarseCell('unknown')]).toEqual([0, '<5', '<5', 5, 'unknown'])
    expect(coarsePoint(-0.004, 179.996)).toEqual({ lat: -0, lon: 180 })
  })

  it('[DO127] a count of one to four does not follow from the total and the other counts', () => {
    const reached = (total: number | 'unknown', reachedSadd: ActionContent['reachedSadd']) =>
      disclosedContent(anAction({ reached: total, reachedSadd }), { sensitivity: 'low', purpose: 'export' })?.['reachedSadd']
    // 164 people, 162 of them women: the others are two men.
    expect(reached(164, { f: { '18_59': 162 }, m: { '18_59': 2 } })).toEqual({ m: { '18_59': '<5' } })
    expect(reached(64, { f: { '5_17': 20, '18_59': 30 }, m: { '5_17': 3, '18_59': 11 } })).toEqual({ f: { '5_17': 20, '18_59': 30 }, m: { '5_17': '<5' } })
    // Eight that are four and four: nothing else is there to stand for another number.
    expect(reached(8, { f: { '18_59': 4 }, m: { '18_59': 4 } })).toBeUndefined()
    // Where others were reached whom nobody counted, any number may be theirs, as where no total is told.
    expect(reached(200, { f: { '18_59': 162 }, m: { '18_59': 2 } })).toEqual({ f: { '18_59': 162 }, m: { '18_59': '<5' } })
    expect(reached('unknown', { f: { '18_59': 162 }, m: { '18_59': 2 } })).toEqual({ f: { '18_59': 162 }, m: { '18_59': '<5' } })
    expect(reached(170, { f: { '18_59': 162 }, m: { '18_59': 8 } })).toEqual({ f: { '18_59': 162 }, m: { '18_59': 8 } })
    const affected = disclosedContent(aChallenge({ affectedMin: 42, affectedMax: 60, affectedSadd: { f: { '5_17': 40, '60_up': 0 }, u: { '0_4': 2 } } }), { sensitivity: 'low', purpose: 'export' })
    expect(affected?.['affectedSadd']).toEqual({ f: { '60_up': 0 }, u: { '0_4': '<5' } })
  })

  it('[DO22] a digest is of an approved challenge that nobody took back and that is not sensitive, now and then', () => {
    const revision = { content: aChallenge(), corrections: {} }
    const entry = { kind: 'challenge', review: 'approved', contested: false, trail: [], ...revision, approved: revision } as unknown as EntryState
    expect(digestSource(entry)).toEqual(revision)
    expect(digestSource({ ...entry, review: 'edited' })).toEqual(revision)
    for (const review of ['rejected', 'withdrawn', 'received'] as const) expect(digestSource({ ...entry, review })).toBeNull()
    expect(digestSource({ ...entry, content: aChallenge({ topic: 'PRO' }) })).toBeNull()
    expect(digestSource({ ...entry, kind: 'action' })).toBeNull()
    expect(digestSource({ ...entry, contested: true })).toBeNull()
    expect(digestSource(entry, 'high')).toBeNull()
  })
})

describe('what a report may use of an entry', () => {
  const revision = { content: full, corrections: {} }
  const entry = { kind: 'challenge', review: 'approved', contested: false, trail: [], ...revision, approved: revision } as unknown as EntryState
  const corrected = (field: string, value: unknown) => ({ ...entry, approved: { ...revision, corrections: { [field]: { value } } } }) as unknown as EntryState

  it('[DO112] it is open, only counted or withheld, by the higher of what was approved and what it says now', () => {
    const mild = { ...entry, content: aChallenge(), approved: { content: aChallenge(), corrections: {} } } as unknown as EntryState
    expect(reportSource(mild)?.standing).toBe('open')
    expect(reportSource({ ...mild, content: aChallenge({ topic: 'PRO' }) })?.standing).toBe('counted')
    expect(reportSource(mild, 'high')?.standing).toBe('counted')
    expect(reportSource(entry)?.standing).toBe('withheld')
    expect(reportSource(corrected('sensitivity', 'low'))?.standing).toBe('withheld')
  })

  it('[DO112] what nobody approved, or somebody took back, counts for nothing', () => {
    for (const review of ['rejected', 'withdrawn', 'received'] as const) expect(reportSource({ ...entry, review })).toBeNull()
    expect([reportSource({ ...entry, approved: null }), reportSource({ ...entry, contested: true })]).toEqual([null, null])
    expect([reportSource({ ...entry, review: 'edited' }), reportSource({ ...entry, review: 'hasIssues' })].every((source) => source !== null)).toBe(true)
  })

  it('[DO112] only an open one is shown itself, coarsely', () => {
    const mild = reportSource({ ...entry, content: aChallenge({ lat: 18.576931, lon: -72.226541 }), approved: { content: aChallenge({ lat: 18.576931, lon: -72.226541 }), corrections: {} } } as unknown as EntryState)
    if (mild === null) throw new Error('no source')
    expect(reportedContent(mild)).toMatchObject({ lat: 18.58, lon: -72.23 })
    expect([reportedContent({ ...mild, standing: 'counted' }), reportedContent({ ...mild, standing: 'withheld' })]).toEqual([null, null])
    expect(countedGroups(full)).toEqual(['WOM'])
  })

  it('[DO113] a correction says yes for nobody, and what was taken back is taken back', () => {
    const refused = aChallenge({ quote: 'We are tired.', consentQuote: false })
    const approvedWith = (corrections: object) => ({ ...entry, content: refused, approved: { content: refused, corrections } }) as unknown as EntryState
    expect(reportSource(approvedWith({ consentQuote: { value: true }, topic: { value: 'HEA' } }))?.content).toMatchObject({ consentQuote: false, topic: 'HEA' })
    const silent = { ...entry, content: aChallenge(), approved: { content: aChallenge(), corrections: { quote: { value: 'We are tired.' }, consentQuote: { value: true } } } } as unknown as EntryState
    const source = reportSource(silent)
    expect(source === null ? {} : reportedContent(source)).not.toHaveProperty('quote')
    expect(reportSource({ ...entry, content: { ...full, consentPlace: false } } as unknown as EntryState)?.content.consentPlace).toBe(false)
  })
})
