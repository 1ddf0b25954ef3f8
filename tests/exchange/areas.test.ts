import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { areaListSchema, areaName, areasAt, ringPoints } from '#domain/areas.ts'
import type { Area } from '#domain/areas.ts'
import { readAreas } from '#exchange/areas/read-areas.ts'
import { topologyFeatures } from '#exchange/areas/topology.ts'

// Natural Earth, public domain, by world-atlas (ISC): real outlines.
const worldAtlas = readFileSync(createRequire(import.meta.url).resolve('world-atlas/countries-50m.json'), 'utf8')
type Feature = { readonly properties: { readonly name: string }; readonly geometry: { readonly coordinates: unknown } }
const world = (topologyFeatures(JSON.parse(worldAtlas)) as { readonly features: readonly Feature[] }).features
const outlineOf = (name: string) => world.find(({ properties }) => properties.name === name)?.geometry
const square = (lon: number, lat: number, size = 1) => ({ type: 'Polygon', coordinates: [[[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]] })
const file = (features: readonly (readonly [Record<string, unknown>, unknown])[], more = {}) => JSON.stringify({ type: 'FeatureCollection', ...more, features: features.map(([properties, geometry]) => ({ type: 'Feature', properties, geometry })) })
const read = (text: string) => {
  const reading = readAreas(text)
  if (!reading.ok) throw new Error(reading.problem)
  return reading.value
}
const refusals = (text: string) => read(text).refused.map(({ reason }) => reason)

describe('areas from files of boundaries', () => {
  it('[EX27] regions and districts come with their P-codes and their names in every language of the file', () => {
    const { areas, refused, languages } = read(file([
      [{ ADM0_PCODE: 'SD', ADM1_PCODE: 'SD15', ADM1_EN: 'Aj Jazirah', ADM1_AR: 'الجزيرة' }, square(32, 13)],
      [{ ADM0_PCODE: 'SD', ADM1_PCODE: 'SD15', ADM1_EN: 'Aj Jazirah', ADM1_AR: 'الجزيرة', ADM2_PCODE: 'SD15031', ADM2_EN: 'Medani Al Kubra', ADM2_AR: 'مدني الكبرى' }, square(32, 13, 0.5)],
    ]))
    expect(refused).toEqual([])
    expect(languages).toEqual(['ar'])
    expect(areas.map(({ code, country, within }) => [code, country, within])).toEqual([['SD15', 'SDN', undefined], ['SD15031', 'SDN', 'SD15']])
    expect(areas.map((area) => areaName(area, 'ar'))).toEqual(['الجزيرة', 'مدني الكبرى'])
    expect(areaName(areas[0] as Area, 'ru')).toBe('Aj Jazirah')
    expect(v.is(areaListSchema, areas)).toBe(true)
  })

  it('[EX27] the other usual makers of boundaries are understood too, and districts bring their regions along', () => {
    const { areas } = read(file([
      [{ adm1_pcode: 'ML01', adm1_name: 'Kayes', lang: 'fr', adm1_name1: 'خاي', lang1: 'ar', adm0_pcode: 'ML', adm2_pcode: 'ML0101', adm2_name: 'Bafoulabé' }, square(-10, 13)],
      [{ shapeISO: 'HT-OU', shapeName: 'Ouest', shapeGroup: 'HTI', shapeType: 'ADM1' }, square(-72.5, 18.4)],
      [{ iso_3166_2: 'KE-30', adm0_a3: 'KEN', name: 'Nairobi', name_fr: 'Nairobi', name_ar: 'نيروبي' }, square(36.7, -1.4)],
      [{ admin1Pcode: 'HT02', admin1Name_en: 'South-East', admin1Name_fr: 'Sud-Est', admin1Name_ht: 'Sidès' }, square(-72, 18.1)],
    ]))
    expect(areas.map(({ code, name, within }) => [code, name, within])).toEqual([
      ['HT-OU', 'Ouest', undefined], ['HT02', 'South-East', undefined], ['KE-30', 'Nairobi', undefined], ['ML01', 'Kayes', undefined], ['ML0101', 'Bafoulabé', 'ML01'],
    ])
    expect(areas.map(({ names }) => names)).toEqual([undefined, { fr: 'Sud-Est', ht: 'Sidès' }, { ar: 'نيروبي' }, { ar: 'خاي' }, undefined])
  })

  it('[EX28] every shape that becomes no area is named with its reason, and the file as a whole too', () => {
    expect(refusals(file([
      [{ ADM1_PCODE: 'HT01', ADM1_EN: 'Ouest' }, { type: 'Point', coordinates: [-72, 18] }],
      [{ ADM1_PCODE: 'HT01', ADM1_EN: 'Ouest' }, square(780_000, 2_000_000)],
      [{ ADM0_PCODE: 'HT', ADM0_EN: 'Haiti' }, square(-73, 18)],
      [{ ADM3_PCODE: 'HT010101', ADM3_EN: 'Turgeau', ADM2_PCODE: 'HT0101' }, square(-72, 18)],
      [{ name: 'Somewhere' }, square(-72, 18)],
      [{ ADM0_PCODE: 'SN', ADM1_PCODE: 'NGA033022', ADM1_EN: 'Dakar' }, square(-17, 14)],
      [{ pcode: '05', name: 'Antioquia' }, square(-76, 6)],
      [{ pcode: 'QQ05', name: 'Nowhere' }, square(-76, 6)],
      [{ ADM1_PCODE: 'HT03' }, square(-72, 19)],
      [{ ADM1_PCODE: 'HT04', ADM1_EN: 'Nord-Est' }, square(-72, 19)],
      [{ ADM1_PCODE: 'HT04', ADM1_EN: 'Nord-Est' }, square(-72, 19)],
      [{ ADM2_PCODE: 'HT0901', ADM2_EN: 'Port-de-Paix' }, square(-73, 20)],
    ]))).toEqual(['not-a-polygon', 'not-degrees', 'is-country', 'too-fine', 'code-missing', 'code-of-another-country', 'code-malformed', 'country-unknown', 'name-missing', 'code-twice', 'region-missing'])
    const problemOf = (text: string) => {
      const reading = readAreas(text)
      return reading.ok ? null : reading.problem
    }
    expect([problemOf('hello'), problemOf('{"type":"Feature"}'), problemOf(file([], { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32618' } } })), problemOf(file([], { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } } }))])
      .toEqual(['not-json', 'not-boundaries', 'other-projection', null])
  })

  it('[EX28] the countries of the world are no areas of a campaign: each says so', () => {
    const { areas, refused } = read(worldAtlas)
    expect(areas).toEqual([])
    expect(refused).toHaveLength(world.length)
    expect(refused.find(({ name }) => name === 'Haiti')?.reason).toBe('is-country')
  })

  it('[EX29] real outlines become coarse enough for a phone and still hold the same places', () => {
    const shapes = ['Haiti', 'Mali', 'Kenya', 'Indonesia', 'Norway', 'Philippines', 'Canada', 'Chile', 'Russia', 'Greece', 'United States of America', 'China', 'Brazil', 'Japan', 'Papua New Guinea', 'Argentina', 'Australia', 'Sweden', 'Finland', 'Croatia']
    const codes = ['HT01', 'ML01', 'KE01', 'ID01', 'NO01', 'PH01', 'CA01', 'CL01', 'RU01', 'GR01', 'US01', 'CN01', 'BR01', 'JP01', 'PG01', 'AR01', 'AU01', 'SE01', 'FI01', 'HR01']
    const { areas } = read(file(shapes.map((name, index) => [{ ADM1_PCODE: codes[index], ADM1_EN: name }, outlineOf(name)] as const)))
    expect(areas).toHaveLength(shapes.length)
    const points = areas.reduce((sum, { outline = [] }) => sum + outline.reduce((count, ring) => count + ring.length / 2, 0), 0)
    expect(points).toBeGreaterThan(3000)
    expect(points).toBeLessThanOrEqual(12_000)
    expect(JSON.stringify(areas).length).toBeLessThan(120_000)
    const at = (lat: number, lon: number) => areasAt(areas, { lat, lon }).map(({ name }) => name)
    expect([at(18.54, -72.34), at(12.64, -8), at(-1.28, 36.82), at(59.91, 10.75), at(55.75, 37.6), at(0, 0)]).toEqual([['Haiti'], ['Mali'], ['Kenya'], ['Norway'], ['Russia'], []])
  })

  it('[EX29] two neighbours keep the border that they share', () => {
    // Each as a ring of its own that begins elsewhere and runs the other way.
    const border = Array.from({ length: 4000 }, (_, index): [number, number] => [10 + Math.sin(index / 40) * 0.4 + Math.sin(index) * 0.01, 20 + index / 1000])
    const west = [...border, [5, 24], [5, 20], border[0]]
    const east = [[15, 20], ...border, [15, 24], [15, 20]].toReversed()
    const { areas } = read(file(Array.from({ length: 6 }, (_, index) => [{ ADM1_PCODE: `ML0${index}`, ADM1_EN: 'x' }, { type: 'Polygon', coordinates: [index % 2 === 0 ? west : east] }] as const)))
    const inner = (area: Area | undefined) => new Set((area?.outline ?? []).flatMap((ring) => ringPoints(ring)).filter(([x]) => x > 9_000 && x < 11_000).map(String))
    const [one, other] = [inner(areas[0]), inner(areas[1])]
    expect(one.size).toBeGreaterThan(100)
    expect(one.size).toBeLessThan(2500)
    expect([...one].filter((point) => !other.has(point)).length).toBeLessThan(8)
  })

  it('[EX29] an island smaller than what is left out goes, the largest part of an area never does', () => {
    const island = [[[1, 1], [1.001, 1], [1.001, 1.001], [1, 1.001], [1, 1]]]
    const { areas } = read(file([[{ ADM1_PCODE: 'GR01', ADM1_EN: 'x' }, { type: 'MultiPolygon', coordinates: [island] }]]))
    expect(areas[0]?.outline).toHaveLength(1)
  })

  it('[EX29] a border that bends a little more from point to point is read in seconds, not in minutes', () => {
    const ring = Array.from({ length: 400_000 }, (_, index): [number, number] => [Math.cos((index / 400_000) * 6.283) * 10 + (index % 2) * 0.3, Math.sin((index / 400_000) * 6.283) * 10])
    const { areas } = read(file([[{ ADM1_PCODE: 'ML01', ADM1_EN: 'x' }, { type: 'Polygon', coordinates: [[...ring, ring[0]]] }]]))
    expect(areas[0]?.outline?.flat().length).toBeLessThan(24_001)
  }, 15_000)
})
