import { expect, test } from 'vitest'
import type { LocalEntry } from '#device/device.ts'
import { answerableFor } from '#volunteer/record/answerable.ts'
import { aChallenge } from '../support/contents.ts'

type Digest = Parameters<typeof answerableFor>[2][number]

const action = { kind: 'action' as const, topic: 'HEA', country: 'KEN', adm1Name: 'Kisumu', placeName: 'Nyalenda', lat: -0.11, lon: 34.75 }
const digest = (id: string, about: Partial<Digest> = {}): Digest => ({ entryId: id as Digest['entryId'], ref: 'C-000001' as Digest['ref'], topic: 'EDU', country: 'KEN', adm1: null, observedOn: '2026-02-01', text: id, ...about })
const own = (id: string, about: Parameters<typeof aChallenge>[0], review = 'received'): LocalEntry => ({ state: { id, kind: 'challenge', ref: null, review, content: aChallenge(about) } }) as unknown as LocalEntry

test('[VO76] the place itself comes first, then what is near, then the country; among equals the topic, the distance, the day', () => {
  const listed = answerableFor(action, [own('own near', { country: 'KEN', topic: 'HEA', placeName: 'Kibos', adm1Name: 'Kisumu' }), own('withdrawn', { country: 'KEN', placeName: 'Nyalenda' }, 'withdrawn')], [
    digest('country, topic', { topic: 'HEA' }), digest('country, newer', { observedOn: '2026-02-20' }), digest('country, older'),
    digest('abroad', { country: 'TZA' }), digest('over the border', { country: 'UGA', lat: -0.11, lon: 34.6 }),
    digest('near, 2 km', { lat: -0.13, lon: 34.75 }), digest('near, 9 km', { lat: -0.19, lon: 34.75 }), digest('region', { adm1: 'Kisumu' }),
    digest('place', { place: 'nyalenda' }), digest('place, topic', { place: 'Nyalenda', topic: 'HEA' }),
  ])
  expect(listed.map(({ text, id, isMine }) => (isMine ? id : text))).toEqual([
    'place, topic', 'place', 'own near', 'near, 2 km', 'near, 9 km', 'over the border', 'region', 'country, topic', 'country, newer', 'country, older',
  ])
  expect(Math.round(listed.find(({ text }) => text === 'near, 9 km')?.km ?? NaN)).toBe(9)
})

test('[VO76] an own challenge is listed once, though its digest has come back', () => {
  const listed = answerableFor(action, [own('twice', { country: 'KEN' })], [digest('twice')])
  expect(listed.map(({ isMine }) => isMine)).toEqual([true])
})

test('[VO314] what is chosen stays on the list, wherever the action is said to be afterwards and however many are nearer', () => {
  const near = Array.from({ length: 40 }, (_, number) => digest(`near ${number}`, { place: 'Nyalenda' }))
  const chosen = new Set(['abroad', 'near 39', 'taken back'] as Digest['entryId'][])
  const listed = answerableFor(action, [own('taken back', { country: 'KEN' }, 'withdrawn')], [digest('abroad', { country: 'TZA' }), ...near, digest('also abroad', { country: 'TZA' })], chosen).map(({ id }) => String(id))
  expect(listed).toHaveLength(30)
  for (const id of chosen) expect(listed).toContain(id)
  expect(listed).not.toContain('also abroad')
})
