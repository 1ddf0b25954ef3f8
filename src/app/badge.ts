import type { Device } from '#device/device.ts'
import { questionsIn } from '#volunteer/entries/standing.ts'

/** What browsers with a place for it can do; all of it may be missing. */
export interface Badging {
  readonly set: (count: number) => Promise<void>
  readonly clear: () => Promise<void>
}

export function badgingOf(browser: Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>): Badging | null {
  if (browser.setAppBadge === undefined || browser.clearAppBadge === undefined) return null
  return { set: (count) => browser.setAppBadge?.(count) ?? Promise.resolve(), clear: () => browser.clearAppBadge?.() ?? Promise.resolve() }
}

/** The number of open questions on the app's icon, and nothing once they are answered. */
export function badgeQuestions(device: Pick<Device, 'firstLook'>, badging: Badging | null): void {
  if (badging === null) return
  let shown: number | null = null
  const show = (): void => {
    const asking = device.firstLook.get()?.asking
    if (asking === undefined) return
    const count = questionsIn(asking).length
    if (count === shown) return
    shown = count
    // Refused where the app is not installed: then there is no icon to mark.
    void (count === 0 ? badging.clear() : badging.set(count)).catch(() => undefined)
  }
  show()
  device.firstLook.subscribe(show)
}
