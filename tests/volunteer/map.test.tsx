import { fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { boundsOf, countryAt, outlineOf, outlines } from '#volunteer/map/outlines.ts'
import { drawn, moved, pointAt, positionOn, spotOf, viewOf, zoomed } from '#volunteer/map/map-view.ts'
import { joinedPhone, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { openAt } from './on-screen.tsx'

let phone: Phone | null = null
afterEach(() => phone?.device.close())

test('[VO62] outlines know their country, and a point in it', () => {
  expect(outlines.length).toBeGreaterThan(170)
  expect([countryAt(-0.09, 34.77), countryAt(18.5, -72.3), countryAt(0, -30)]).toEqual(['KEN', 'HTI', null])
  expect([outlineOf('KEN') === null, boundsOf('MLT')]).toEqual([false, null])
})

test('[VO62] a tap and its spot are one point, the view fits the country, also one over the date line', () => {
  const kenya = viewOf(boundsOf('KEN'))
  expect(drawn(kenya, outlines).length).toBeGreaterThan(4)
  const point = pointAt(kenya, 100, 120)
  const spot = point === null ? null : spotOf(kenya, point)
  expect([spot?.[0], spot?.[1]].map((value) => Math.round(value ?? NaN))).toEqual([100, 120])
  const fiji = viewOf(boundsOf('FJI'))
  expect(Math.abs(fiji.lon)).toBeGreaterThan(175)
  expect(fiji.span).toBeLessThan(30)
})

test('[VO62] a pin is no better known than the map allows, and zooming in helps', () => {
  const world = viewOf(null)
  const near = [0, 1, 2, 3, 4, 5].reduce((view) => zoomed(view, 0.5, { lat: 0, lon: 35 }), world)
  expect([positionOn(world, { lat: 0, lon: 35 }).accuracyM, positionOn(near, { lat: 0, lon: 35 }).accuracyM]).toEqual([100_000, 20_000])
  const east = moved(near, { lat: 0, lon: 179.99 }, 1, 0)
  expect(east.lon).toBeLessThan(-179)
})

test('[VO62] the pin is set and moved with keys and buttons, words say where it is, and only a rounded point is kept', async () => {
  phone = await joinedPhone()
  const { device } = phone
  const { id } = await device.createDraft('challenge')
  await device.writeDraft(id, { fields: { topic: 'WSH', country: 'KEN' } })
  const { user } = openAt(`/record/${id}/place`, device)
  await user.click(await screen.findByRole('button', { name: 'Show it on a map' }))
  const map = await screen.findByRole('button', { name: /^Map of the countries/ })
  expect(screen.getByText(/No pin yet/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Move the pin north' }))
  expect(await screen.findByText(/^Pin: Kenya, .* north, .* east, within about \d+ km$/)).toBeTruthy()
  const [first] = await until(device.drafts, ([draft]) => draft?.content.lat !== undefined)
  fireEvent.keyDown(map, { key: 'ArrowDown' })
  fireEvent.keyDown(map, { key: '+' })
  fireEvent.keyDown(map, { key: 'ArrowLeft' })
  const [second] = await until(device.drafts, ([draft]) => Number(draft?.content.lon) < Number(first?.content.lon))
  expect(Number(second?.content.lat)).toBeLessThan(Number(first?.content.lat))
  for (const value of [second?.content.lat, second?.content.lon]) expect(String(value)).toMatch(/^-?\d+(\.\d{1,2})?$/)
  expect(Number(second?.content.geoPrecisionM)).toBeGreaterThanOrEqual(10_000)
  expect(device.preferences.get()?.keepsMap).toBe(true)
})
