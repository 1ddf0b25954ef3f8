import { describe, expect, it } from 'vitest'
import { changeSummary } from '#domain/change-summary.ts'
import type { Change } from '#domain/change.ts'

const summary = (type: string, body: unknown) => changeSummary({ type, body } as Change)

describe('what a change does, in short', () => {
  it('[DO100] names act, verdict, fields and reason, and no word of the entry', () => {
    expect(summary('record', { content: { description: { text: 'secret' } } })).toEqual({ act: 'record', verdict: null, fields: [], reason: null, linkKind: null })
    expect(summary('revise', { set: { topic: 'HEA', place: 'secret' }, unset: ['topic', 'need'], answers: [] })).toMatchObject({ act: 'revise', fields: ['topic', 'place', 'need'] })
    expect(summary('decide', { verdict: 'askBack', reason: 'unclear', questions: [{ id: 'q', field: 'severity', text: 'secret' }] })).toEqual({ act: 'decide', verdict: 'askBack', fields: ['severity'], reason: 'unclear', linkKind: null })
    expect(summary('comment', { text: 'secret', lang: 'en' })).toMatchObject({ act: 'comment', reason: null })
    expect(summary('erase', { reason: 'asked to' })).toMatchObject({ reason: 'asked to' })
    expect(summary('link', { kind: 'answers', to: 'x' })).toMatchObject({ linkKind: 'answers' })
  })

  it('[DO101] a correction that only lays a translation beside the words is a translation', () => {
    expect(summary('correct', { set: { descriptionEn: { text: 'secret' } }, unset: [] })).toMatchObject({ act: 'translate', fields: ['descriptionEn'] })
    expect(summary('correct', { set: { descriptionEn: {}, topic: 'HEA' }, unset: [] }).act).toBe('correct')
  })
})
