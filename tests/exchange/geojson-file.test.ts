import { check } from '@placemarkio/check-geojson'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBounds, entryFeature } from '#exchange/geojson-file.ts'
import { geojsonCsv } from '#exchange/geojson-rows.ts'
import { csvRows } from '#exchange/csv.ts'
import { importTable } from '#exchange/import-table.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { exported } from '../support/exported.ts'

const boxOf = (points: readonly (readonly [number, number])[]) => {
  const bounds = createBounds()
  points.forEach((point) => bounds.add(point))
  return bounds.box()
}

describe('points for a map', () => {
  it('[EX103] longitude comes first, as coarse as everywhere; without a point there is no geometry; nothing of a sensitive entry', () => {
    const near = exported(aChallenge({ lat: 18.512345, lon: -72.298765, affectedSadd: { f: { '5_17': 3 } } }))
    const features = [near, exported(anAction(), { ref: 'A-000001' }), exported(aChallenge({ lat: 18.5, lon: -72.3, consentPlace: false }), { ref: 'C-000002' }), { ...near, sensitivity: 'high' as const }, { ...near, sensitivity: 'severe' as const }].map(entryFeature)
    expect(features.map((feature) => feature?.geometry)).toEqual([{ type: 'Point', coordinates: [-72.3, 18.51] }, null, null, undefined, undefined])
    expect(features[0]).toMatchObject({ type: 'Feature', id: 'C-000001', properties: { ref: 'C-000001', kind: 'challenge', topic: 'EDU', severity: 3, populationGroup: 'GEN', organisation: 'Fanm Vanyan' } })
    expect(JSON.stringify(features)).not.toMatch(/affectedSadd|consent|512345/)
    const text = JSON.stringify({ type: 'FeatureCollection', features: features.filter((feature) => feature !== null), bbox: [-72.3, 18.51, -72.3, 18.51] })
    expect(check(text)).toMatchObject({ type: 'FeatureCollection' })
    const [names = [], , first = []] = csvRows(geojsonCsv(text) ?? '')
    expect([first[names.indexOf('latitude')], first[names.indexOf('longitude')], first[names.indexOf('ref')]]).toEqual(['18.51', '-72.3', 'C-000001'])
  })

  it('[EX112] what Terrain wrote is known by itself when it comes back, both kinds in one file: the same words, codes, numbers and points', () => {
    const challenge = aChallenge({ lat: 18.51, lon: -72.3, geoPrecisionM: 1000, focusGroup: ['CHI', 'CAR'], description: '=not a formula, but someone’s words', affectedMin: 40, affectedUnit: 'people', estimateMethod: 'counted' })
    const action = anAction({ partners: ['Radio Lakay'], volunteers: 14, output: [{ item: 'food boxes', quantity: 3300 }, { item: 'masks', quantity: 1.234, unit: 'tonnes' }], reached: 120, reachedMethod: 'register' })
    const collection = (...entries: readonly ReturnType<typeof exported>[]) => JSON.stringify({ type: 'FeatureCollection', features: entries.map(entryFeature) })
    const back = importTable(geojsonCsv(collection(exported(challenge), exported(action, { ref: 'A-000001' }))) ?? '')
    expect(back?.mapping).toBe('terrain')
    expect(back?.refused).toEqual([])
    const { consentBasis: _, ...words } = challenge
    const { consentBasis: __, ...deeds } = action
    expect(back?.accepted.map(({ content }) => content)).toEqual([{ ...words, consentBasis: 'not_asked' }, { ...deeds, consentBasis: 'not_asked' }])
    // The row of an entry is the same beside others, so that a later file makes no second entry of it.
    expect(importTable(geojsonCsv(collection(exported(challenge))) ?? '')?.accepted[0]?.cells).toEqual(back?.accepted[0]?.cells)
  })

  it('[EX112] a feature that somebody added without a kind is refused; a file of others is no export', () => {
    const own = entryFeature(exported(aChallenge()))
    const features = [own, { ...own, properties: { ...own?.properties, kind: undefined } }]
    expect(importTable(geojsonCsv(JSON.stringify({ type: 'FeatureCollection', features })) ?? '')).toMatchObject({ accepted: [{ row: 3 }], refused: [{ row: 4, reason: 'not-an-entry', field: 'kind' }] })
    const others = [{ type: 'Feature', geometry: null, properties: { kind: 'well', ref: 'W-1', topic: 'water', observedOn: '2026-03-01', description: 'A well that is dry.' } }]
    expect(importTable(geojsonCsv(JSON.stringify({ type: 'FeatureCollection', features: others })) ?? '')).toBeNull()
  })

  it('[EX103] the box goes the shorter way around, across the 180th meridian too', () => {
    expect(boxOf([])).toBeNull()
    expect(boxOf([[-72.3, 18.51]])).toEqual([-72.3, 18.51, -72.3, 18.51])
    expect(boxOf([[-72.3, 18.51], [30.1, -1.9]])).toEqual([-72.3, -1.9, 30.1, 18.51])
    expect(boxOf([[178.4, -18.1], [-171.8, -13.8]])).toEqual([178.4, -18.1, -171.8, -13.8])
  })

  it('[EX103] every point lies in the box, and no box is wider than half the world without need', () => {
    const coordinate = fc.tuple(fc.integer({ min: -18_000, max: 18_000 }).map((value) => value / 100), fc.integer({ min: -9000, max: 9000 }).map((value) => value / 100))
    fc.assert(fc.property(fc.array(coordinate, { minLength: 1, maxLength: 12 }), (points) => {
      const [west, south, east, north] = boxOf(points) ?? [0, 0, 0, 0]
      for (const [lon, lat] of points) {
        expect(lat >= south && lat <= north).toBe(true)
        expect(west <= east ? lon >= west && lon <= east : lon >= west || lon <= east).toBe(true)
      }
      const width = west <= east ? east - west : east + 360 - west
      const plain = Math.max(...points.map(([lon]) => lon)) - Math.min(...points.map(([lon]) => lon))
      expect(width).toBeLessThanOrEqual(plain + 1e-9)
    }))
  })
})
