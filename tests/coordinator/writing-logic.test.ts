import { describe, expect, it } from 'vitest'
import { createEntryNotes } from '#coordinator/report/entry-notes.ts'
import { missingIn, placeBehind, placesAfter, sentForm, withTopic } from '#coordinator/report/parts.ts'
import { checksOf } from '#coordinator/report/publish-checks.ts'
import { spokenParts, withNumber } from '#coordinator/report/slots.ts'
import { typedNumbers } from '#coordinator/report/typed-numbers.ts'
import { metBy } from '#coordinator/report/writing-state.ts'
import type { WritingPart, WritingState } from '#coordinator/report/writing-state.ts'
import type { WrittenFinding, WrittenPriority } from '#domain/written-report.ts'
import { fail } from '#domain/result.ts'
import { deskIds } from '../support/desk-entries.ts'
import { eventually } from '../support/eventually.ts'
import { aCitation, aFinding, aSentence } from '../support/written.ts'

describe('cited entries', () => {
  it('[CO193] one that could not be read is asked for again after a while, not at every look', async () => {
    const asked: string[] = []
    let [nowMs, drawn] = [0, 0]
    const notes = createEntryNotes({ entry: async (id) => {
      asked.push(id)
      return fail({ kind: 'offline', code: 'no-answer' })
    } }, () => nowMs)
    notes.subscribe(() => drawn++)
    const look = () => notes.look(deskIds.entry(1))
    expect([look(), look()]).toEqual([null, null])
    await eventually(() => expect(drawn).toBe(1))
    expect([look(), look()]).toEqual(['unread', 'unread'])
    nowMs += 30_000
    expect(look()).toBeNull()
    await eventually(() => expect(drawn).toBe(2))
    expect(asked).toHaveLength(2)
  })
})

describe('numbers in sentences', () => {
  it('[CO194] a number goes where the caret is, with blanks to the words beside it, and the same number has one slot', () => {
    const sentence = aSentence(1, { text: 'Inreports' })
    const first = withNumber(sentence, 'wash', 2)
    expect(first?.sentence).toMatchObject({ text: 'In {1} reports', figures: { 1: 'wash' } })
    expect(first?.caret).toBe(7)
    const again = withNumber(first?.sentence ?? sentence, 'wash', 14)
    expect(again?.sentence.text).toBe('In {1} reports {1}')
    expect(withNumber(again?.sentence ?? sentence, 'people', 0)?.sentence).toMatchObject({ text: '{2} In {1} reports {1}', figures: { 1: 'wash', 2: 'people' } })
    expect(withNumber(aSentence(1, { lang: 'zh', text: '共条' }), 'wash', 1)?.sentence.text).toBe('共{1}条')
    expect(withNumber(aSentence(1, { text: '{1}{2}{3}{4}{5}{6}{7}{8}{9}' }), 'wash', 0)).toBeNull()
  })

  it('[CO194] a sentence reads with its numbers, and one that is not shown is left open', () => {
    const numbers = [{ id: 'wash', say: 'Water', count: 41 }, { id: 'edu', say: 'Education', count: null }]
    expect(spokenParts({ text: 'In {1} and {2} and {3}.', figures: { 1: 'wash', 2: 'edu', 3: 'gone' } }, numbers)).toEqual([
      { text: 'In ' }, { figure: 'wash', say: 'Water', count: 41 }, { text: ' and ' }, { figure: 'edu', say: 'Education', count: null }, { text: ' and ' }, { figure: 'gone', say: null, count: null }, { text: '.' },
    ])
  })

  it.each([
    ['en', 'In 41 reports, since 12 March 2026 and 2026-03-12, C-000123 says {1} of COVID-19.', ['41']],
    ['en', 'On March 12, 1,200 families came.', ['1,200']],
    ['fr', 'Le 3 mai 2026, 40 familles.', ['40']],
    ['es', 'El 3 de mayo de 2026 llegaron 40 familias.', ['40']],
    ['ru', '3 марта 2026 г. пришли 40 семей.', ['40']],
    ['ar', 'في 12 مارس 2026 وصلت ٤٠ أسرة.', ['٤٠']],
    ['zh', '2026年3月12日有40户到来。', ['40']],
  ] as const)('[CO195] in %s a typed number is pointed at, and years, days and names are not: %s', (lang, text, found) => {
    expect(typedNumbers(text, lang)).toEqual(found)
  })
})

