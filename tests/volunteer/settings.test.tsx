import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { joinedPhone, onePixelPhoto, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { browsers, openAt, volunteerGround } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.device.close()
})
const join = async (): Promise<Phone> => {
  const phone = await joinedPhone()
  phones.push(phone)
  return phone
}

test('[VO9] language and appearance are wishes of the person, kept on the device', async () => {
  const phone = await join()
  const { user } = openAt('/settings', phone.device)
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Language' }), 'ar')
  await user.click(screen.getByRole('radio', { name: 'In sunlight' }))
  expect(await until(phone.device.preferences, ({ theme }) => theme === 'sun')).toMatchObject({ language: 'ar', theme: 'sun' })
})

test('[VO14] storage without a promise is said, with what to do', async () => {
  const phone = await join()
  openAt('/settings', phone.device)
  expect(await screen.findByText(/has not promised to keep it/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Ask' })).toBeTruthy()
  expect(screen.getByText(/^Storage:/)).toBeTruthy()
})

test('[VO95] the settings say how much is kept, since when there was no contact, and what to do', async () => {
  const phone = await join()
  phone.server.fault({ before: () => 'no-answer' })
  const draft = await phone.device.createDraft('challenge')
  await phone.device.addPhoto(draft.id, onePixelPhoto())
  await savedChallenge(phone.device)
  const later = volunteerGround({ now: () => Date.UTC(2026, 2, 9, 9), browsing: () => browsers.ios })
  openAt('/settings', phone.device, { ground: later })
  const kept = within(await screen.findByRole('list', { name: 'Kept on this phone' }))
  expect((await kept.findByText(/^1 entry and 1 photo kept here/)).textContent).toContain('1 note is unfinished.')
  // What waits is counted by a watch of its own, which may be told of the save a moment later than the list of entries.
  await waitFor(() => expect(kept.getByText(/^Last contact .*8 days ago|^Last contact .*last week/).textContent).toContain('hand it over as a file'))
  expect(kept.getByText(/^Terrain on the home screen/).textContent).toContain('seven days')
  expect(kept.getByRole('link', { name: 'Show how' }).getAttribute('href')).toBe('/install')
})

test('[VO95] while nothing waits, silence is nothing to worry about', async () => {
  const phone = await join()
  openAt('/settings', phone.device, { ground: volunteerGround({ now: () => Date.UTC(2026, 2, 9, 9), browsing: () => browsers.installed }) })
  const kept = within(await screen.findByRole('list', { name: 'Kept on this phone' }))
  expect(kept.getByText(/^Last contact/).textContent).toContain('Nothing waits.')
  expect(kept.queryByRole('link', { name: 'Show how' })).toBeNull()
})
