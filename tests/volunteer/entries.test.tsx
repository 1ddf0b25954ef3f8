import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { createFakeServer } from '../support/fake-server.ts'
import { joinedPhone, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { openAt } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => {
  vi.unstubAllGlobals()
  history.replaceState(null, '')
  for (const phone of phones.splice(0)) phone.device.close()
})

/** A phone with as many entries as somebody has after a year, all like one that it saved. */
async function phoneWith(count: number): Promise<Phone['device']> {
  const phone = await joinedPhone({ server: createFakeServer() })
  phones.push(phone)
  await savedChallenge(phone.device)
  const [one] = await until(phone.device.entries, (entries) => entries.length === 1)
  if (one === undefined) throw new Error('nothing was saved')
  const many = Array.from({ length: count }, (_, at) => ({ ...one, state: { ...one.state, id: `0197a1b2-0000-7000-8000-${String(at).padStart(12, '0')}` as typeof one.state.id } }))
  return { ...phone.device, entries: { get: () => many, subscribe: () => () => undefined } }
}

const list = () => within(screen.getByRole('list', { name: 'All my entries' }))
const lines = () => list().queryAllByRole('link').length

test('[VO196] a long list stands in parts, grows by a button, and on the way back it stands as far as it had grown', async () => {
  const device = await phoneWith(200)
  const first = openAt('/entries', device)
  await screen.findByRole('list', { name: 'All my entries' })
  expect(lines()).toBe(60)
  await first.user.click(screen.getByRole('button', { name: 'Show more' }))
  expect(lines()).toBe(180)
  const place: unknown = history.state
  first.unmount()
  const { user } = openAt('/entries', device, { state: place })
  await screen.findByRole('list', { name: 'All my entries' })
  expect(lines()).toBe(180)
  await user.click(screen.getByRole('button', { name: 'Show more' }))
  expect(lines()).toBe(200)
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull()
})

test('[VO196] the next part comes by itself when the end comes near', async () => {
  const seen: ((entries: readonly { readonly isIntersecting: boolean }[]) => void)[] = []
  vi.stubGlobal('IntersectionObserver', class {
    constructor(call: (typeof seen)[number]) {
      seen.push(call)
    }
    observe = vi.fn<() => void>()
    disconnect = vi.fn<() => void>()
  })
  openAt('/entries', await phoneWith(100))
  await screen.findByRole('list', { name: 'All my entries' })
  // The list is there a moment before anybody watches its end.
  await waitFor(() => expect(seen).not.toEqual([]))
  act(() => seen.at(-1)?.([{ isIntersecting: false }]))
  expect(lines()).toBe(60)
  act(() => seen.at(-1)?.([{ isIntersecting: true }]))
  expect(lines()).toBe(100)
})
