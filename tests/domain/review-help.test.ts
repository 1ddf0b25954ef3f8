import { describe, expect, it } from 'vitest'
import { sourceTypes } from '#domain/codes/code-lists.ts'
import type { EntryContent } from '#domain/entry.ts'
import { sensitivityOf } from '#domain/disclosure.ts'
import { confirmedBy, credibilitiesFor, suggestedGrades } from '#domain/grades.ts'
import { sensitivityReasons } from '#domain/sensitivity-reasons.ts'
import { aChallenge } from '../support/contents.ts'

describe('grades by rule', () => {
  const grades = (sourceType: string, independent = 0) => {
    const found = suggestedGrades({ content: aChallenge({ sourceType: sourceType as never }) }, independent)
    return found === null ? null : `${found.reliability}${found.credibility} ${found.because}`
  }

  it('[DO90] follow from how the author knows, for each answer of the form', () => {
    expect(sourceTypes.map((source) => grades(source))).toEqual(['C2 source', 'C3 source', 'C3 source', 'B3 source', 'F3 source', 'F6 source'])
    expect(grades('heard it somewhere')).toBeNull()
  })

  it('[DO90] two independent reports confirm, one does not; the source stays what it is', () => {
    expect([grades('rumour', 1), grades('secondary', 2), grades('direct_observation', 5)]).toEqual(['F6 source', 'F1 corroborated', 'C1 corroborated'])
  })

  it('[DO901] a rumour is 3 at best, however many tell it', () => {
    expect([grades('rumour', 2), grades('rumour', 40)]).toEqual(['F3 corroborated', 'F3 corroborated'])
    expect([credibilitiesFor('rumour').join(''), credibilitiesFor('direct_observation').join('')]).toEqual(['3456', '123456'])
  })
})

describe('who confirms an entry', () => {
  const link = (to: string, memberId: string, kind = 'sameAs') => ({ change: `${to} ${memberId}`, to, kind, coverage: undefined, memberId }) as never
  const by = (authors: Readonly<Record<string, string>>) => new Map(Object.entries(authors)) as never

  it('[DO90] each other person once, tied by somebody else; never the author by links of their own', () => {
    const authors = by({ a: 'nia', b: 'luz', c: 'kim' })
    expect(confirmedBy({ author: 'awa' as never, links: [link('a', 'awa'), link('b', 'awa')] }, authors)).toBe(0)
    expect(confirmedBy({ author: 'awa' as never, links: [link('a', 'ruth'), link('a', 'jean'), link('b', 'ruth'), link('c', 'ruth', 'duplicateOf')] }, authors)).toBe(2)
  })

  it('[DO90] people are counted, not entries: ten of one person are one, and those of the author are none', () => {
    const ten = Array.from({ length: 10 }, (_, n) => `entry ${n}`)
    expect(confirmedBy({ author: 'awa' as never, links: ten.map((to) => link(to, 'ruth')) }, by(Object.fromEntries(ten.map((to) => [to, 'nia']))))).toBe(1)
    expect(confirmedBy({ author: 'awa' as never, links: ten.map((to) => link(to, 'ruth')) }, by(Object.fromEntries(ten.map((to) => [to, 'awa']))))).toBe(0)
    expect(confirmedBy({ author: 'awa' as never, links: [link('a', 'ruth')] }, by({}))).toBe(0)
  })
})

describe('why an entry is sensitive', () => {
  const reasons = (content: EntryContent, corrections: Parameters<typeof sensitivityReasons>[0]['corrections'] = {}, campaign: Parameters<typeof sensitivityOf>[1] = 'moderate') => {
    const level = sensitivityOf({ content, corrections }, campaign)
    return { level, said: sensitivityReasons({ content, corrections }, level).map(({ from, code, level: own }) => [from, code, own]) }
  }
  const by = (value: unknown) => ({ value, change: 'c' as never, memberId: 'm' as never })

  it('[DO91] names topic and group, the strongest first, and each once', () => {
    expect(reasons(aChallenge({ topic: 'PRO', focusGroup: ['LGB', 'DET'] }))).toEqual({ level: 'severe', said: [['group', 'LGB', 'severe'], ['topic', 'PRO', 'high'], ['group', 'DET', 'high']] })
  })

  it('[DO91] a corrected topic counts as the author’s does, and a coordinator’s word is named', () => {
    expect(reasons(aChallenge({ topic: 'EDU' }), { topic: by('PRO') }).said).toEqual([['topic', 'PRO', 'high']])
    expect(reasons(aChallenge({ topic: 'EDU' }), { sensitivity: by('high') })).toEqual({ level: 'high', said: [['coordinator', null, 'high']] })
    expect(reasons(aChallenge({ topic: 'EDU' }), { sectorIasc: by('PRO-GBV') }).said).toEqual([['sector', 'PRO-GBV', 'high']])
  })

  it('[DO91] what nothing in the entry demands is the campaign’s own level', () => {
    expect(reasons(aChallenge({ topic: 'EDU' }))).toEqual({ level: 'moderate', said: [['campaign', null, 'moderate']] })
    expect(reasons(aChallenge({ topic: 'PRO' }), {}, 'severe').said).toEqual([['campaign', null, 'severe'], ['topic', 'PRO', 'high']])
  })
})
