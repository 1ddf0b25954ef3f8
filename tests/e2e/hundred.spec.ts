import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { ScriptDevice, systemDeps } from '../../demo/script-device.ts'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { aChallenge } from '../support/contents.ts'
import { joinOn } from '../support/people.ts'
import { createProfile } from '../support/profiles.ts'

/** As slow as a bad connection: whoever waited for a request at each step would wait for a minute in all. */
const delayMs = 600
const entries = 104

test.describe('a morning at the desk', () => {
  let server: AppServer
  test.beforeAll(async () => {
    server = await startAppServer()
    const phone = await ScriptDevice.join(systemDeps(server.url), await server.invite('volunteer'), { name: 'Mirlande', organisation: 'Fanm Vanyan', language: 'fr' })
    for (let first = 0; first < entries; first += 52) await phone.push(Array.from({ length: 52 }, (_, index) => phone.change('record', { content: aChallenge({ description: `The well has been dry, day ${first + index}.` }) })))
  })
  test.afterAll(() => server.stop())

  test('[CO58] a hundred entries are decided by keyboard alone, and no step waits for a request', async () => {
    test.setTimeout(60_000)
    const profile = await createProfile({ size: 'desk' })
    try {
      const page = await profile.open()
      await page.goto(await server.invite('coordinator'))
      await page.waitForSelector('main')
      await joinOn(page)
      await page.goto(`${server.url}/desk`)
      await expect(page.getByRole('form', { name: 'Decision on C-000001' })).toBeVisible()
      // From here on every read of an entry takes its time.
      await page.route('**/api/v1/entries/**', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, delayMs))
        await route.continue().catch(() => undefined)
      })
      const { steps, slowest } = await page.evaluate(decideByKeys, 100)
      expect(steps).toBe(100)
      // The device keeps each decision on the disk; nothing else is between two entries. A request alone would take longer.
      expect(slowest).toBeLessThan(delayMs)
      await page.keyboard.press('z')
      await expect(page.getByText(/taken back\. Nothing was sent\./)).toBeVisible()
      await page.unroute('**/api/v1/entries/**')
      await expect(page.getByText(/ Sent\.$|taken back\. Nothing was sent\./)).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])
      await expect.poll(() => approved(page), { timeout: 20_000 }).toBe(99)
    } finally {
      await profile.close()
    }
  })
})

/** Presses what a person presses, as soon as the entry stands there. Runs in the page, so that the driver's own way there is not measured. */
async function decideByKeys(count: number): Promise<{ readonly steps: number; readonly slowest: number }> {
  const nameOf = () => document.querySelector('form[aria-label^="Decision on"]')?.getAttribute('aria-label') ?? null
  const press = (key: string, ctrlKey = false) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }))
  const frame = () => new Promise<void>((resolve) => void requestAnimationFrame(() => resolve()))
  const until = async (isTrue: () => boolean) => {
    const end = performance.now() + 10_000
    while (!isTrue() && performance.now() < end) await frame()
    return isTrue()
  }
  let slowest = 0
  let steps = 0
  for (; steps < count; steps += 1) {
    const before = nameOf()
    press('a')
    await until(() => document.querySelector('form input[value="approve"]:checked') !== null)
    const start = performance.now()
    press('Enter', true)
    if (!(await until(() => nameOf() !== before && nameOf() !== null))) break
    slowest = Math.max(slowest, performance.now() - start)
    // A person looks at what they decide on, if only for a moment.
    await new Promise((resolve) => setTimeout(resolve, 120))
  }
  return { steps, slowest }
}

async function approved(page: { readonly evaluate: <Value>(run: () => Promise<Value>) => Promise<Value> }): Promise<number> {
  return page.evaluate(async () => {
    const answer: unknown = await (await fetch('/api/v1/entries?state=approved&limit=1')).json()
    return (answer as { readonly total: number }).total
  })
}
