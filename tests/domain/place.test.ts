import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { areasOf, belongsTo, districtsOf, regionsOf } from '#domain/areas.ts'
import { consentWordingVersion, isAgreed, underNewestConsent } from '#domain/consent.ts'
import { digestSource, disclosedContent, keptPoint, offeredPrecision, reportSource } from '#domain/disclosure.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { entryContentSchema } from '#domain/entry.ts'
import { distanceKm, nearnessOf } from '#domain/nearness.ts'
import type { Whereabouts } from '#domain/nearness.ts'
import * as v from 'valibot'
import { aChallenge } from '../support/contents.ts'

describe('how exactly a place is kept', () => {
  const exact = { lat: -0.091702, lon: 34.767957, accuracyM: 18 }

  it('[DO41] coarse is a point of the grid, region is none, exact is as it was found', () => {
    expect(keptPoint(exact, 'km')).toEqual({ lat: -0.09, lon: 34.77, geoPrecisionM: 1000 })
    expect(keptPoint({ ...exact, accuracyM: 4200 }, 'km')).toMatchObject({ geoPrecisionM: 4200 })
    expect(keptPoint(exact, 'region')).toEqual({ lat: undefined, lon: undefined, geoPrecisionM: undefined })
    expect(keptPoint(exact, 'exact')).toEqual({ lat: -0.091702, lon: 34.767957, geoPrecisionM: 18 })
  })

  it('[DO41] every position of one cell is kept as one point: entries from one place cannot be averaged', () => {
    fc.assert(fc.property(fc.double({ min: -89, max: 89, noNaN: true }), fc.double({ min: -179, max: 179, noNaN: true }), (lat, lon) => {
      const kept = keptPoint({ lat, lon, accuracyM: 5 }, 'km')
      const again = keptPoint({ lat: kept.lat ?? NaN, lon: kept.lon ?? NaN, accuracyM: 5 }, 'km')
      expect(again).toEqual(kept)
      expect(Math.abs((kept.lat ?? NaN) - lat)).toBeLessThanOrEqual(0.0051)
      expect(String(kept.lat).split('.')[1]?.length ?? 0).toBeLessThanOrEqual(2)
    }))
  })

  it('[DO41] exact is never offered first, and where somebody could be harmed only the region is', () => {
    expect((['low', 'moderate', 'high', 'severe'] as const).map(offeredPrecision)).toEqual(['km', 'km', 'region', 'region'])
  })
})

describe('areas of a campaign', () => {
  const areas = [
    { code: 'HT01', name: 'Ouest', country: 'HTI' }, { code: 'HT0111', name: 'Port-au-Prince', country: 'HTI', within: 'HT01' },
    { code: 'NGA033022', name: 'Dakar', country: 'SEN' }, { code: 'ht2', name: 'Sud', country: 'HTI' }, 'Nord', null,
  ]

  it('[DO36] areas that fit are offered, by country and region, and a wrong line spoils no list', () => {
    const kept = areasOf({ areas })
    expect(kept.map(({ code }) => code)).toEqual(['HT01', 'HT0111'])
    expect([regionsOf(kept, 'HTI').length, regionsOf(kept, 'SEN').length, districtsOf(kept, 'HT01').map(({ name }) => name)]).toEqual([1, 0, ['Port-au-Prince']])
    expect([areasOf({}), areasOf({ areas: 'HT01' })]).toEqual([[], []])
  })

  it('[DO36] a code belongs to the country that it begins with, in two letters or three', () => {
    expect([belongsTo('HT01', 'HTI'), belongsTo('HTI-OU', 'HTI'), belongsTo('NGA033022', 'SEN'), belongsTo('SN01', 'SEN')]).toEqual([true, true, false, true])
  })
})

