import { screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { joinedPhone, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { openAt } from './on-screen.tsx'

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
