import { describe, expect, it } from 'vitest'
import { composeReport } from '#report/compose.ts'
import { confidenceOf, loweredTo } from '#report/confidence.ts'
import type { ConfidenceGrounds } from '#report/confidence.ts'
import { goalsIn } from '#report/goals.ts'
import type { ComposedFinding } from '#report/tree.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { Citation, WrittenFinding, WrittenPart, WrittenPriority } from '#domain/written-report.ts'
import { aChallenge } from '../support/contents.ts'
import { aReport, blockOf, wordsIn } from '../support/report-blocks.ts'
import { entryWith, photoNamed } from '../support/report-campaign.ts'

const grounds = (about: Partial<ConfidenceGrounds> = {}): ConfidenceGrounds => ({ entries: 8, authors: 5, organisations: 3, sourceTypes: 2, graded: 0.6, unsettled: 0, ...about })

/** By the authors 1, 2, 3 … in turn: two sources, graded as asked. */
const entries = (count: number, about: { readonly authors?: number; readonly graded?: number; readonly sensitivity?: string } = {}): readonly EntryState[] => Array.from({ length: count }, (_, n) => entryWith(n + 1, {
  ref: `C-${String(n + 1).padStart(6, '0')}`, author: n % (about.authors ?? count), content: aChallenge({ sourceType: n % 2 === 0 ? 'affected_person' : 'key_informant' }),
  grades: n < count * (about.graded ?? 1) ? { reliability: 'C', credibility: '3' } : { reliability: 'F', credibility: '6' }, sensitivity: about.sensitivity ?? null,
}))
const cite = (entry: EntryState): Citation => ({ entryId: entry.id, revision: entry.revision, contentHash: entry.approved?.contentHash ?? ('' as never) })
const finding = (cited: readonly EntryState[], about: Partial<WrittenFinding> = {}): WrittenFinding => ({ kind: 'finding', id: 'f', question: 1, topic: 'EDU', sentences: [{ id: 's', text: 'Lessons come by phone in the places that report.', lang: 'en', cites: cited.map(cite), figures: {} }], quotes: [], against: [], ...about })
const priority = (cited: readonly EntryState[]): WrittenPriority => ({ kind: 'priority', id: 'p', topic: 'EDU', sentences: finding(cited).sentences, quotes: [], against: [], horizon: 'year', addressees: ['ngo', 'government'], programme: 'ED', sdgs: [4] })

function composed(state: readonly EntryState[], { findings }: { readonly findings: readonly WrittenPart[] }): ComposedFinding {
  const { tree } = composeReport(aReport(state, { written: findings }))
  const { themes, findings: apart } = blockOf(tree, 'challenges')
  const [first] = [...themes.flatMap((theme) => theme.findings), ...apart]
  if (first === undefined) throw new Error('no finding')
  return first
}

