import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChangeBody, ChangeType, KnownChange } from '#domain/change.ts'
import { digestSource, mayStayPublished, reportSource } from '#domain/disclosure.ts'
import { foldEntry } from '#domain/fold.ts'
import type { ChangeId, DeviceId, EntryId, Instant, MemberId, QuestionId, Ref, Sha256 } from '#domain/ids.ts'
import { aChallenge } from '../support/contents.ts'

const entryId = '10000000-0000-7000-8000-000000000000' as EntryId
const id = (n: number) => `20000000-0000-7000-8000-${String(n).padStart(12, '0')}` as ChangeId
const at = '2026-03-01T08:00:00Z' as Instant
const member = (name: string) => name as MemberId
const hash = 'a'.repeat(64) as Sha256
const question = '30000000-0000-7000-8000-000000000001' as QuestionId

type About = Partial<Pick<KnownChange, 'seq' | 'ref' | 'quarantined'>> & { readonly by?: string; readonly base?: number | null; readonly device?: string }

/** The n-th change of the entry, received as seq n unless said otherwise. */
function step<Type extends ChangeType>(n: number, type: Type, body: ChangeBody<Type>, about: About = {}): KnownChange {
  const { by = 'author', base = null, seq = n, device = `device ${n}`, ...rest } = about
  const change = { v: 1, id: id(n), entryId, deviceSeq: n, type, base: base === null ? null : id(base), body, salt: 's'.repeat(22), recordedAt: at, appVersion: 'test' }
  return { change: change as unknown as KnownChange['change'], seq, deviceId: device as DeviceId, memberId: member(by), receivedAt: seq === null ? null : at, ...rest }
}

const record = step(1, 'record', { content: aChallenge() }, { ref: 'C-000001' as Ref })
const revise = (n: number, set: Record<string, unknown>, about: About & { readonly answers?: readonly QuestionId[] } = {}) => step(n, 'revise', { set, unset: [], answers: [...(about.answers ?? [])] }, about)
const decide = (n: number, revision: number, verdict: ChangeBody<'decide'>['verdict'], about: About & Partial<Pick<ChangeBody<'decide'>, 'questions'>> = {}) =>
  step(n, 'decide', { revision: id(revision), contentHash: hash, verdict, questions: about.questions ?? [] }, { by: 'ruth', ...about })