describe('a part', () => {
  const [one, two, three] = [1, 2, 3].map((number) => ({ part: aFinding(number, { question: 1 }), place: number * 10 })) as [{ part: WrittenFinding; place: number }, { part: WrittenFinding; place: number }, { part: WrittenFinding; place: number }]

  it('[CO199] moves to a number between its neighbours, and changes places where none lies between', () => {
    const all = [three, one, two]
    expect(placeBehind(all, '1')).toBe(40)
    expect(placeBehind(all, 'priorities')).toBe(10)
    expect(placesAfter(all, three.part.id, -1)).toEqual([{ id: three.part.id, place: 15 }])
    expect(placesAfter(all, one.part.id, 1)).toEqual([{ id: one.part.id, place: 25 }])
    expect(placesAfter(all, two.part.id, -1)).toEqual([{ id: two.part.id, place: 5 }])
    expect(placesAfter(all, two.part.id, 1)).toEqual([{ id: two.part.id, place: 40 }])
    expect([placesAfter(all, one.part.id, -1), placesAfter(all, three.part.id, 1)]).toEqual([[], []])
    const close = [{ ...one, place: 10 }, { ...two, place: 10 }, { ...three, place: 20 }]
    expect(placesAfter(close, three.part.id, -1)).toEqual([{ id: three.part.id, place: 10 }, { id: two.part.id, place: 20 }])
  })

  it('[CO196] goes out without what nobody wrote, and says what keeps it here', () => {
    const part = aFinding(1, { sentences: [aSentence(1, { text: '  In {1} reports. ', figures: { 1: 'wash', 2: 'deleted' } }), aSentence(2, { text: ' ' })], against: [{ ...aCitation(4), settled: ' ' }] })
    expect(sentForm(part)).toMatchObject({ sentences: [{ text: 'In {1} reports.', figures: { 1: 'wash' } }], against: [{ settled: null }] })
    expect(sentForm(part).sentences).toHaveLength(1)
    expect(missingIn(part)).toBeNull()
    expect(missingIn(aFinding(1, { sentences: [aSentence(1, { text: ' ' })] }))).toBe('words')
    expect(missingIn(aFinding(1, { sentences: [aSentence(1), aSentence(2, { text: '', cites: [aCitation(1)] })] }))).toBe('wordsToEvidence')
    expect(missingIn(aFinding(1, { sentences: [aSentence(1, { text: 'a'.repeat(601) })] }))).toBe('tooLong')
    expect(missingIn(aPriority())).toBe('addressees')
    expect(missingIn(aPriority({ addressees: ['donor'] }))).toBeNull()
  })

  it('[CO198] a topic brings programme and goals of a priority, and nothing that somebody chose is overwritten', () => {
    const water = withTopic(aPriority(), 'WSH')
    expect(water).toMatchObject({ topic: 'WSH', programme: 'SC', sdgs: [6] })
    expect(withTopic(water, 'EDU')).toMatchObject({ programme: 'ED', sdgs: [4] })
    expect(withTopic({ ...water, sdgs: [6, 13] } as WrittenPriority, 'EDU')).toMatchObject({ topic: 'EDU', programme: 'SC', sdgs: [6, 13] })
  })

  it('[CO197] that two wrote is one where one of them only moved it, the same where both wrote the same, and else a choice', () => {
    const base = { part: aFinding(1), place: 10, version: 1, by: null, at: null as never }
    const mine = { part: aFinding(1, { topic: 'WSH' }), place: 10, was: 1 }
    const theirs = { ...base, part: aFinding(1, { topic: 'EDU' }), version: 2 }
    expect(metBy({ one: mine, base }, { ...base, place: 5, version: 2 })).toEqual({ ...mine, place: 5, was: 2 })
    expect(metBy({ one: { ...mine, part: base.part, place: 30 }, base }, theirs)).toEqual({ part: theirs.part, place: 30, was: 2 })
    expect(metBy({ one: mine, base }, { ...theirs, part: mine.part })).toBe('same')
    expect(metBy({ one: mine, base }, theirs)).toBe('clash')
    expect(metBy({ one: mine, base: null }, theirs)).toBe('clash')
    expect(metBy({ one: mine, base }, null)).toBe('clash')
  })

  it('[CO201] before publishing everything to look at is named, what is not saved first', () => {
    const sentences = [aSentence(1, { text: 'Most families have no water.', cites: [aCitation(1)] }), aSentence(2, { text: 'In 41 places.' }), aSentence(3, { text: 'In {1} places.', figures: { 1: 'wash' } })]
    const shown = (part: WritingPart['part'], standing: WritingPart['standing'] = 'saved'): WritingPart => ({ part, place: 10, by: null, at: null, standing, missing: null, problem: null, isKept: true })
    const [finding, priority] = [aFinding(1, { sentences }), aPriority({ addressees: ['donor'] })]
    const flag = { finding: finding.id, sentence: sentences[0]?.id ?? null, changed: [{ citation: aCitation(1), ref: null, changes: ['revised' as const] }] }
    const grounds = { id: priority.id, computed: 'low' as const, confidence: 'low' as const, entries: 2, authors: 2, organisations: 1, sourceTypes: 1, graded: 0, unsettled: 0, unsupported: [], outside: [], founded: false }
    const state: WritingState = { draft: { number: 1, settings: { from: '2026-01-01', to: '2026-03-02', next: null, version: 0 }, parts: [], flags: [flag], issues: [] }, problem: null, parts: [shown(finding), shown(priority, 'here')], evidence: { parts: [grounds], numbers: [], quotes: [], photos: [] } }
    expect(checksOf(state).map(({ kind, part, sentence }) => [kind, part.id === finding.id ? sentences.findIndex(({ id }) => id === sentence?.id) : 'priority'])).toEqual([
      ['unsaved', 'priority'], ['flagged', 0], ['unsupported', 1], ['unsupported', 'priority'], ['unfounded', 'priority'], ['lint', 0], ['digits', 1],
    ])
    const outside = { ...state, evidence: { parts: [{ ...grounds, id: finding.id, founded: null, unsupported: sentences.slice(0, 2).map(({ id }) => id), outside: [sentences[0]?.id ?? ''] }], numbers: [], quotes: [], photos: [] } }
    expect(checksOf(outside).filter(({ part }) => part.id === finding.id).map(({ kind, sentence }) => [kind, sentences.findIndex(({ id }) => id === sentence?.id)])).toEqual([['flagged', 0], ['unsupported', 1], ['outside', 0], ['lint', 0], ['digits', 1]])
  })
})

function aPriority(more: Partial<WrittenPriority> = {}): WrittenPriority {
  const { question: _, ...part } = aFinding(90)
  return { ...part, kind: 'priority', horizon: 'now', addressees: [], programme: 'XX', sdgs: [], ...more }
}
