import { describe, expect, it } from 'vitest'
import { disclosedLinks } from '#domain/disclosed-links.ts'
import type { LinkEnd } from '#domain/disclosed-links.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { EntryId } from '#domain/ids.ts'

const end = (ref: string, sensitivity = 'moderate', disclosed: object = { placeName: 'Les Cayes' }) => ({ ref, sensitivity, disclosed }) as unknown as LinkEnd
const link = (kind: string, to: string, about: object = {}) => ({ kind, to, coverage: undefined, memberId: 'ruth', change: `${kind}-${to}`, ...about })
const from = end('A-000001')
const told = (links: readonly object[], ends: Readonly<Record<string, LinkEnd>>, one = from) => disclosedLinks({ links, author: 'awa' } as unknown as EntryState, one, new Map(Object.entries(ends)) as unknown as ReadonlyMap<EntryId, LinkEnd>)

describe('what entries have to do with each other, in files', () => {
  it('[DO900] is told by their references, each link once, with the furthest that anybody said', () => {
    const links = [link('answers', 'well', { coverage: 'partly', memberId: 'awa' }), link('answers', 'well', { coverage: 'unknown' }), link('answers', 'well', { coverage: 'mostly' }), link('answers', 'road'), link('updateOf', 'before', { memberId: 'awa' })]
    expect(told(links, { well: end('C-000002'), road: end('C-000003'), before: end('A-000004') })).toEqual([
      { from: 'A-000001', kind: 'answers', to: 'C-000002', coverage: 'mostly' }, { from: 'A-000001', kind: 'answers', to: 'C-000003', coverage: 'unknown' }, { from: 'A-000001', kind: 'updateOf', to: 'A-000004', coverage: null },
    ])
  })

  it('[DO900] that two tell of one event is no word of their author', () => {
    const links = [link('duplicateOf', 'other', { memberId: 'awa' }), link('sameAs', 'other', { memberId: 'awa' }), link('duplicateOf', 'third')]
    expect(told(links, { other: end('A-000002'), third: end('A-000003') }).map(({ kind, to }) => `${kind} ${to}`)).toEqual(['duplicateOf A-000003'])
  })

  it('[DO900] is not told of what is highly sensitive, of what files do not hold, nor between a place and a region alone', () => {
    const answers = [link('answers', 'other')]
    expect(told(answers, {})).toEqual([])
    for (const other of [end('C-000002', 'high'), end('C-000002', 'moderate', {}), end('C-000002', 'low', { adm1Code: 'HT07' })]) expect(told(answers, { other })).toEqual([])
    expect(told(answers, { other: end('C-000002') }, end('A-000001', 'high'))).toEqual([])
    expect(told(answers, { other: end('C-000002') }, end('A-000001', 'low', { adm1Name: 'Sud' }))).toEqual([])
    // Neither says where it is, so neither tells it of the other.
    expect(told(answers, { other: end('C-000002', 'low', {}) }, end('A-000001', 'moderate', {}))).toHaveLength(1)
    expect(told(answers, { other: end('C-000002', 'low', { lat: 18.51 }) })).toHaveLength(1)
  })
})
