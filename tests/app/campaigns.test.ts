import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rememberLookedAt, rememberMember, sendFromElsewhere } from '#app/courtesies.ts'
import { createValue } from '#app/value.ts'
import type { Membership } from '#device/device.ts'
import { chosenDatabase, openCampaign, rememberCampaign } from '#device/media/chosen-database.ts'
import { noteMember, wasMemberHere } from '#device/media/was-here.ts'
import { eventually } from '../support/eventually.ts'

/** A window is what its sessionStorage says; localStorage is that of all windows. */
class Kept {
  readonly #values = new Map<string, string>()
  getItem(key: string): string | null {
    return this.#values.get(key) ?? null
  }
  setItem(key: string, value: string): void {
    this.#values.set(key, value)
  }
}

const other = 'terrain-0190a0b0-0000-7000-8000-00000000ca01'
const reload = vi.fn<() => void>()
const replaceState = vi.fn<(state: unknown, title: string, path: string) => void>()

function inWindow(own: Kept): void {
  vi.stubGlobal('sessionStorage', own)
}

beforeEach(() => {
  vi.stubGlobal('localStorage', new Kept())
  vi.stubGlobal('location', { reload })
  vi.stubGlobal('history', { replaceState })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.clearAllMocks()
})

describe('which campaign a window opens', () => {
  it('[AP50] a browser of before opens what it always did', () => {
    inWindow(new Kept())
    expect(chosenDatabase()).toBe('terrain')
  })

  it('[AP50] a window keeps its campaign whatever another one does, and a new one begins with the one that was looked at last', () => {
    const [first, second, third] = [new Kept(), new Kept(), new Kept()]
    inWindow(first)
    expect(chosenDatabase()).toBe('terrain')
    inWindow(second)
    expect(chosenDatabase()).toBe('terrain')
    openCampaign(other, '/desk')
    expect([replaceState.mock.calls, reload.mock.calls.length]).toEqual([[[null, '', '/desk']], 1])
    expect(chosenDatabase()).toBe(other)
    // The first is loaded again: it has not moved.
    inWindow(first)
    expect(chosenDatabase()).toBe('terrain')
    inWindow(third)
    expect(chosenDatabase()).toBe(other)
    // Somebody looks at the first one again, and opens a link in a window of its own.
    inWindow(first)
    rememberCampaign()
    inWindow(new Kept())
    expect(chosenDatabase()).toBe('terrain')
  })

  it('[AP50] where nothing may be kept outside of the databases, the first campaign opens', () => {
    const refused = { getItem: () => null, setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    } }
    vi.stubGlobal('sessionStorage', refused)
    vi.stubGlobal('localStorage', refused)
    expect(chosenDatabase()).toBe('terrain')
    expect(() => rememberCampaign()).not.toThrow()
  })

  it('[AP50] it is remembered when somebody comes to the window, and when it is seen again', () => {
    const remember = vi.fn<() => void>()
    const page = Object.assign(new EventTarget(), { document: Object.assign(new EventTarget(), { hasFocus: () => false, visibilityState: 'hidden' }) })
    rememberLookedAt(page as unknown as Window, remember)
    expect(remember).toHaveBeenCalledTimes(0)
    page.dispatchEvent(new Event('focus'))
    page.document.dispatchEvent(new Event('visibilitychange'))
    expect(remember).toHaveBeenCalledTimes(1)
    page.document.visibilityState = 'visible'
    page.document.dispatchEvent(new Event('visibilitychange'))
    expect(remember).toHaveBeenCalledTimes(2)
  })
})

it('[VO860] that there is a membership is noted beside the database, by its name, and only then', () => {
  inWindow(new Kept())
  const membership = createValue<Membership | null | undefined>(undefined)
  rememberMember({ membership } as unknown as Parameters<typeof rememberMember>[0], noteMember)
  membership.set(null)
  expect(wasMemberHere()).toBe(false)
  membership.set({} as Membership)
  expect(wasMemberHere()).toBe(true)
  const elsewhere = new Kept()
  elsewhere.setItem('terrain-campaign', other)
  inWindow(elsewhere)
  expect(wasMemberHere()).toBe(false)
})

describe('what waits in other campaigns', () => {
  it('[AP51] is sent at the start, when there is a connection again, from time to time and when it is asked for, one at a time; what is left is announced', async () => {
    const [calls, answers]: [(() => void)[], ((left: boolean) => void)[]] = [[], []]
    const wakeLater = vi.fn<() => Promise<void>>(() => Promise.resolve())
    const device = { openCampaigns: () => Promise.resolve({ sendWaiting: () => new Promise<boolean>((resolve) => answers.push(resolve)) }) }
    const send = sendFromElsewhere(device as never, { onOnline: (call) => calls.push(call), every: (_, call) => calls.push(call), wakeLater })
    expect(calls).toHaveLength(2)
    await eventually(() => expect(answers).toHaveLength(1))
    for (const call of [...calls, send]) call()
    await Promise.resolve()
    expect(answers).toHaveLength(1)
    answers[0]?.(true)
    await eventually(() => expect(wakeLater).toHaveBeenCalledTimes(1))
    for (const [index, call] of [...calls, send].entries()) {
      await eventually(() => {
        call()
        expect(answers).toHaveLength(index + 2)
      })
      answers.at(-1)?.(false)
    }
    expect(wakeLater).toHaveBeenCalledTimes(1)
  })

  it('[AP51] that fails in silence, and is tried again', async () => {
    let tries = 0
    const device = { openCampaigns: () => Promise.reject(new Error(`not loaded ${(tries += 1)}`)) }
    const send = sendFromElsewhere(device, { onOnline: () => undefined, every: () => undefined, wakeLater: () => Promise.resolve() })
    await eventually(() => {
      send()
      expect(tries).toBeGreaterThan(1)
    })
  })
})
