import { screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { joinedPhone, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { openAt, volunteerGround } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.device.close()
})
const join = async (): Promise<Phone> => {
  const phone = await joinedPhone()
  phones.push(phone)
  return phone
}

test('[VO18] everything unsent is handed over as a file, without a connection', async () => {
  const phone = await join()
  phone.server.fault({ before: () => 'no-answer' })
  phone.ground.setOnline(false)
  await savedChallenge(phone.device, { topic: 'WSH' })
  const files: File[] = []
  const ground = volunteerGround({ handOver: (file) => Promise.resolve(void files.push(file)) })
  const { user } = openAt('/settings', phone.device, { ground })
  expect(await screen.findByText('1 entry still only here')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'File' }))
  expect((await screen.findByText(/^1 entry and 0 photos are in/)).textContent).toContain(files[0]?.name)
  expect(files[0]?.type).toBe('application/json')
})

test('[VO18] with nothing unsent there is no file, and that is said', async () => {
  const phone = await join()
  const { user } = openAt('/settings', phone.device)
  await user.click(await screen.findByRole('button', { name: 'File' }))
  expect(await screen.findByText(/nothing to hand over/)).toBeTruthy()
})

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
