import { screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { installWayOf } from '#volunteer/install/install-way.ts'
import { joinedPhone } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { arabic, openAt, volunteerGround } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.device.close()
})
const join = async (): Promise<Phone> => {
  const phone = await joinedPhone()
  phones.push(phone)
  return phone
}

const topics = () => [...document.querySelectorAll('main details > summary')].map((summary) => summary.textContent)

test('[VO92] help is found by any word of it, in any case and without accents, and says when there is nothing', async () => {
  const { device } = await join()
  const { user } = openAt('/help', device)
  const search = await screen.findByRole('searchbox', { name: 'What are you looking for?' })
  expect(topics()).toHaveLength(9)
  await user.type(search, 'LOST')
  expect(topics()).toContain('If the phone is full, or lost')
  await user.clear(search)
  await user.type(search, 'ambulance helicopter')
  expect(topics()).toEqual([])
  expect(screen.getByText(/Nothing about this here/)).toBeTruthy()
})

test('[VO92] help speaks the chosen language, and leads to the practice', async () => {
  const { device } = await join()
  openAt('/help', device, { language: arabic })
  expect(await screen.findByRole('heading', { name: 'كيف يعمل' })).toBeTruthy()
  expect(screen.getByRole('link', { name: /تدريب/ }).getAttribute('href')).toBe('/practice')
})

test.each([
  ['an iPhone in Safari', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1', { maxTouchPoints: 5, isStandalone: false }, 'ios'],
  ['an iPad, which calls itself a Mac', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15', { maxTouchPoints: 5, isStandalone: false }, 'ios'],
  ['a Mac', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15', { maxTouchPoints: 0, isStandalone: false }, 'menu'],
  ['a window of Instagram', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 300.0', { maxTouchPoints: 5, isStandalone: false }, 'inside'],
  ['a window of Facebook on Android', 'Mozilla/5.0 (Linux; Android 13; SM-A135F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/440.0]', { maxTouchPoints: 5, isStandalone: false }, 'inside'],
  ['any other app’s view on an iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148', { maxTouchPoints: 5, isStandalone: false }, 'inside'],
  ['Chrome on Android', 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36', { maxTouchPoints: 5, isStandalone: false }, 'menu'],
  ['an app on the home screen of an iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148', { maxTouchPoints: 5, isStandalone: true }, 'installed'],
] as const)('[VO93] %s gets its own steps', (_, userAgent, rest, way) => {
  expect(installWayOf({ userAgent, ...rest })).toBe(way)
})

test.each([['ios', 3, /Safari may clear/], ['menu', 3, /opens like any other app/], ['inside', 2, /belongs to another app/]] as const)('[VO93] the steps for %s are told in pictures and sentences', async (way, steps, why) => {
  const { device } = await join()
  openAt('/install', device, { ground: volunteerGround({ installWay: () => way }) })
  expect(await screen.findByText(why)).toBeTruthy()
  const items = document.querySelectorAll('main ol > li')
  expect([items.length, ...[...items].map((item) => item.querySelectorAll('svg').length)]).toEqual([steps, ...Array.from({ length: steps }, () => 1)])
})