describe('folding the changes of an entry', () => {
  it('[DO1] is nothing without a record that counts', () => {
    expect(foldEntry([])).toBeNull()
    expect(foldEntry([revise(2, { severity: 5 })])).toBeNull()
    expect(foldEntry([{ ...record, quarantined: true }])).toBeNull()
  })

  it('[DO1] gives the same in whatever order and pages the changes came', () => {
    const history = [
      record, revise(2, { severity: 4 }, { base: 1 }), decide(3, 2, 'askBack', { base: 2, questions: [{ id: question, field: 'placeName', text: 'Where?' }] }),
      revise(4, { placeName: 'Here' }, { base: 1 }), revise(5, { placeName: 'There' }, { base: 3, answers: [question] }), decide(6, 5, 'approve', { base: 3 }),
      step(7, 'correct', { set: { topic: 'HEA' }, unset: [] }, { by: 'ruth' }), step(8, 'comment', { text: 'Hm', lang: 'en' }), revise(9, { severity: 1 }, { seq: null }), revise(10, { severity: 2 }, { seq: null }),
    ]
    const expected = foldEntry(history)
    fc.assert(fc.property(fc.shuffledSubarray(history, { minLength: history.length }), (shuffled) => {
      expect(foldEntry(shuffled)).toEqual(expected)
    }))
    expect(expected?.content).toMatchObject({ severity: 2 })
  })

  it('[DO112] [DO22] what was approved and turned down since counts no more when its author writes on it, or is asked about it, until it is approved again', () => {
    const approved = [record, decide(2, 1, 'approve', { base: 1 })]
    const reopened = [...approved, decide(3, 1, 'reopen', { base: 2 })]
    const rejected = [...reopened, decide(4, 1, 'reject', { base: 3 })]
    const asked = [...reopened, decide(4, 1, 'askBack', { base: 3, questions: [{ id: question, field: 'placeName', text: 'Where?' }] })]
    const stands = (history: readonly KnownChange[]) => {
      const entry = foldEntry(history)
      if (entry === null) throw new Error('no entry')
      return [entry.review, reportSource(entry) !== null, digestSource(entry) !== null]
    }
    expect(stands([...approved, revise(3, { severity: 5 }, { base: 2 })])).toEqual(['edited', true, true])
    expect(stands([...rejected, revise(5, { severity: 5 }, { base: 4 })])).toEqual(['edited', false, false])
    expect(stands([...reopened, revise(4, { severity: 5 }, { base: 3 })])).toEqual(['edited', false, false])
    expect(stands(asked)).toEqual(['hasIssues', false, false])
    expect(stands([...asked, revise(5, { severity: 5 }, { base: 4 }), decide(6, 5, 'approve', { base: 5 })])).toEqual(['approved', true, true])
  })

  it('[DO2] changes on one base that touch different fields merge', () => {
    fc.assert(fc.property(fc.subarray(['severity', 'placeName', 'adm1Name', 'trend', 'setting']), (fields) => {
      const value = (field: string) => ({ severity: 5, placeName: 'P', adm1Name: 'A', trend: 'worse', setting: 'camp' })[field]
      const others = ['severity', 'placeName', 'adm1Name', 'trend', 'setting'].filter((field) => !fields.includes(field))
      const [left, right] = [fields, others].map((list) => Object.fromEntries(list.map((field) => [field, value(field)])))
      const entry = foldEntry([record, revise(2, left ?? {}, { base: 1 }), revise(3, right ?? {}, { base: 1 })])
      expect(entry?.conflicts).toEqual([])
      expect(entry?.content).toMatchObject({ ...left, ...right })
    }))
  })

  it('[DO3] on the same field both values are kept, the later seq shows, and one who knows both settles it', () => {
    const changes = [record, revise(2, { placeName: 'Here' }, { base: 1 }), revise(3, { placeName: 'There' }, { base: 1 })]
    expect(foldEntry(changes)).toMatchObject({ content: { placeName: 'There' }, conflicts: [{ field: 'placeName', values: [{ change: id(2), value: 'Here' }, { change: id(3), value: 'There' }] }] })
    expect(foldEntry([...changes, revise(4, { placeName: 'Here' }, { base: 2 })])?.conflicts[0]?.values).toHaveLength(3)
    expect(foldEntry([...changes, revise(4, { severity: 5 }, { base: 3 })])?.conflicts).toHaveLength(1)
    expect(foldEntry([...changes, revise(4, { placeName: 'Here' }, { base: 3 })])?.conflicts).toEqual([])
    expect(foldEntry([...changes, step(4, 'correct', { set: { placeName: 'Here' }, unset: [] }, { base: 3 })])?.conflicts).toEqual([])
    expect(foldEntry([...changes, step(4, 'correct', { set: { placeName: 'Here' }, unset: [] }, { base: 2 })])?.conflicts).toHaveLength(1)
    expect(foldEntry([record, revise(2, { placeName: 'Here' }, { base: 1 }), revise(3, { placeName: 'Here' }, { base: 1 })])?.conflicts).toEqual([])
  })

  it('[DO43] what an author writes anew, knowing the correction beside it, counts; unaware of each other both are kept', () => {
    const correct = (n: number, set: Record<string, unknown>, about: About = {}) => step(n, 'correct', { set, unset: [] }, { by: 'ruth', ...about })
    const knowing = foldEntry([record, correct(2, { placeName: 'Ruth', topic: 'HEA' }, { base: 1 }), revise(3, { placeName: 'Mine' }, { base: 2 })])
    expect(knowing).toMatchObject({ content: { placeName: 'Mine' }, conflicts: [] })
    expect(Object.keys(knowing?.corrections ?? {})).toEqual(['topic'])
    const both = [{ change: id(2), value: 'Ruth' }, { change: id(3), value: 'Mine' }]
    expect(foldEntry([record, correct(2, { placeName: 'Ruth' }, { base: 1 }), revise(3, { placeName: 'Mine' }, { base: 1 })])).toMatchObject({ content: { placeName: 'Mine' }, corrections: { placeName: { value: 'Ruth' } }, conflicts: [{ field: 'placeName', values: both }] })
    expect(foldEntry([record, revise(2, { placeName: 'Mine' }, { base: 1 }), correct(3, { placeName: 'Ruth' }, { base: 1 })])).toMatchObject({ corrections: { placeName: { value: 'Ruth' } }, conflicts: [{ field: 'placeName' }] })
    expect(foldEntry([record, correct(2, { placeName: 'Same' }, { base: 1 }), revise(3, { placeName: 'Same' }, { base: 1 })])?.conflicts).toEqual([])
  })

  it('[DO43] of two corrections on one base both are kept, and the higher sensitivity holds meanwhile', () => {
    const correct = (n: number, set: Record<string, unknown>, about: About = {}) => step(n, 'correct', { set, unset: [] }, { by: `c${n}`, base: 1, ...about })
    const two = [record, correct(2, { topic: 'HEA', sensitivity: 'severe' }), correct(3, { topic: 'FSC', sensitivity: 'low' })]
    expect(foldEntry(two)).toMatchObject({ corrections: { topic: { value: 'FSC' }, sensitivity: { value: 'severe', memberId: 'c2' } }, conflicts: [{ field: 'topic' }, { field: 'sensitivity' }] })
    const settled = foldEntry([...two, correct(4, { topic: 'HEA', sensitivity: 'low' }, { base: 3 })])
    expect(settled).toMatchObject({ corrections: { topic: { value: 'HEA' }, sensitivity: { value: 'low', memberId: 'c4' } }, conflicts: [] })
    expect(foldEntry([...two, decide(4, 2, 'approve', { base: 3 })])?.approved?.corrections).toMatchObject({ topic: { value: 'HEA' }, sensitivity: { value: 'severe' } })
  })

  it('[DO46] what was written offline beside somebody else’s change says nothing of having seen it, whatever stands between', () => {
    const correct = step(2, 'correct', { set: { topic: 'PRO', sensitivity: 'severe' }, unset: [] }, { by: 'ruth', base: 1 })
    const phone = { device: 'phone' }
    const conflicts = (changes: readonly KnownChange[]) => {
      const entry = foldEntry([{ ...record, deviceId: 'phone' as DeviceId }, correct, ...changes])
      return [entry?.conflicts.map(({ field }) => field), Object.keys(entry?.corrections ?? {})]
    }
    const [said, first, second] = [step(3, 'comment', { text: 'Soon more.', lang: 'en' }, { base: 1, ...phone }), revise(4, { topic: 'WSH' }, { base: 1, ...phone }), revise(5, { topic: 'FSC' }, { base: 1, ...phone })]
    expect(conflicts([said, first])).toEqual([['topic'], ['topic', 'sensitivity']])
    expect(conflicts([first, second])).toEqual([['topic'], ['topic', 'sensitivity']])
    // What one device writes one after the other is no conflict with itself, and whoever has heard of both settles it.
    expect(conflicts([said, revise(4, { topic: 'WSH' }, { base: 2, ...phone }), revise(5, { topic: 'FSC' }, { base: 2, ...phone })])).toEqual([[], ['sensitivity']])
    expect(conflicts([first, second, revise(6, { topic: 'HEA' }, { base: 5, device: 'other' })])).toEqual([[], ['sensitivity']])
    expect(conflicts([step(3, 'correct', { set: {}, unset: ['sensitivity'] }, { by: 'tom', base: 1 })])).toEqual([[], ['topic', 'sensitivity']])
  })

  it('[DO46] a phone writes on the last change that it has from the server, whatever it has written since', () => {
    const here = (n: number, seq: number | null) => revise(n, { severity: n }, { seq, device: 'phone' })
    expect(foldEntry([record, here(2, 2), here(3, null), here(4, null)])).toMatchObject({ head: id(2), content: { severity: 4 } })
    expect(foldEntry([step(1, 'record', { content: aChallenge() }, { seq: null }), here(2, null)])).toMatchObject({ head: id(1), content: { severity: 2 } })
  })

  it('[DO44] a translation is of the words that its writer saw: when they are written anew it no longer stands beside them', () => {
    const translated = (n: number, base: number) => step(n, 'correct', { set: { descriptionEn: { text: 'No water.', translator: 'human' } }, unset: [] }, { by: 'ruth', base })
    const anew = revise(3, { description: 'Il y a de l’eau.' }, { base: 2 })
    expect(foldEntry([record, translated(2, 1), revise(3, { severity: 5 }, { base: 1 })])?.corrections).toHaveProperty('descriptionEn')
    expect(foldEntry([record, translated(2, 1), anew])?.corrections).toEqual({})
    expect(foldEntry([record, translated(2, 1), { ...anew, change: { ...anew.change, base: id(1) } }])?.corrections).toEqual({})
    expect(foldEntry([record, revise(2, { description: 'Il y a de l’eau.' }, { base: 1 }), translated(3, 1)])?.corrections).toEqual({})
    expect(foldEntry([record, revise(2, { description: 'Il y a de l’eau.' }, { base: 1 }), translated(3, 2)])?.corrections).toHaveProperty('descriptionEn')
    const written = (set: Record<string, unknown>) => foldEntry([record, translated(2, 1), step(3, 'correct', { set, unset: [] }, { by: 'ruth', base: 2 })])?.corrections
    expect(Object.keys(written({ description: 'De l’eau.' }) ?? {})).toEqual(['description'])
    expect(Object.keys(written({ description: 'De l’eau.', descriptionEn: { text: 'Water.' } }) ?? {})).toEqual(['description', 'descriptionEn'])
    const approved = foldEntry([record, translated(2, 1), decide(3, 2, 'approve', { base: 2 }), { ...revise(4, { description: 'Autre.' }, { base: 3 }) }])
    expect(approved?.approved?.corrections).toHaveProperty('descriptionEn')
  })

  it('[DO44] how a voice was written down stands only beside those words', () => {
    const spoken = step(2, 'correct', { set: { description: 'No water.', descriptionMethod: 'summary' }, unset: [] }, { by: 'ruth', base: 1 })
    expect(foldEntry([record, spoken, revise(3, { description: 'My own words.' }, { base: 2 })])).toMatchObject({ content: { description: 'My own words.' }, corrections: {}, conflicts: [] })
    expect(foldEntry([record, spoken, revise(3, { description: 'My own words.' }, { base: 1 })])).toMatchObject({ corrections: { description: { value: 'No water.' }, descriptionMethod: { value: 'summary' } }, conflicts: [{ field: 'description' }] })
    expect(foldEntry([record, spoken, revise(3, { severity: 5 }, { base: 1 })])?.corrections).toHaveProperty('descriptionMethod')
    expect(foldEntry([record, spoken, step(3, 'correct', { set: { description: 'My own words.' }, unset: [] }, { by: 'ruth', base: 2 })])?.corrections).not.toHaveProperty('descriptionMethod')
  })

  it('[DO3] no clock decides: another recordedAt changes nothing but the trail', () => {
    const changes = [record, revise(2, { placeName: 'Here' }, { base: 1 }), revise(3, { placeName: 'There' }, { base: 1 })]
    const skewed = changes.map((known) => ({ ...known, change: { ...known.change, recordedAt: '1970-01-01T00:00:00Z' as Instant } }))
    expect(foldEntry(skewed)).toMatchObject({ content: foldEntry(changes)?.content, conflicts: foldEntry(changes)?.conflicts })
  })

  it('[DO4] a verdict holds for the revision that was read', () => {
    const late = foldEntry([record, revise(2, { severity: 5 }, { base: 1 }), decide(3, 1, 'approve', { base: 1 })])
    expect(late).toMatchObject({ review: 'edited', approved: { revision: id(1), content: { severity: 3 } } })
    expect(foldEntry([record, revise(2, { severity: 5 }, { base: 1 }), decide(3, 1, 'reject', { base: 1 })])).toMatchObject({ review: 'edited', decisions: [{ applied: false }] })
  })

  it('[DO4] the approved revision stays citable after an edit, and a late approval of an older one does not displace it', () => {
    const approved = [record, revise(2, { severity: 5 }, { base: 1 }), decide(3, 2, 'approve', { base: 2 })]
    expect(foldEntry([...approved, revise(4, { severity: 1 }, { base: 3 })])).toMatchObject({ review: 'edited', content: { severity: 1 }, approved: { revision: id(2), content: { severity: 5 } } })
    expect(foldEntry([...approved, decide(4, 1, 'approve', { by: 'tom', base: 1 })])).toMatchObject({ review: 'approved', approved: { revision: id(2) } })
    expect(foldEntry([record, step(2, 'withdraw', {}), revise(3, {}), decide(4, 1, 'approve', { base: 1 })])).toMatchObject({ review: 'withdrawn', approved: null })
  })

  it('[DO45] what its author took back is used by nothing, whoever opens and approves it, until they write on it', () => {
    const taken = [record, decide(2, 1, 'approve', { base: 1 }), step(3, 'withdraw', {}, { base: 2 }), decide(4, 1, 'reopen', { base: 3 }), decide(5, 1, 'approve', { base: 4 })]
    const uses = (changes: readonly KnownChange[]) => {
      const entry = foldEntry(changes)
      return entry === null ? null : [entry.review, reportSource(entry) !== null, digestSource(entry) !== null, mayStayPublished(entry, { isQuoted: false })]
    }
    expect(uses(taken.slice(0, 2))).toEqual(['approved', true, true, true])
    expect(uses(taken.slice(0, 3))).toEqual(['withdrawn', false, false, false])
    expect(uses(taken.slice(0, 4))).toEqual(['received', false, false, false])
    expect(uses(taken)).toEqual(['approved', false, false, false])
    const again = [...taken, revise(6, { severity: 4 }, { base: 5 }), decide(7, 6, 'approve', { base: 6 })]
    expect(uses(again)).toEqual(['approved', true, true, true])
    expect(uses([...again, step(8, 'withdraw', {}, { base: 7 }), decide(9, 6, 'reopen', { base: 8 }), decide(10, 6, 'approve', { base: 9 })])).toEqual(['approved', false, false, false])
  })

  it('[DO5] two verdicts on one revision, the second unaware of the first, are contested until somebody who knows both decides', () => {
    const contested = [record, decide(2, 1, 'approve', { base: 1 }), decide(3, 1, 'reject', { by: 'tom', base: 1 })]
    expect(foldEntry(contested)).toMatchObject({ contested: true, review: 'received', approved: null })
    expect(foldEntry([...contested, decide(4, 1, 'approve', { base: 3 })])).toMatchObject({ contested: false, review: 'approved', approved: { revision: id(1) } })
    expect(foldEntry([...contested, decide(4, 1, 'askBack', { base: 1 })])).toMatchObject({ contested: true })
    expect(foldEntry([...contested, revise(4, { severity: 5 }, { base: 1 })])).toMatchObject({ contested: false, review: 'edited' })
  })

  it('[DO5] who knows the first verdict overrules it, and who agrees contests nothing', () => {
    expect(foldEntry([record, decide(2, 1, 'approve', { base: 1 }), decide(3, 1, 'reopen', { by: 'tom', base: 2 })])).toMatchObject({ contested: false, review: 'received' })
    expect(foldEntry([record, decide(2, 1, 'approve', { base: 1 }), decide(3, 1, 'approve', { by: 'tom', base: 1 })])).toMatchObject({ contested: false, review: 'approved' })
  })

  it('[DO5] a contest over an older revision takes its approval back and leaves the newest open', () => {
    const edited = [record, decide(2, 1, 'approve', { base: 1 }), revise(3, { severity: 5 }, { base: 2 })]
    expect(foldEntry([...edited, decide(4, 1, 'reject', { by: 'tom', base: 1 })])).toMatchObject({ review: 'edited', contested: false, approved: null })
    expect(foldEntry([record, decide(2, 1, 'reject', { base: 1 }), revise(3, { severity: 5 }, { base: 2 }), decide(4, 1, 'approve', { by: 'tom', base: 1 })])).toMatchObject({ review: 'edited', approved: null })
  })

  it('[DO6] a question waits until a revision answers it and a verdict settles it', () => {
    const asked = [record, decide(2, 1, 'askBack', { base: 1, questions: [{ id: question, field: 'placeName', text: 'Where?' }] })]
    expect(foldEntry(asked)).toMatchObject({ review: 'hasIssues', questions: [{ answeredBy: null, settled: false, askedBy: 'ruth' }] })
    const answered = [...asked, revise(3, { placeName: 'There' }, { base: 2, answers: [question] })]
    expect(foldEntry(answered)).toMatchObject({ review: 'edited', questions: [{ answeredBy: id(3), settled: false }] })
    expect(foldEntry([...answered, decide(4, 3, 'approve', { base: 3 })])).toMatchObject({ review: 'approved', questions: [{ answeredBy: id(3), settled: true }] })
  })

  it('[DO740] of two who asked back unaware of each other both wait; a verdict that knows of both settles both', () => {
    const other = '30000000-0000-7000-8000-000000000002' as QuestionId
    const asked = [
      record, decide(2, 1, 'askBack', { base: 1, questions: [{ id: question, field: 'placeName', text: 'Where?' }] }),
      decide(3, 1, 'askBack', { by: 'tom', base: 1, questions: [{ id: other, field: 'affectedMin', text: 'Who counted?' }] }),
    ]
    expect(foldEntry(asked)).toMatchObject({ review: 'hasIssues', contested: false, questions: [{ id: question, askedBy: 'ruth', settled: false }, { id: other, askedBy: 'tom', settled: false }] })
    const answered = [...asked, revise(4, { placeName: 'There' }, { base: 3, answers: [question] })]
    expect(foldEntry(answered)).toMatchObject({ questions: [{ answeredBy: id(4), settled: false }, { answeredBy: null, settled: false }] })
    expect(foldEntry([...answered, decide(5, 4, 'approve', { base: 4 })])).toMatchObject({ review: 'approved', questions: [{ settled: true }, { settled: true }] })
    expect(foldEntry([...asked, decide(5, 1, 'askBack', { base: 3, questions: [] })])).toMatchObject({ questions: [{ settled: true }, { settled: true }] })
  })

  it('[DO7] a correction lies beside the original and opens an approved entry again', () => {
    const corrected = foldEntry([record, decide(2, 1, 'approve', { base: 1 }), step(3, 'correct', { set: { topic: 'HEA' }, unset: [] }, { by: 'ruth' })])
    expect(corrected).toMatchObject({ review: 'edited', content: { topic: 'EDU' }, corrections: { topic: { value: 'HEA', memberId: 'ruth' } }, revision: id(3), approved: { corrections: {} } })
  })

  it('[DO125] what came before its entry counts behind the first change once it is released, and no erasure by whoever came before does', () => {
    const late = step(5, 'record', { content: aChallenge({ severity: 3 }) }, { ref: 'C-000001' as Ref })
    const early = [step(1, 'erase', { reason: '' }, { by: 'other' }), { ...revise(2, { severity: 5 }, { base: 5 }), quarantined: true }, { ...step(3, 'comment', { text: 'Where?', lang: 'en' }, { by: 'ruth', base: 5 }), quarantined: true }]
    expect(foldEntry([...early, late])).toMatchObject({ content: { severity: 3 }, comments: [], revision: id(5), seq: 5 })
    const released = foldEntry([...early, late, step(6, 'release', { change: id(2) }, { by: 'ruth' }), step(7, 'release', { change: id(3) }, { by: 'ruth' })])
    expect(released).toMatchObject({ content: { severity: 5 }, conflicts: [], review: 'edited', revision: id(2), head: id(7), seq: 7, comments: [{ text: 'Where?' }] })
  })

  it('[DO8] a quarantined change counts from its own place once it is released, and only then', () => {
    const quarantined = revise(2, { severity: 5 }, { base: 1, quarantined: true })
    expect(foldEntry([record, quarantined])?.content).toMatchObject({ severity: 3 })
    expect(foldEntry([record, quarantined, revise(3, { severity: 4 }, { base: 1 }), step(4, 'release', { change: id(2) }, { by: 'ruth' })])).toMatchObject({ content: { severity: 4 }, conflicts: [{ field: 'severity' }] })
    expect(foldEntry([{ ...record, ref: undefined, quarantined: true }, step(2, 'release', { change: id(1) }, { ref: 'C-000007' as Ref })])).toMatchObject({ ref: 'C-000007' })
    expect(foldEntry([record, quarantined, step(3, 'release', { change: id(2) }, { quarantined: true })])?.content).toMatchObject({ severity: 3 })
  })

  it('[DO9] links live until they are unlinked, and the trail names each step', () => {
    const to = '40000000-0000-7000-8000-000000000000' as EntryId
    const linked = [record, step(2, 'link', { to, kind: 'answers', coverage: 'partly' })]
    expect(foldEntry(linked)?.links).toMatchObject([{ to, coverage: 'partly' }])
    expect(foldEntry([...linked, step(3, 'unlink', { link: id(2) })])?.links).toEqual([])
    expect(foldEntry([record, decide(2, 1, 'reject'), step(3, 'withdraw', { reason: 'a mistake' })])).toMatchObject({ review: 'withdrawn', withdrawReason: 'a mistake', trail: [{ step: 'recorded' }, { step: 'received' }, { step: 'reject' }, { step: 'withdrawn' }] })
  })
})
