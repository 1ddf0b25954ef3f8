import { screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { fakeDesk, showDesk } from './show-desk.tsx'

afterEach(() => vi.restoreAllMocks())

it('[CO940] until when an invite is good is said to the minute, by the clock of where it is made, on the desk and on its card', async () => {
  // Ten hours behind UTC, where an invite of the evening ends on the evening before the day that UTC has by then.
  vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(600)
  const { user } = await showDesk(fakeDesk(), '/desk/people')
  await user.click(await screen.findByRole('button', { name: 'Invite' }))
  await user.click(screen.getByRole('button', { name: 'Make the link' }))
  expect(await screen.findByText(/can join, until 30 Mar 2026, 22:00\.$/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Done' }))
  expect(await screen.findByText(/20 uses left · until 30 Mar 2026, 22:00$/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Cards to print' }))
  await user.click(screen.getByRole('button', { name: 'Make the cards' }))
  expect(await screen.findAllByText(/Works once, until 30 Mar 2026, 22:00\.$/)).toHaveLength(8)
})
