import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { ScriptDevice, systemDeps } from '../../demo/script-device.ts'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { expectNoViolation } from '../support/axe.ts'
import { aChallenge } from '../support/contents.ts'
import { deviceOn } from '../support/device-on.ts'
import { joinOn } from '../support/people.ts'
import { createProfile } from '../support/profiles.ts'
import type { Profile } from '../support/profiles.ts'

const entries = 104

test.describe('a morning at the desk', () => {
  let server: AppServer
  let profile: Profile
  let page: Page
  let revised: string
  test.beforeAll(async () => {
    server = await startAppServer()
    const phone = await ScriptDevice.join(systemDeps(server.url), await server.invite('volunteer'), { name: 'Mirlande', organisation: 'Fanm Vanyan', language: 'fr' })
    for (let first = 0; first < entries; first += 52) await phone.push(Array.from({ length: 52 }, (_, index) => phone.change('record', { content: aChallenge({ description: `The well has been dry, day ${first + index}.` }) })))
    const written = phone.change('record', { content: aChallenge() })
    revised = written.entryId
    await phone.push([written, phone.change('revise', { set: { affectedMin: 41 }, unset: [], answers: [] }, { entryId: written.entryId, base: written.id })])
    profile = await createProfile({ size: 'desk' })
    page = await profile.open()
    await page.addInitScript(gateRequests)
    await page.goto(await server.invite('coordinator'))
    await page.waitForSelector('main')
    await joinOn(page)
  })
  test.afterAll(async () => {
    await profile.close()
    await server.stop()
  })

  test('[CO58] [CO342] a hundred entries are decided by keyboard alone, and no step waits for a request', async () => {
    // A limit for what hangs: how fast the desk is, is for the bench to say.
    test.setTimeout(300_000)
    await page.goto(`${server.url}/desk`)
    await expect(page.getByRole('form', { name: 'Decision on C-000001' })).toBeVisible()
    expect(await page.evaluate(decideByKeys, 100)).toBe(100)
    // Whoever walks down the list takes the bar and the keys with them nowhere.
    expect(await page.evaluate(() => [document.scrollingElement?.scrollTop, document.scrollingElement?.scrollHeight])).toEqual([0, page.viewportSize()?.height])
    await page.keyboard.press('z')
    await expect(page.getByText(/taken back\. Nothing was sent\./)).toBeVisible()
    await expectNoViolation(page, 'a hundred decided')
    await expect.poll(() => approved(page), { timeout: 60_000 }).toBe(99)
  })

  test('[CO344] what a step changed and the way to one’s own entries are as high as a finger or an unsteady hand needs', async () => {
    await page.goto(`${server.url}/desk/entry/${revised}`)
    const targets = [page.getByText('1 field changed'), page.getByRole('link', { name: 'My entries', exact: true })]
    for (const target of targets) {
      await expect(target).toBeVisible()
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(24)
    }
  })
})

interface Gate {
  /** Reads of an entry that are on their way. */
  reading: number
  /** While it is closed, whatever is asked waits until it is open again. */
  close: () => void
  open: () => void
}

/** Runs before the app does: with the gate closed no request can be answered, so that whoever waits for one waits for ever. */
function gateRequests(): void {
  const send = globalThis.fetch.bind(globalThis)
  let opened = Promise.resolve()
  let resolve = () => undefined as void
  const gate: Gate = {
    reading: 0,
    close: () => {
      opened = new Promise<void>((done) => {
        resolve = done
      })
    },
    open: () => resolve(),
  }
  Object.assign(globalThis, {
    gate,
    fetch: async (...call: Parameters<typeof fetch>) => {
      const [address] = call
      const isReading = typeof address === 'string' && address.includes('/api/v1/entries/')
      if (isReading) gate.reading += 1
      try {
        await opened
        return await send(...call)
      } finally {
        if (isReading) gate.reading -= 1
      }
    },
  })
}

/** Presses what a person presses, in the page, so that the driver's own way there is not waited for. Returns how many entries it went through. */
async function decideByKeys(count: number): Promise<number> {
  const { gate } = globalThis as unknown as { readonly gate: Gate }
  const nameOf = () => document.querySelector('form[aria-label^="Decision on"]')?.getAttribute('aria-label') ?? null
  const press = (key: string, ctrlKey = false) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }))
  const until = async (isTrue: () => boolean) => {
    const end = performance.now() + 8_000
    while (!isTrue() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 4))
    return isTrue()
  }
  for (let step = 0; step < count; step += 1) {
    // A person reads for a moment, and meanwhile the desk reads ahead.
    await new Promise((resolve) => setTimeout(resolve, 30))
    if (!(await until(() => gate.reading === 0))) return step
    const before = nameOf()
    gate.close()
    press('a')
    await until(() => document.querySelector('form input[value="approve"]:checked') !== null)
    press('Enter', true)
    const hasGone = await until(() => nameOf() !== before && nameOf() !== null)
    gate.open()
    if (!hasGone) return step
  }
  return count
}

async function approved(page: Page): Promise<number> {
  return page.evaluate(async (device) => {
    const answer: unknown = await (await fetch('/api/v1/entries?state=approved&limit=1', { headers: { 'x-terrain': device } })).json()
    return (answer as { readonly total: number }).total
  }, await deviceOn(page))
}
