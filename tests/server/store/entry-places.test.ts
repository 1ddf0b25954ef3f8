import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { EntryPlaces } from '#server/store/sql/entry-places.ts'

/** Few different ones, so that many are added, removed and added again; of some only one letter differs. */
const anId = fc.oneof(fc.uuid({ version: 7 }), fc.nat(400).map((n) => `0198c000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`), fc.nat(15).map((n) => `${n.toString(16)}198c000-0000-7000-8000-000000000000`)).map((id) => id as EntryId)

it('[ST214] whatever is added and removed, each entry stands where a map and a list would have it, and is called as it was', () => {
  fc.assert(fc.property(fc.array(fc.record({ id: anId, isGone: fc.boolean() }), { maxLength: 400 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (acts, seed) => {
    const [places, ids, added] = [new EntryPlaces(seed), [] as EntryId[], [] as (readonly [number, number])[]]
    for (const { id, isGone } of acts) {
      const place = ids.indexOf(id)
      expect(places.placeOf(id)).toBe(place === -1 ? undefined : place)
      if (place === -1) added.push([places.add(id), ids.push(id) - 1])
      else if (isGone) {
        places.remove(place)
        const last = ids.pop() as EntryId
        if (place < ids.length) ids[place] = last
      }
    }
    expect(added.map(([place]) => place)).toEqual(added.map(([, last]) => last))
    expect(places.size).toBe(ids.length)
    expect(ids.map((_, place) => places.idAt(place))).toEqual(ids)
    expect(() => places.idAt(ids.length)).toThrow('nothing stands at')
  }), { numRuns: 100 })
})

it('[ST214] ten thousand entries have room, also when their ids differ by a number that goes up', () => {
  const [places, count] = [new EntryPlaces(7), 10_000]
  const idOf = (n: number) => `0198c000-${(n % 7).toString(16).padStart(4, '0')}-7000-8000-${n.toString(16).padStart(12, '0')}` as EntryId
  for (let n = 0; n < count; n += 1) places.add(idOf(n))
  for (let n = 0; n < count; n += 3) places.remove(places.placeOf(idOf(n)) ?? -1)
  const left = Array.from({ length: count }, (_, n) => n).filter((n) => n % 3 !== 0)
  expect(places.size).toBe(left.length)
  expect(left.map((n) => places.idAt(places.placeOf(idOf(n)) ?? -1))).toEqual(left.map(idOf))
  expect(left.filter((n) => places.placeOf(idOf(n - (n % 3))) !== undefined)).toEqual([])
})
