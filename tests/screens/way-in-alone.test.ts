// @vitest-environment jsdom
// In a process of its own, unlike the other tests of screens: what has come once into a process is there, and this is about code that does not come.
import { act, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { openDevice } from '#device/open-device.ts'
import '../setup-screens.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { newDatabaseName } from '../support/phone.ts'
import { testGround } from '../support/test-ground.ts'
import { openAt } from '../volunteer/on-screen.tsx'

test('[VO346] the way in stands where the code of what else leads in does not come', async () => {
  const asked = vi.fn<() => void>()
  vi.doMock('#volunteer/campaigns/other-ways.tsx', () => {
    asked()
    throw new Error('no network')
  })
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const device = await openDevice(testGround({ databaseName: newDatabaseName(), fetch: createFakeServer().fetch }))
  openAt('/', device)
  expect(await screen.findByText(/^To join, open the link/)).toBeTruthy()
  await waitFor(() => expect(asked).toHaveBeenCalled())
  await act(() => new Promise((resolve) => setTimeout(resolve, 50)))
  expect(screen.getByRole('heading', { name: 'A notebook for what you see' })).toBeTruthy()
  device.close()
})
