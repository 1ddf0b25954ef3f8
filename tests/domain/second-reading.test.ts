import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChangeBody, ChangeType, KnownChange, Verdict } from '#domain/change.ts'
import { foldEntry } from '#domain/fold.ts'
import type { ChangeId, DeviceId, EntryId, Instant, MemberId, Ref, Sha256 } from '#domain/ids.ts'
import { secondReading, wantsSecondReading } from '#domain/second-reading.ts'
import { aChallenge } from '../support/contents.ts'

const id = (n: number) => `20000000-0000-7000-8000-${String(n).padStart(12, '0')}` as ChangeId

/** The n-th change of one entry, received as seq n. */
function step<Type extends ChangeType>(n: number, type: Type, body: ChangeBody<Type>, about: { readonly by?: string; readonly base?: number } = {}): KnownChange {
  const change = { v: 1, id: id(n), entryId: '10000000-0000-7000-8000-000000000000' as EntryId, deviceSeq: n, type, base: about.base === undefined ? null : id(about.base), body, salt: 's'.repeat(22), recordedAt: '2026-03-01T08:00:00Z', appVersion: 'test' }
  return { change: change as unknown as KnownChange['change'], seq: n, deviceId: (about.by ?? 'author') as string as DeviceId, memberId: (about.by ?? 'author') as MemberId, receivedAt: '2026-03-01T08:00:00Z' as Instant, ...(n === 1 ? { ref: 'C-000001' as Ref } : {}) }
}
const decide = (n: number, verdict: Verdict, by: string, { base, revision = 1 }: { readonly base: number; readonly revision?: number }) => step(n, 'decide', { revision: id(revision), contentHash: 'a'.repeat(64) as Sha256, verdict, questions: [] }, { by, base })
const record = step(1, 'record', { content: aChallenge() })
const folded = (...changes: readonly KnownChange[]) => {
  const entry = foldEntry([record, ...changes])
  if (entry === null) throw new Error('nothing folded')
  return entry
}
const read = (...changes: readonly KnownChange[]) => {
  const reading = secondReading(folded(...changes))
  return reading === null ? null : [reading.state, reading.first.memberId]
}

describe('a second reading', () => {
  it('[DO120] what one person decided stands alone until another says the same or something else without having seen it', () => {
    expect(read()).toBeNull()
    expect(read(decide(2, 'askBack', 'ruth', { base: 1 }))).toBeNull()
    expect(read(decide(2, 'approve', 'ruth', { base: 1 }))).toEqual(['alone', 'ruth'])
    expect(read(decide(2, 'approve', 'ruth', { base: 1 }), decide(3, 'approve', 'jean', { base: 1 }))).toEqual(['agreed', 'ruth'])
    expect(read(decide(2, 'approve', 'ruth', { base: 1 }), decide(3, 'reject', 'jean', { base: 1 }))).toEqual(['differed', 'ruth'])
    expect(folded(decide(2, 'approve', 'ruth', { base: 1 }), decide(3, 'reject', 'jean', { base: 1 })).contested).toBe(true)
  })

  it('[DO120] nobody is their own second, who settles a contest is no third, and the same verdict leaves what counts as it was', () => {
    expect(read(decide(2, 'approve', 'ruth', { base: 1 }), decide(3, 'approve', 'ruth', { base: 1 }))).toEqual(['alone', 'ruth'])
    expect(read(decide(2, 'approve', 'ruth', { base: 1 }), decide(3, 'reject', 'jean', { base: 1 }), decide(4, 'approve', 'paul', { base: 3 }))).toEqual(['differed', 'ruth'])
    const [one, both] = [folded(decide(2, 'approve', 'ruth', { base: 1 })), folded(decide(2, 'approve', 'ruth', { base: 1 }), decide(3, 'approve', 'jean', { base: 1 }))]
    expect([both.review, both.approved, both.contested]).toEqual([one.review, one.approved, false])
  })

  it('[DO121] it is about the newest words, and only while the verdict on them stands', () => {
    const approved = decide(2, 'approve', 'ruth', { base: 1 })
    const revised = step(3, 'revise', { set: { severity: 5 }, unset: [], answers: [] }, { base: 2 })
    expect(read(approved, revised)).toBeNull()
    expect(read(approved, revised, decide(4, 'reject', 'jean', { base: 3, revision: 3 }))).toEqual(['alone', 'jean'])
    expect(read(approved, decide(3, 'reopen', 'jean', { base: 2 }))).toBeNull()
    expect(read(approved, step(3, 'withdraw', {}, { base: 2 }))).toBeNull()
  })

  it('[DO122] the sample takes so many of a hundred, whatever the entry; an approved quote of high sensitivity is always in it', () => {
    const entry = folded(decide(2, 'approve', 'ruth', { base: 1 }))
    fc.assert(fc.property(fc.integer({ min: 0, max: 100 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (percent, draw) => {
      expect(wantsSecondReading(entry, 'moderate', { percent, draw })).toBe(draw * 100 < percent)
    }))
    const quoted = { ...entry, content: aChallenge({ quote: 'We boil it twice.', consentQuote: true }) }
    const always = (about: object, sensitivity: 'moderate' | 'high' | 'severe') => wantsSecondReading({ ...quoted, ...about }, sensitivity, { percent: 0, draw: 0.5 })
    expect([always({}, 'high'), always({}, 'moderate'), always({}, 'severe'), always({ review: 'rejected' }, 'high'), always({ content: aChallenge() }, 'high')]).toEqual([true, false, false, false, false])
  })
})
