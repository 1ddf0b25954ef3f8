import { expect, it } from 'vitest'
import { disclosedContent } from '#domain/disclosure.ts'
import { withoutContacts } from '#domain/personal-data.ts'
import { aChallenge } from '../support/contents.ts'

it('[DO820] exact points leave neither in words nor in the name of a place, however they are written', () => {
  const points = ['14.52346, -4.09235', '14.523456 -4.092345 270.1 4.5', '14,52346;4,09235', 'lat 14.52346 lon -4.09235', 'Latitude: 14.52346°, Longitude: −4.09235°', '14.5235N 4.0923W', '١٤٫٥٢٣٤٦، ٤٫٠٩٢٣٥', '14.52346/-4.09235']
  expect(points.filter((point) => /\p{Nd}[.,٫]\p{Nd}{4}/u.test(withoutContacts(`Behind ${point} the well is dry.`)))).toEqual([])
  const about = { placeName: '14.52346 -4.09235', description: 'The well at 14.52346, -4.09235 is dry.', lat: 14.52346, lon: -4.09235 }
  expect(disclosedContent(aChallenge(about), { sensitivity: 'moderate', purpose: 'export' })).toMatchObject({ placeName: '[…]', description: 'The well at […] is dry.', lat: 14.52, lon: -4.09 })
})

it('[DO820] other numbers in words stay as they are', () => {
  const words = ['From 1.200, 3.500 people came, then 1,200 1,500.', 'Half of it, 14.5, 4.1 and 3.14 km.', 'At 12.5 % of 40000 litres.', 'The 12.3456 tonnes are here.', 'Since 12.03.2026, 14.03.2026.']
  expect(words.map(withoutContacts)).toEqual(words)
})
