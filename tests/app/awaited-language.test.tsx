import { act, render, renderHook, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import type { Afterwards } from '#app/afterwards.tsx'
import { App } from '#app/app.tsx'
import type { Failure } from '#app/failure-log.ts'
import { createValue } from '#app/value.ts'
import type { Device } from '#device/device.ts'
import { arabic } from '#i18n/ar/language.ts'
import { common as commonArabic } from '#i18n/ar/common.ts'
import { desk as deskArabic } from '#i18n/ar/desk.ts'
import { english } from '#i18n/en/language.ts'
import type { Language } from '#i18n/load.ts'
import { useComingPart } from '#ui/later-screen.tsx'
import { fakeDesk } from '../coordinator/show-desk.tsx'
import { eventually } from '../support/eventually.ts'
import { joinedPhone } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { openAt, volunteerGround } from '../volunteer/on-screen.tsx'

const awaitedArabic = 'العربية comes when the server answers, at the latest when Terrain is opened again.'
const phones: Phone[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const phone of phones.splice(0)) phone.device.close()
})

/** The app at an address in English, with Arabic as `loadArabic` has it. */
function openApp(path: string, device: Device, loadArabic: () => Promise<Language>) {
  history.replaceState(null, '', path)
  const spoken: string[] = []
  render(<App device={device} ground={volunteerGround()} isMember language={english} localeFor={(chosen) => (chosen === 'ar' ? 'ar' : 'en')} loadLanguage={async (locale) => (locale === 'ar' ? loadArabic() : english)}
    face={{ speak: (locale) => void spoken.push(locale), wear: () => undefined }} afterwards={createValue<Afterwards | null>(null)} failures={createValue<Failure | null>(null)} version="1" onSaveUnsent={() => undefined} />)
  return { spoken, user: userEvent.setup() }
}

const noNetwork = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'))
const online = () => act(async () => void window.dispatchEvent(new Event('online')))

test('[AP64] on a phone a chosen language that does not come is said beside the choice, which stays, and comes by itself with the connection', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  let isThere = false
  const { spoken, user } = openApp('/settings', phone.device, () => (isThere ? Promise.resolve(arabic) : noNetwork()))
  const choice = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Language' })
  await user.selectOptions(choice, 'ar')
  // Aloud as well: who hears the screen stands on the choice, of which the sign beside it is read only when one comes to it.
  await eventually(() => expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain(awaitedArabic))
  expect([choice.value, document.getElementById(choice.getAttribute('aria-describedby') ?? '')?.textContent]).toEqual(['ar', awaitedArabic])
  isThere = true
  await online()
  expect(await screen.findByRole('heading', { level: 1, name: 'الإعدادات' })).toBeTruthy()
  expect(screen.queryByText(awaitedArabic)).toBeNull()
  expect(spoken).toEqual(['en', 'ar'])
})

test('[AP64] who chooses the language before again waits for nothing', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const { spoken, user } = openApp('/settings', phone.device, noNetwork)
  const choice = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Language' })
  await user.selectOptions(choice, 'ar')
  await screen.findAllByText(awaitedArabic)
  await user.selectOptions(choice, 'en')
  await eventually(() => expect(screen.queryByText(awaitedArabic)).toBeNull())
  expect([choice.value, spoken]).toEqual(['en', ['en']])
})

test('[AP64] the words behind the first screen of a first visit are asked for again when the line broke before they came', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  let isThere = false
  const screens = () => (isThere ? english.further.screens() : noNetwork())
  openAt('/settings', phone.device, { language: { ...english, further: { ...english.further, screens } } })
  await act(async () => new Promise((resolve) => setTimeout(resolve, 50)))
  expect(screen.queryByRole('heading', { level: 1 })).toBeNull()
  isThere = true
  await online()
  expect(await screen.findByRole('heading', { level: 1, name: 'Settings' })).toBeTruthy()
})

test('[AP64] at the desk, whose words are not on the device, no half of the page changes before they have come', async () => {
  let isThere = false
  const desk = fakeDesk({ onLanguage: (language) => preferences.set({ ...preferences.get(), language }) })
  const preferences = createValue(desk.device.preferences.get() ?? { language: null, theme: 'system' as const, lastPlace: null, recentPlaces: [], keepsMap: false, lastOrg: null, recentTopics: [], installDismissed: false, mobilePhotos: null, riskRestsUntil: null })
  const later = { ...arabic, further: { ...arabic.further, desk: () => (isThere ? Promise.resolve(deskArabic) : noNetwork()) } }
  const { spoken, user } = openApp('/desk/data', { ...desk.device, preferences }, async () => later)
  const choice = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Language' })
  await user.selectOptions(choice, 'ar')
  expect((await screen.findByText((text) => text.includes(awaitedArabic))).closest('[role="status"]')).toBeTruthy()
  expect([choice.value, spoken, screen.getByRole('heading', { level: 1 }).textContent]).toEqual(['ar', ['en'], 'Data'])
  isThere = true
  await online()
  expect(await screen.findByText(deskArabic['data.importTitle'])).toBeTruthy()
  expect(spoken).toEqual(['en', 'ar'])
  expect(screen.queryByText((text) => text.includes(awaitedArabic) || text.includes(commonArabic['language.awaited']))).toBeNull()
})

test('[AP64] where the browser has no word of the connection the server is asked again, more and more seldom, and no more once it has come', async () => {
  vi.useFakeTimers()
  let isThere = false
  const ask = vi.fn<(key: string) => Promise<string>>((key) => (key === 'ar' && !isThere ? noNetwork() : Promise.resolve(`words of ${key}`)))
  const { result, rerender } = renderHook(({ wanted }) => useComingPart(wanted, ask, { key: 'en', part: 'words of en' }), { initialProps: { wanted: 'ar' } })
  const after = async (seconds: number) => {
    await act(() => vi.advanceTimersByTimeAsync(seconds * 1000))
    return ask.mock.calls.length
  }
  expect([await after(9), await after(2), await after(18), await after(2), await after(38), await after(2)]).toEqual([1, 2, 2, 3, 3, 4])
  expect([result.current.known?.part, result.current.missing?.key]).toEqual(['words of en', 'ar'])
  expect(await after(3600) - 4).toBeLessThan(25)
  isThere = true
  await after(161)
  expect([result.current.known?.part, result.current.missing]).toEqual(['words of ar', null])
  const asked = ask.mock.calls.length
  expect(await after(3600)).toBe(asked)

  // What was missing once is not said to be missing while it is asked for again.
  isThere = false
  rerender({ wanted: 'fr' })
  await after(0)
  const pending = Promise.withResolvers<string>()
  ask.mockReturnValueOnce(pending.promise)
  rerender({ wanted: 'ar' })
  await after(1)
  expect(result.current).toEqual({ known: { key: 'fr', part: 'words of fr' }, missing: null })
})

test('[AP64] whoever goes to another part of the app while a language is awaited has it as soon as the words of that part are here', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const later = { ...arabic, further: { ...arabic.further, screens: () => noNetwork() } }
  const { spoken, user } = openApp('/settings', phone.device, async () => later)
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Language' }), 'ar')
  await screen.findAllByText(awaitedArabic)
  expect(spoken).toEqual(['en'])
  act(() => history.pushState(null, '', '/desk'))
  await eventually(() => expect(spoken).toEqual(['en', 'ar']))
})
