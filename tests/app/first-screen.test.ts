import { expect, it } from 'vitest'
import { withFirstScreen } from '#app/first-screen.ts'
import { createValue } from '#app/value.ts'
import type { Device } from '#device/device.ts'
import type { Watch } from '#device/watch.ts'
import { loadLanguage, loadScreens } from '#i18n/load.ts'
import { joinedPhone } from '../support/phone.ts'

const never: Watch<never> = { get: () => undefined, subscribe: () => () => undefined }

it('[AP44] who has joined sees home drawn once: its entries have been read by then, and the words of all screens are there', async () => {
  const { device } = await joinedPhone()
  const english = await loadLanguage('en')
  const whole = await withFirstScreen(device, english, 'home', 60_000)
  expect(whole.screens).toEqual(await loadScreens(english))
  expect([device.firstLook.get()?.newest, device.sync.get()?.phase]).toEqual([[], 'idle'])
  device.close()
})

it('[AP44] a store that takes long and words that do not come hold up nobody', async () => {
  const english = await loadLanguage('en')
  const sync = createValue(undefined) as unknown as Device['sync']
  expect(await withFirstScreen({ firstLook: never, sync }, english, 'home', 1)).toBe(english)
  const silent = { ...english, further: { ...english.further, screens: () => Promise.reject(new Error('no network')) } }
  expect(await withFirstScreen({ firstLook: never, sync: never }, silent, 'home', 60_000)).toBe(silent)
})

it('[AP46] who has tapped to another screen already waits for its words, not for what home shows', async () => {
  const english = await loadLanguage('en')
  const whole = await withFirstScreen({ firstLook: never, sync: never }, english, 'another', 60_000)
  expect(whole.screens).toEqual(await loadScreens(english))
})
