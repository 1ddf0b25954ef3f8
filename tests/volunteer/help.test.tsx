import { screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { installWayOf } from '#volunteer/install/install-way.ts'
import { fail, ok } from '#domain/result.ts'
import { openDevice } from '#device/open-device.ts'
import { joinedPhone, newDatabaseName, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { testGround } from '../support/test-ground.ts'
import { arabic, browsers, deviceWith, openAt, volunteerGround } from './on-screen.tsx'

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

test('[VO288] a word in another form finds what stands there in this one; one that stands there as it is finds no other', async () => {
  const { device } = await join()
  const english = openAt('/help', device)
  const search = await screen.findByRole('searchbox')
  await english.user.type(search, 'photographs')
  expect(topics()).toEqual(['Keep people safe'])
  await english.user.clear(search)
  await english.user.type(search, 'lost')
  expect(topics()).not.toContain('If you are interrupted')
  english.unmount()
  const { user } = openAt('/help', device, { language: arabic })
  await user.type(await screen.findByRole('searchbox'), 'صورة')
  expect(topics()).toContain('احمِ الناس')
})

test.each([
  ['erase', 'What becomes of an entry'], ['voice', 'Write down what you see'], ['place', 'Keep people safe'], ['consent', 'Keep people safe'],
])('[VO92] who looks for “%s” finds it', async (word, topic) => {
  const { device } = await join()
  const { user } = openAt('/help', device)
  await user.type(await screen.findByRole('searchbox'), word)
  expect(topics()).toContain(topic)
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
  openAt('/install', device, { ground: volunteerGround({ browsing: () => browsers[way] }) })
  expect(await screen.findByText(why)).toBeTruthy()
  const items = document.querySelectorAll('main > ol > li')
  expect([items.length, ...[...items].map((item) => item.querySelectorAll('svg').length)]).toEqual([steps, ...Array.from({ length: steps }, () => 1)])
})

const code = { text: 'Terrain {"v":1}', expiresAt: '2026-03-01T09:30:00Z' as never, drafts: 1, photosLeft: 2, voicesLeft: 1 }

test('[VO94] first what is only here is sent; the code is copied, and says until when it is good and what stays behind', async () => {
  const phone = await join()
  phone.server.fault({ before: () => 'no-answer' })
  await savedChallenge(phone.device)
  const copied: string[] = []
  const ground = volunteerGround({ browsing: () => browsers.ios, copy: (text) => Promise.resolve(copied.push(text) > 0) })
  const { user } = openAt('/install', deviceWith(phone.device, { askToMove: () => Promise.resolve(ok(code)) }), { ground })
  expect(await screen.findByText('First send what is only here: 1 entry.')).toBeTruthy()
  phone.server.fault(null)
  await user.click(screen.getByRole('button', { name: 'Send now' }))
  expect(await screen.findByText(/Everything you saved has been received/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Get the code and copy it' }))
  expect(await screen.findByText(/^Copied\./)).toBeTruthy()
  expect(copied).toEqual([code.text])
  expect(screen.getByRole('textbox', { name: 'The code' })).toHaveProperty('value', code.text)
  expect(screen.getByText(/cannot move along: 2 photos and 1 voice note/)).toBeTruthy()
  expect(screen.getByText(/good once, until 09:30|good once, until 9:30/)).toBeTruthy()
  // What the button began has ended before the phone is closed.
  await phone.device.flush()
})

test('[VO94] without an answer there is no code, and where nothing moves nothing is offered', async () => {
  const phone = await join()
  const device = deviceWith(phone.device, { askToMove: () => Promise.resolve(fail({ kind: 'unreachable', code: 'no-answer' })) })
  const first = openAt('/install', device, { ground: volunteerGround({ browsing: () => browsers.inside }) })
  await first.user.click(await screen.findByRole('button', { name: 'Get the code and copy it' }))
  expect(await screen.findByText(/There was no code/)).toBeTruthy()
  first.unmount()
  openAt('/install', device)
  expect(await screen.findByText(/opens like any other app/)).toBeTruthy()
  expect(screen.queryByText('Move your notebook into the app')).toBeNull()
})

test('[VO94] in the app that has no notebook yet the code is pasted, and what is no code is told so', async () => {
  const { server } = await join()
  const device = await openDevice(testGround({ databaseName: newDatabaseName(), fetch: server.fetch }))
  const { user } = openAt('/', device, { ground: volunteerGround({ browsing: () => browsers.installed }) })
  const field = await screen.findByRole('textbox', { name: 'The code from the browser' })
  await user.type(field, 'hello')
  await user.click(screen.getByRole('button', { name: 'Bring my notebook here' }))
  expect(await screen.findByText('This is no code from Terrain. Copy it once more.')).toBeTruthy()
  await user.clear(field)
  await user.click(field)
  await user.paste(`Terrain {"v":1,"invite":"${'i'.repeat(22)}","name":"Amal","drafts":[{"kind":"challenge","step":"words","fields":{"description":"The kiosk"}}],"begun":[]}`)
  await user.click(screen.getByRole('button', { name: 'Bring my notebook here' }))
  expect(await screen.findByText('The kiosk')).toBeTruthy()
  expect(await until(device.membership, (own) => own !== null)).toMatchObject({ member: { name: 'Amal' } })
  await device.flush()
  device.close()
})

test('[VO232] where the phone has no room for what the code brings, that is said, and that the code is still good', async () => {
  const { server } = await join()
  const device = await openDevice(testGround({ databaseName: newDatabaseName(), fetch: server.fetch }))
  const full = deviceWith(device, { joinByCode: () => Promise.resolve(fail({ kind: 'refused', code: 'storage-full' })) })
  const { user } = openAt('/', full, { ground: volunteerGround({ browsing: () => browsers.installed }) })
  await user.click(await screen.findByRole('textbox', { name: 'The code from the browser' }))
  await user.paste('Terrain {}')
  await user.click(screen.getByRole('button', { name: 'Bring my notebook here' }))
  expect(await screen.findByText(/^There is no room here for your unfinished notes\. The code is still good/)).toBeTruthy()
  expect(screen.getByRole('textbox', { name: 'The code from the browser' })).toHaveProperty('value', 'Terrain {}')
  device.close()
})

test.each(['/nowhere', '/no%0Awhere', '/help/more', '/settings%0D%0A', '/no%E2%80%A8where/%0A'])('[VO197] at %s stands the page that says so', async (address) => {
  const { device } = await join()
  openAt(address, device)
  expect(await screen.findByRole('heading', { name: 'This page is not in the notebook.' })).toBeTruthy()
})

test.each(['/r/no%0Awhere', '/practice/no%0Awhere', '/entry/no%0Awhere', '/new/no%0Awhere'])('[VO197] at %s a screen stands, too', async (address) => {
  const { device } = await join()
  openAt(address, device)
  expect(await screen.findByRole('heading', { level: 1 })).toBeTruthy()
})

test('[VO197] what leads on from such an address writes it as an address again: a browser takes back more than the line break', async () => {
  const { device } = await join()
  openAt('/update/no%0A%3Cwhere', device)
  await screen.findByRole('heading', { level: 1, name: 'This entry is not on this phone.' })
  expect(window.location.pathname).toBe('/entry/no%0A%3Cwhere')
})