describe('the confidence of a finding', () => {
  it('[RE30] is high from eight entries of five authors, three organisations and two kinds of source, most of them well graded', () => {
    expect(confidenceOf(grounds())).toBe('high')
    for (const less of [{ entries: 7 }, { authors: 4 }, { organisations: 2 }, { sourceTypes: 1 }, { graded: 0.59 }, { unsettled: 1 }]) expect([less, confidenceOf(grounds(less))]).toEqual([less, 'moderate'])
  })

  it('[RE30] is moderate from four entries of three authors and two organisations, else low, and a case from one author', () => {
    const least = { entries: 4, authors: 3, organisations: 2, sourceTypes: 1, graded: 0 }
    expect(confidenceOf(grounds(least))).toBe('moderate')
    for (const less of [{ entries: 3 }, { authors: 2 }, { organisations: 1 }]) expect(confidenceOf(grounds({ ...least, ...less }))).toBe('low')
    expect([confidenceOf(grounds({ authors: 1, entries: 50 })), confidenceOf(grounds({ authors: 0, entries: 0 }))]).toEqual(['case', 'case'])
  })

  it('[RE31] a coordinator lowers it and never raises it', () => {
    expect([loweredTo('high', 'low'), loweredTo('low', 'high'), loweredTo('moderate', undefined), loweredTo('case', 'high')]).toEqual(['low', 'low', 'moderate', 'case'])
    const state = entries(8)
    expect(composed(state, { findings: [finding(state)] })).toMatchObject({ confidence: 'high', lowered: false })
    expect(composed(state, { findings: [finding(state, { confidence: 'moderate' })] })).toMatchObject({ confidence: 'moderate', lowered: true })
    expect(composed(state, { findings: [finding(state.slice(0, 3), { confidence: 'high' })] })).toMatchObject({ confidence: 'low', lowered: false })
  })

  it('[RE30] is not told of a finding that no entry stands behind: nobody reported it', () => {
    expect(composed(entries(8), { findings: [finding([])] })).toMatchObject({ confidence: null, lowered: false })
    expect(composed(entries(8), { findings: [finding([], { confidence: 'low' })] })).toMatchObject({ confidence: null, lowered: false })
  })

  it('[RE30] one organisation whose name is written in four ways is one', () => {
    const state = entries(8)
    const spelled = (names: readonly string[]) => new Map(state.map(({ author }, n) => [author, names[n % names.length] ?? null] as const))
    const confidence = (names: readonly string[]) => {
      const { themes, findings: apart } = blockOf(composeReport(aReport(state, { written: [finding(state)], organisations: spelled(names) })).tree, 'challenges')
      return [...themes.flatMap((theme) => theme.findings), ...apart][0]?.confidence
    }
    expect(confidence(['Croix-Rouge', 'Lekòl', 'Fanm'])).toBe('high')
    expect(confidence(['Croix-Rouge', 'croix rouge', 'CROIX ROUGE ', 'Croix-Rougé'])).toBe('low')
  })

  it('[RE30] comes from the cited entries as they were graded, each once', () => {
    const doubled = entries(4)
    expect(composed(doubled, { findings: [finding([...doubled, ...doubled])] }).confidence).toBe('moderate')
    const poorly = entries(10, { graded: 0.5 })
    expect(composed(poorly, { findings: [finding(poorly)] }).confidence).toBe('moderate')
    const alone = entries(9, { authors: 1 })
    expect(composed(alone, { findings: [finding(alone)] }).confidence).toBe('case')
  })

  it('[RE898] rumours raise no confidence, found no priority and are not quoted', () => {
    const heard = (count: number, from = 0) => entries(count).map((one, n) => ({ ...one, ...entryWith(50 + from + n, { ref: `C-0000${50 + from + n}`, author: n + from, content: aChallenge({ sourceType: 'rumour', quote: 'The water is poisoned.', consentQuote: true }), grades: { reliability: 'C', credibility: '3' } }) }))
    const rumours = heard(9)
    expect(composed(rumours, { findings: [finding(rumours, { quotes: rumours.map(cite) })] })).toMatchObject({ confidence: 'low', quotations: [] })
    expect(composed(rumours, { findings: [finding(rumours.slice(0, 1))] }).confidence).toBe('case')
    const seen = entries(3)
    expect(composed([...seen, ...rumours], { findings: [finding([...seen, ...rumours])] }).confidence).toBe('low')
    expect(composed(entries(8), { findings: [finding([...entries(8), ...rumours])] }).confidence).toBe('high')
    expect(blockOf(composeReport(aReport(rumours, { written: [priority(rumours)] })).tree, 'consequences').priorities).toMatchObject([{ founded: false }])
  })

  it('[RE32] entries that contradict it stand beside it, and keep it from being high until that is settled', () => {
    const state = entries(9)
    const [against] = state.slice(8)
    if (against === undefined) throw new Error('nobody speaks against it')
    const of = (settled: string | null) => composed(state, { findings: [finding(state.slice(0, 8), { against: [{ ...cite(against), settled }] })] })
    expect(of(null)).toMatchObject({ confidence: 'moderate', against: ['C-000009'] })
    expect(of('Another school, which lends tablets.')).toMatchObject({ confidence: 'high', against: ['C-000009'] })
  })
})

