import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { fakeDesk, showDesk } from './show-desk.tsx'

it.each(['/desk/nowhere', '/desk/no%0Awhere', '/desk/people%0D%0A', '/desk/no%E2%80%A8where/%0A', '/desk/audit/more'])('[CO231] at %s stands the page that says so', async (address) => {
  const { unmount } = await showDesk(fakeDesk(), address)
  expect(await screen.findByRole('heading', { name: 'Nothing stands at this address' })).toBeTruthy()
  unmount()
})
