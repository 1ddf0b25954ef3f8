import { render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { useLocation } from 'wouter'
import { useLateTap } from '#app/followed-tap.ts'

/** Steps, not the length: the window is shared, and may stand in the midst of its history. */
const pushes = () => vi.spyOn(history, 'pushState')
afterEach(() => {
  vi.restoreAllMocks()
  history.replaceState(null, '', '/')
  delete document.documentElement.dataset['asked']
})

function Screen({ isMember = true }: { readonly isMember?: boolean }) {
  useLateTap(isMember)
  return <p>at {useLocation()[0]}</p>
}

it('[AP46] a tap in the picture while the app is being drawn is followed when it stands, with home behind it', async () => {
  history.replaceState(null, '', '/')
  const pushed = pushes()
  document.documentElement.dataset['asked'] = '/new/challenge'
  render(<Screen />)
  expect(await screen.findByText('at /new/challenge')).toBeTruthy()
  expect([pushed.mock.calls.map(([, , address]) => address), document.documentElement.dataset['asked']]).toEqual([['/new/challenge'], undefined])
})

it('[AP46] without one it stays where it is', () => {
  const pushed = pushes()
  render(<Screen />)
  expect(screen.getByText('at /')).toBeTruthy()
  expect(pushed).not.toHaveBeenCalled()
})

it('[AP46] the same way tapped twice is one step, another one takes its place, and who has not joined is led nowhere', () => {
  history.replaceState(null, '', '/new/challenge')
  const pushed = pushes()
  document.documentElement.dataset['asked'] = '/new/challenge'
  const { unmount } = render(<Screen />)
  expect([location.pathname, pushed.mock.calls.length]).toEqual(['/new/challenge', 0])
  unmount()
  document.documentElement.dataset['asked'] = '/settings'
  render(<Screen />).unmount()
  expect([location.pathname, pushed.mock.calls.length]).toEqual(['/settings', 0])
  document.documentElement.dataset['asked'] = '/new/action'
  render(<Screen isMember={false} />)
  expect(location.pathname).toBe('/settings')
})
