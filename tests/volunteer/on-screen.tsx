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
  return { now: () => noon, geolocation: undefined, version: '0.0.1-test', handOver: () => Promise.resolve('saved' as const), trustWorker: (url) => url, ...parts }
}

/** The volunteer's app at an address, on a real device. */
export function openAt(path: string, device: Device, { language = english, ground = volunteerGround() } = {}) {
  history.replaceState(null, '', path)
  const screen = render(<LanguageProvider language={language} timeZone="UTC"><VolunteerApp device={device} ground={ground} /></LanguageProvider>)
  return { ...screen, user: userEvent.setup() }
}

export { arabic }

/** The same device with some calls replaced: to be slow, full or broken where a test is about that. */
export function deviceWith(device: Device, parts: Partial<Device>): Device {
  return { ...device, ...parts }
}
