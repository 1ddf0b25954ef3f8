import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import { joinOn, recordOn } from '../support/people.ts'
import { createProfile } from '../support/profiles.ts'

test('[VO346] a line that breaks right after joining leaves home and recording whole but for what they can do without, up to the save', async () => {
  test.setTimeout(120_000)
  const server = await startAppServer()
  const awa = await createProfile({ size: 'phone' })
  try {
    const page = await awa.open()
    // On a slow line the worker has kept nothing by then, and the quiet lines of home are still on their way.
    await page.addInitScript(() => {
      navigator.serviceWorker.register = () => Promise.race([])
    })
    let missed = 0
    await page.route(/\/assets\/quiet-lines[^/]*\.js$/, (route) => {
      missed += 1
      return route.abort()
    })
    await page.goto(await server.invite('volunteer'))
    await joinOn(page)
    await expect.poll(() => missed).toBeGreaterThan(0)
    await expect.poll(() => hasCome(page, 'review-step')).toBe(true)
    await awa.context().setOffline(true)
    await expect(page.locator('a[href="/new/action"]')).toBeVisible()
    for await (const step of recordOn(page, 'challenge')) {
      if (step === 'words') await expect(page.getByRole('textbox')).toBeEditable()
    }
    await expect(page.getByText('1 entry still only here')).toBeVisible()
  } finally {
    await awa.close()
    await server.stop()
  }
})

async function hasCome(page: Page, chunk: string): Promise<boolean> {
  return page.evaluate((name) => performance.getEntriesByType('resource').some((one) => one.name.includes(`/assets/${name}`)), chunk)
}