describe('sentences and their evidence', () => {
  it('[RE33] a sentence stands with its frozen evidence, or is said to be unsupported', () => {
    const state = entries(5)
    const [first] = composed(state, { findings: [finding(state.slice(0, 2))] }).sentences
    expect(first).toMatchObject({ unsupported: false, sensitive: null, refs: ['C-000001', 'C-000002'] })
    expect(composed(state, { findings: [finding([])] }).sentences).toMatchObject([{ unsupported: true, refs: [] }])
  })

  it('[RE33] what is not the approved revision, or not approved any more, supports nothing', () => {
    const state = entries(5)
    const [one, two] = state.map(cite)
    if (one === undefined || two === undefined) throw new Error('too few')
    const gone = state.map((entry, n) => (n === 1 ? { ...entry, review: 'withdrawn' as const } : entry))
    const written = finding([], { sentences: [{ id: 's', text: 'Words.', lang: 'en', cites: [{ ...one, revision: two.revision }, two], figures: {} }] })
    expect(composed(gone, { findings: [written] }).sentences).toMatchObject([{ unsupported: true, refs: [] }])
  })

  it('[RE34] entries that are only counted support a sentence without being named', () => {
    const state = [...entries(6, { sensitivity: 'high' })]
    expect(composed(state, { findings: [finding(state)] }).sentences).toMatchObject([{ unsupported: false, refs: [], sensitive: { count: 6, sample: [] } }])
    expect(composed(state, { findings: [finding(state.slice(0, 2))] }).sentences).toMatchObject([{ unsupported: false, refs: [], sensitive: { count: null } }])
  })

  it('[RE34] the most sensitive ones are in no number of a sentence, however many they are', () => {
    const state = [...entries(6, { sensitivity: 'severe' })]
    expect(composed(state, { findings: [finding(state)] }).sentences).toMatchObject([{ unsupported: false, refs: [], sensitive: { count: null, sample: [] } }])
  })

  it('[RE35] a priority says by when, who, which programme and goals, and whether three entries of two authors stand behind it', () => {
    const founded = (cited: readonly EntryState[]) => blockOf(composeReport(aReport(cited, { written: [priority(cited)] })).tree, 'consequences').priorities
    expect(founded(entries(3))).toMatchObject([{ founded: true, horizon: 'year', addressees: ['ngo', 'government'], programme: 'ED', sdgs: [4] }])
    expect(founded(entries(2))).toMatchObject([{ founded: false }])
    expect(founded(entries(3, { authors: 1 }))).toMatchObject([{ founded: false, confidence: 'case' }])
  })

  it('[RE981] the goals of a priority have the short name of the language', async () => {
    const said = await Promise.all((['en', 'fr', 'es', 'ru', 'zh', 'ar'] as const).map(async (locale) => goalsIn(await wordsIn(locale), { sdgs: [4, 6] })))
    expect(said).toEqual(['SDG 4 and 6', 'ODD 4 et 6', 'ODS 4 y 6', 'ЦУР 4 и 6', '可持续发展目标 4和6', 'أهداف التنمية المستدامة: 4 و6'])
  })

  it('[RE942] how many priorities are named stands under the third question, before anything is gone into', () => {
    const beside = (written: readonly WrittenPriority[]) => blockOf(composeReport(aReport(entries(3), { written })).tree, 'highlights').beside?.filter(({ question }) => question === 3).map(({ text }) => text)
    expect(beside([priority(entries(3))])).toContainEqual({ say: 'report.highlight.priorities', with: { count: { is: 'number', number: 1 } } })
    expect(beside([])).not.toContainEqual(expect.objectContaining({ say: 'report.highlight.priorities' }))
  })

  it('[RE37] a number in a sentence is one of the report, counted anew, and its own entries stand behind it', async () => {
    const sentence = (figure: string) => finding([], { sentences: [{ id: 's', text: 'It was reported {1} times, by phone.', lang: 'fr', cites: [], figures: { 1: figure } }] })
    const said = async (state: readonly EntryState[], figure: string) => {
      const [first] = composed(state, { findings: [sentence(figure)] }).sentences
      if (first === undefined) throw new Error('no sentence')
      return { text: (await wordsIn('en')).written(first), refs: first.parts.flatMap((part) => (typeof part === 'string' ? [] : part.sample)), unsupported: first.unsupported }
    }
    expect(await said(entries(12), 'challenges/topic/EDU')).toEqual({ text: 'It was reported 12 times, by phone.', refs: ['C-000001', 'C-000002'], unsupported: false })
    expect(await said(entries(4), 'challenges/topic/EDU')).toEqual({ text: 'It was reported […] times, by phone.', refs: [], unsupported: true })
    expect(await said(entries(12), 'no/such/figure')).toEqual({ text: 'It was reported […] times, by phone.', refs: [], unsupported: true })
  })

  it('[RE38] a quotation is what the entry says, and only while the person agrees', () => {
    const quoted = (consentQuote: boolean) => Array.from({ length: 5 }, (_, n) => entryWith(n + 1, { ref: `C-00000${n + 1}`, author: n, content: aChallenge({ quote: 'We have one phone.', quoteRole: 'mother', consentQuote }) }))
    const of = (state: readonly EntryState[]) => composed(state, { findings: [finding(state, { quotes: state.slice(0, 1).map(cite) })] }).quotations
    expect(of(quoted(true))).toMatchObject([{ text: 'We have one phone.', role: 'mother', ref: 'C-000001' }])
    expect(of(quoted(false))).toEqual([])
  })

  it('[RE160] what is quoted beside a finding is not quoted again under its topic, where others are', () => {
    const state = Array.from({ length: 5 }, (_, n) => entryWith(n + 1, { ref: `C-00000${n + 1}`, author: n, content: aChallenge({ quote: `Words of the ${n}.`, quoteRole: 'mother', consentQuote: true }) }))
    const quotedIn = (written: readonly WrittenPart[]) => blockOf(composeReport(aReport(state, { written })).tree, 'challenges').themes.flatMap(({ findings, quotations }) => [...findings.flatMap((one) => one.quotations), ...quotations].map(({ ref }) => ref))
    const [first] = quotedIn([])
    const again = quotedIn([finding(state, { quotes: state.filter(({ ref }) => ref === first).map(cite) })])
    expect([again[0], again.filter((ref) => ref === first)]).toEqual([first, [first]])
    expect(again.length).toBeGreaterThan(1)
  })

  it('[RE39] what is new or says something else than in the issue before is marked, and evidence cited anew is not', () => {
    const state = entries(8)
    const of = (before: readonly WrittenPart[]) => {
      const { tree } = composeReport(aReport(state, { written: [finding(state)], before: { topics: new Map(), written: before } }))
      return blockOf(tree, 'challenges').themes.flatMap(({ findings }) => findings.map(({ since }) => since))
    }
    expect([of([]), of([finding(state.slice(3))]), of([finding(state, { sentences: [{ id: 's', text: 'Other words.', lang: 'en', cites: [], figures: {} }] })])]).toEqual([['new'], ['same'], ['changed']])
    expect(composed(state, { findings: [finding(state)] }).since).toBeNull()
  })

  it('[RE43] a finding about no topic, or one without reports, stands in its question all the same', () => {
    const state = entries(5)
    const { tree } = composeReport(aReport(state, { written: [finding(state, { topic: null }), finding(state, { id: 'g', topic: 'HEA' })] }))
    expect(blockOf(tree, 'challenges').findings.map(({ id }) => id)).toEqual(['f', 'g'])
  })

  it('[RE44] no tree names an entry but by its ref: neither id, revision nor hash that could be tried out', () => {
    const state = entries(6)
    const [against] = state.slice(5)
    if (against === undefined) throw new Error('nobody speaks against it')
    const text = JSON.stringify(composeReport(aReport(state, { written: [finding(state, { quotes: state.map(cite), against: [{ ...cite(against), settled: null }] }), priority(state)] })).tree)
    for (const { id, revision } of state) expect([text.includes(id), text.includes(revision)]).toEqual([false, false])
  })

  it('[RE36] each named entry stands in the annex, in its public form, with its grade and the hash of its words', () => {
    const state = entries(6)
    const { tree } = composeReport(aReport(state, { written: [finding(state.slice(0, 4))] }))
    expect(blockOf(tree, 'annex').rows).toMatchObject(['C-000001', 'C-000002', 'C-000003', 'C-000004'].map((ref) => ({ ref, month: '2026-02', topic: 'EDU', severity: 3, grade: 'C3', area: { country: 'HTI', name: 'Ouest' } })))
    expect(blockOf(tree, 'annex').rows[0]?.hash).toHaveLength(64)
  })

  it('[RE36] a hash that could be tried out to find the point that was made coarse is not told', () => {
    const exact = (n: number) => entryWith(n, { ref: `C-00000${n}`, author: n, content: aChallenge({ lat: 18.541234, lon: -72.339876, consentPlace: true }) })
    const state = [exact(1), exact(2), ...entries(6).slice(2)]
    const { tree } = composeReport(aReport(state, { written: [finding(state.slice(0, 4))] }))
    expect(blockOf(tree, 'annex').rows.map(({ ref, hash }) => [ref, hash !== null])).toEqual([['C-000001', false], ['C-000002', false], ['C-000003', true], ['C-000004', true]])
  })

  it('[RE85] a photo stands beside a finding only where it was picked, and as its entry shows it today', () => {
    const photo = (n: number) => ({ sha256: photoNamed(n) as never, bytes: 1000, type: 'image/jpeg' as const, width: 640, height: 480, thumb: { sha256: 'e'.repeat(64) as never, bytes: 10 }, caption: `Write to well${n}@example.org` })
    const pictured = (n: number, about: Parameters<typeof aChallenge>[0] = {}, sensitivity: string | null = null) => entryWith(n, { ref: `C-00000${n}`, author: n, sensitivity, content: aChallenge({ photos: [photo(n), photo(n + 10)], consentPhoto: true, ...about }) })
    const state = [pictured(1), pictured(2, { consentPhoto: false }), pictured(3, {}, 'high'), pictured(4)]
    const pick = (entry: EntryState, n: number) => ({ ...cite(entry), photo: photoNamed(n) as never })
    expect(composed(state, { findings: [finding(state)] }).photos).toBeUndefined()
    const [one, refused, closed, other] = state as [EntryState, EntryState, EntryState, EntryState]
    // Not the other photo of the same entry, none that was refused, and none under the name of another entry.
    const { photos } = composed(state, { findings: [finding(state, { photos: [pick(one, 11), pick(refused, 2), pick(closed, 3), pick(other, 1)] })] })
    expect(photos?.map((shown) => [shown.photo, shown.ref, shown.month])).toEqual([[photoNamed(11), 'C-000001', '2026-02']])
    expect(photos?.[0]?.caption).not.toContain('example.org')
  })
})