describe('consent', () => {
  const cited = aChallenge({ quote: 'We are tired.', consentQuote: true, consentPlace: true, lat: 18.5, lon: -72.3 })

  it('[DO37] a place that people did not agree to leaves as its region', () => {
    const shown = disclosedContent(aChallenge({ consentPlace: false, lat: 18.5, lon: -72.3, adm2Code: 'HT0111' }), { sensitivity: 'low', purpose: 'public' })
    expect(shown).toMatchObject({ country: 'HTI', adm1Name: 'Ouest', observedOn: '2026-02-26' })
    for (const field of ['placeName', 'lat', 'lon', 'adm2Code']) expect(shown).not.toHaveProperty(field)
    expect(disclosedContent(cited, { sensitivity: 'low', purpose: 'public' })).toHaveProperty('placeName')
  })

  it('[DO38] what was taken back after the approval is not shown, without waiting for another approval', () => {
    const newest = { ...aChallenge({ consentQuote: false, consentPlace: false }) }
    expect(disclosedContent(underNewestConsent(cited, newest), { sensitivity: 'low', purpose: 'public' })).not.toHaveProperty('quote')
    expect(underNewestConsent(aChallenge({ consentQuote: false }), aChallenge({ consentQuote: true }))).toMatchObject({ consentQuote: false })
    const entry = { kind: 'challenge', review: 'edited', contested: false, trail: [], content: newest, corrections: {}, approved: { revision: 'r', content: cited, corrections: {} } } as unknown as EntryState
    expect(digestSource(entry)?.content).toMatchObject({ consentPlace: false })
  })

  it('[DO38] a photo that its author took out after the approval is not shown either', () => {
    const photo = (n: number) => ({ sha256: String(n).repeat(64) as never, bytes: 10, type: 'image/jpeg' as const, width: 1, height: 1, thumb: { sha256: 'e'.repeat(64) as never, bytes: 10 } })
    const cited = aChallenge({ photos: [photo(1), photo(2)], consentPhoto: true })
    expect(underNewestConsent(cited, aChallenge({ photos: [photo(2)], consentPhoto: true })).photos).toEqual([photo(2)])
    expect(underNewestConsent(cited, aChallenge()).photos).toEqual([])
    expect(underNewestConsent(cited, aChallenge({ photos: [photo(1), photo(2), photo(3)], consentPhoto: true })).photos).toEqual(cited.photos)
  })

  it('[DO830] words of somebody and a place that its author took out after the approval are told no longer, nor what was corrected of them', () => {
    const { quote: _, consentQuote: __, ...silent } = { ...cited, quoteRole: 'mother', consentBasis: 'no_person' as const }
    const without = underNewestConsent({ ...cited, quoteRole: 'mother' }, silent)
    for (const field of ['quote', 'quoteRole']) expect(without).not.toHaveProperty(field)
    expect(without).toMatchObject({ placeName: 'Croix-des-Bouquets', lat: 18.5 })
    const { placeName: ___, lat: ____, lon: _____, ...region } = cited
    const coarse = underNewestConsent(cited, region)
    for (const field of ['placeName', 'lat', 'lon']) expect(coarse).not.toHaveProperty(field)
    expect(coarse).toMatchObject({ quote: 'We are tired.', adm1Name: 'Ouest' })
    // Written anew it waits to be read, and what was approved stands until then.
    expect(underNewestConsent(cited, { ...cited, quote: 'We go on.', placeName: 'Tabarre' })).toEqual(cited)
    const corrections = { placeName: { value: 'Camp of the brick works', change: 'c', memberId: 'm' }, topic: { value: 'HEA', change: 'c', memberId: 'm' } }
    const entry = { kind: 'challenge', review: 'edited', contested: false, trail: [], content: region, corrections: {}, approved: { revision: 'r', content: cited, corrections } } as unknown as EntryState
    expect(digestSource(entry)?.corrections).toEqual({ topic: corrections.topic })
    expect([reportSource(entry)?.content.placeName, reportSource(entry)?.content.topic]).toEqual([undefined, 'HEA'])
  })

  it('[DO38] an entry that nobody was asked about any more shows nothing of theirs', () => {
    const shown = disclosedContent(underNewestConsent(cited, aChallenge({ consentBasis: 'not_asked' })), { sensitivity: 'low', purpose: 'public' })
    for (const field of ['quote', 'placeName', 'lat', 'lon', 'adm2Code']) expect(shown).not.toHaveProperty(field)
    // The same where the revision that says so was approved itself.
    const approved = { ...cited, consentBasis: 'not_asked' as const }
    expect(disclosedContent(underNewestConsent(approved, approved), { sensitivity: 'low', purpose: 'public' })).not.toHaveProperty('placeName')
    expect(disclosedContent(approved, { sensitivity: 'low', purpose: 'public' })).not.toHaveProperty('placeName')
    // A place that an import brought was never asked about, and is as its source gave it.
    const { consentPlace: _, ...brought } = approved
    expect(disclosedContent(brought, { sensitivity: 'low', purpose: 'public' })).toHaveProperty('placeName')
  })

  it('[DO39] an entry keeps by which words consent was asked, and neither these nor the answers leave', () => {
    const asked = aChallenge({ consentPlace: true, consentWording: { version: consentWordingVersion, lang: 'fr' } })
    expect(v.is(entryContentSchema, asked)).toBe(true)
    expect(v.is(entryContentSchema, { ...asked, consentWording: { version: 0, lang: 'fr' } })).toBe(false)
    expect(Object.keys(disclosedContent(asked, { sensitivity: 'low', purpose: 'export' }) ?? {}).filter((field) => field.startsWith('consent'))).toEqual([])
    expect([isAgreed('verbal'), isAgreed('guardian'), isAgreed('no_person'), isAgreed('not_asked')]).toEqual([true, true, false, false])
  })
})

describe('what is near', () => {
  const here: Whereabouts = { country: 'KEN', region: 'Kisumu', place: 'Nyalenda', lat: -0.11, lon: 34.75 }
  const there = (about: Partial<Whereabouts>): Whereabouts => ({ country: 'KEN', region: undefined, place: undefined, lat: undefined, lon: undefined, ...about })

  it('[DO40] the same name is the same place, however it is written; the region and 25 km are near, over a border too', () => {
    expect(nearnessOf(here, there({ place: ' nyalenda' }))).toBe('place')
    expect(nearnessOf({ ...here, place: 'Érevan' }, there({ place: 'erevan' }))).toBe('place')
    expect(nearnessOf(here, there({ region: 'KISUMU', place: 'Kibos' }))).toBe('near')
    expect(nearnessOf(here, there({ country: 'UGA', lat: -0.11, lon: 34.6 }))).toBe('near')
    expect(nearnessOf(here, there({ place: 'Lodwar', lat: 3.12, lon: 35.6 }))).toBe('country')
    expect(nearnessOf(here, there({ country: 'UGA', place: 'Nyalenda' }))).toBe('far')
    // A name that another place far away has too.
    expect(nearnessOf(here, there({ place: 'Nyalenda', lat: 3.12, lon: 35.6 }))).toBe('country')
  })

  it('[DO40] a distance is as the crow flies, over the date line too, and unknown without two points', () => {
    expect(distanceKm({ lat: 0, lon: 179.9 }, { lat: 0, lon: -179.9 })).toBeCloseTo(22.2, 0)
    expect(distanceKm(here, here)).toBe(0)
    expect(distanceKm(here, { lat: undefined, lon: 3 })).toBeNull()
  })
})
