import { render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { useLocation } from 'wouter'
import { useLateTap } from '#app/followed-tap.ts'

afterEach(() => {
  history.replaceState(null, '', '/')
  delete document.documentElement.dataset['asked']
})

function Screen({ isMember = true }: { readonly isMember?: boolean }) {
  useLateTap(isMember)
  return <p>at {useLocation()[0]}</p>
}

it('[AP46] a tap in the picture while the app is being drawn is followed when it stands, with home behind it', async () => {
  history.replaceState(null, '', '/')
  const before = history.length
  document.documentElement.dataset['asked'] = '/new/challenge'
  render(<Screen />)
  expect(await screen.findByText('at /new/challenge')).toBeTruthy()
  expect([history.length, document.documentElement.dataset['asked']]).toEqual([before + 1, undefined])
})

it('[AP46] without one it stays where it is', () => {
  const before = history.length
  render(<Screen />)
  expect(screen.getByText('at /')).toBeTruthy()
  expect(history.length).toBe(before)
})

it('[AP46] the same way tapped twice is one step, another one takes its place, and who has not joined is led nowhere', () => {
  history.replaceState(null, '', '/new/challenge')
  const before = history.length
  document.documentElement.dataset['asked'] = '/new/challenge'
  const { unmount } = render(<Screen />)
  expect([location.pathname, history.length]).toEqual(['/new/challenge', before])
  unmount()
  document.documentElement.dataset['asked'] = '/settings'
  render(<Screen />).unmount()
  expect([location.pathname, history.length]).toEqual(['/settings', before])
  document.documentElement.dataset['asked'] = '/new/action'
  render(<Screen isMember={false} />)
  expect(location.pathname).toBe('/settings')
})
