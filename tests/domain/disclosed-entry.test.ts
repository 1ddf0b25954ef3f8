import { describe, expect, it } from 'vitest'
import { disclosedEntry, outputsOf } from '#domain/disclosed-entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { aChallenge, anAction } from '../support/contents.ts'

const at = '2026-03-01T08:00:00.000Z'
const corrected = (value: unknown) => ({ value, memberId: 'm2', change: 'c9', at })

/** An approved entry as the fold gives it; name only what the test is about. */
function approved(content: object, about: Partial<Record<keyof EntryState, unknown>> = {}, corrections: object = {}): EntryState {
  const cited = { revision: 'c1', contentHash: 'a'.repeat(64), content, corrections, by: 'm2', at }
  return { id: 'e1', kind: 'challenge', ref: 'C-000001', author: 'm1', content, corrections, revision: 'c1', review: 'approved', contested: false, trail: [], decisions: [], links: [], questions: [], approved: cited, receivedAt: at, ...about } as unknown as EntryState
}

describe('what of an approved entry may leave', () => {
  it('[DO126] has the translation that lies beside its words, without contacts and with who made it, and how a voice became words', () => {
    const beside = { descriptionEn: corrected({ text: 'Write to marie@example.org.', translator: 'machine' }), descriptionMethod: corrected('summary') }
    expect(disclosedEntry(approved(aChallenge(), {}, beside), 'moderate')).toMatchObject({ ref: 'C-000001', author: 'm1', translation: 'Write to […].', translator: 'machine', transcript: 'summary', receivedOn: at, revision: 'c1', contentHash: 'a'.repeat(64) })
    // Where the words are held back, so is what was made of them.
    expect(disclosedEntry(approved(aChallenge(), {}, beside), 'high')).toMatchObject({ translation: null, translator: null, transcript: null, contentHash: null })
  })

  it('[DO126] at high the words leave only where two have judged them, each without the other', () => {
    const decision = (memberId: string, applied: boolean) => ({ revision: 'c1', verdict: 'approve', memberId, applied, change: `d-${memberId}`, at })
    const words = (decisions: readonly object[]) => disclosedEntry(approved(aChallenge(), { decisions }), 'high')?.disclosed['description']
    expect([words([]), words([decision('m2', true)]), words([decision('m2', true), decision('m2', false)])]).toEqual([undefined, undefined, undefined])
    expect(words([decision('m2', true), decision('m3', false)])).toBe(aChallenge().description)
  })

  it('[DO126] is nothing where nobody approved it, somebody took that back, or it is severe; a sector that a coordinator set is told', () => {
    expect(disclosedEntry(approved(aChallenge(), { approved: null }), 'moderate')).toBeNull()
    for (const about of [{ contested: true }, { review: 'rejected' }, { review: 'reopened' }, { review: 'withdrawn' }]) expect(disclosedEntry(approved(aChallenge(), about), 'moderate')).toBeNull()
    expect(disclosedEntry(approved(aChallenge()), 'severe')).toBeNull()
    expect(disclosedEntry(approved(aChallenge(), {}, { sectorIasc: corrected('FSC') }), 'moderate')?.subject).toEqual({ kind: 'challenge', topic: aChallenge().topic, sectorIasc: 'FSC' })
  })

  it('[DO126] an action says how much was given', () => {
    const given = disclosedEntry(approved(anAction({ output: [{ item: 'boxes', quantity: 3 }, { item: 'masks', quantity: 9 }] }), { kind: 'action', ref: 'A-000001' }), 'moderate')
    expect(given === null ? null : outputsOf(given.disclosed)).toBe(2)
  })
})
