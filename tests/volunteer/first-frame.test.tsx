import { act, render, screen, waitFor } from '@testing-library/react'
import { Component } from 'react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { laterScreen, sparePart } from '#ui/later-screen.tsx'
import { eventually } from '../support/eventually.ts'
import { joinedPhone, savedChallenge, until } from '../support/phone.ts'
import { openAt } from './on-screen.tsx'

/** A thread that is idle when the test says so. */
const idle: (() => void)[] = []
beforeEach(() => {
  vi.stubGlobal('requestIdleCallback', (run: () => void) => idle.push(run))
})
afterEach(() => {
  idle.length = 0
  vi.unstubAllGlobals()
})

test('[VO320] the first frame of home has the entries that a small screen shows; the others come when the thread is idle, and stay', async () => {
  const { device } = await joinedPhone()
  for (let n = 1; n <= 14; n += 1) await savedChallenge(device, { description: `The well number ${n} is dry.` })
  await until(device.entries, (entries) => entries.length === 14)
  const { user, unmount } = openAt('/', device)
  await screen.findAllByRole('link', { name: /The well number/ })
  await eventually(() => expect(idle.length).toBeGreaterThan(0))
  expect(screen.getAllByRole('link', { name: /The well number/ })).toHaveLength(6)
  act(() => idle.splice(0).forEach((run) => run()))
  expect(await screen.findByRole('link', { name: /The well number 3 / })).toBeTruthy()
  expect(screen.getAllByRole('link', { name: /The well number/ })).toHaveLength(12)
  // Who comes back to home finds it whole: where it was scrolled to is there.
  await user.click(screen.getByRole('link', { name: 'Settings' }))
  await screen.findByRole('heading', { name: 'Settings' })
  await act(async () => history.back())
  await screen.findAllByRole('link', { name: /The well number/ })
  expect(screen.getAllByRole('link', { name: /The well number/ })).toHaveLength(12)
  unmount()
  device.close()
})

const Waiting = () => <p>Waiting</p>
const Tool = ({ name }: { readonly name: string }) => <p>{name}</p>

test('[VO321] a screen whose code is there is drawn at once, and one whose code comes is drawn when it has come', async () => {
  const { load, Screen } = laterScreen(async () => Tool, Waiting)
  const { container, unmount } = render(<Screen name="one" />)
  expect(container.textContent).toBe('Waiting')
  expect(await screen.findByText('one')).toBeTruthy()
  unmount()
  await load()
  expect(render(<Screen name="two" />).container.textContent).toBe('two')
})

test('[VO321] code that does not come is a screen that cannot be drawn, and is asked for again by the next one', async () => {
  let isDown = true
  const { Screen } = laterScreen(async () => (isDown ? Promise.reject(new Error('no network')) : Tool), Waiting)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  render(<Boundary><Screen name="one" /></Boundary>)
  expect(await screen.findByText('MissingCodeError: Error: no network')).toBeTruthy()
  isDown = false
  render(<Boundary><Screen name="two" /></Boundary>)
  expect(await screen.findByText('two')).toBeTruthy()
})

test('[VO346] a part that a screen can do without is left out where its code does not come, and is asked for again by the next screen', async () => {
  let isDown = true
  const Part = sparePart(async () => (isDown ? Promise.reject(new Error('no network')) : Tool), Waiting)
  const first = render(<Boundary>Home <Part name="one" /></Boundary>)
  expect(first.container.textContent).toBe('Home Waiting')
  await waitFor(() => expect(first.container.textContent).toBe('Home '))
  isDown = false
  render(<Boundary><Part name="two" /></Boundary>)
  expect(await screen.findByText('two')).toBeTruthy()
})

class Boundary extends Component<{ readonly children: ReactNode }, { readonly error: Error | null }> {
  override readonly state = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    return this.state.error === null ? this.props.children : String(this.state.error)
  }
}
