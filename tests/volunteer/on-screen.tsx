import { render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { Device } from '#device/device.ts'
import { arabic } from '#i18n/ar/language.ts'
import { english } from '#i18n/en/language.ts'
import { LanguageProvider } from '#ui/language/language.tsx'
import type { VolunteerGround } from '#volunteer/ground.ts'
import { VolunteerApp } from '#volunteer/volunteer-app.tsx'

export const noon = Date.UTC(2026, 2, 1, 9)
export const today = '2026-03-01'

export function volunteerGround(parts: Partial<VolunteerGround> = {}): VolunteerGround {
  return { now: () => noon, geolocation: undefined, version: '0.0.1-test', handOver: () => Promise.resolve('saved' as const), browsing: () => browsers.menu, copy: () => Promise.resolve(true), trustWorker: (url) => url, ...parts }
}

/** One browser for each way onto the home screen. */
export const browsers = {
  menu: { userAgent: 'Mozilla/5.0 (Linux; Android 10; K) Chrome/130.0.0.0 Mobile Safari/537.36', maxTouchPoints: 5, isStandalone: false },
  ios: { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1', maxTouchPoints: 5, isStandalone: false },
  inside: { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile/15E148 Instagram 300.0', maxTouchPoints: 5, isStandalone: false },
  installed: { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile/15E148', maxTouchPoints: 5, isStandalone: true },
} as const

/** The volunteer's app at an address, on a real device. */
export function openAt(path: string, device: Device, { language = english, ground = volunteerGround(), state = null as unknown } = {}) {
  history.replaceState(state, '', path)
  const screen = render(<LanguageProvider language={language} timeZone="UTC"><VolunteerApp device={device} ground={ground} /></LanguageProvider>)
  return { ...screen, user: userEvent.setup() }
}

export { arabic }

/** The same device with some calls replaced: to be slow, full or broken where a test is about that. */
export function deviceWith(device: Device, parts: Partial<Device>): Device {
  return { ...device, ...parts }
}
