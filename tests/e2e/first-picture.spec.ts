import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { joinOn } from '../support/people.ts'
import { readyOffline } from '../support/profiles.ts'

let server: AppServer
test.beforeAll(async () => {
  server = await startAppServer()
})
test.afterAll(() => server.stop())

const kept = (page: Page) => page.evaluate(() => localStorage.getItem('terrain-first-picture'))

test('[AP46] at the next start the ways into a new entry stand before the app does, and a tap on one opens it, with home behind it', async ({ page }) => {
  await page.goto(await server.invite('volunteer'))
  await joinOn(page)
  const drawn = await page.locator('nav:has(a[href="/new/challenge"])').boundingBox()
  // Taken when it goes out of sight.
  await page.reload()
  await expect.poll(() => kept(page)).not.toBeNull()
  // Its worker has been registered by then, and is not once more behind our back.
  await readyOffline(page)
  await page.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister()
  })
  await page.goto('about:blank')
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => void (release = resolve))
  await page.route(/\/assets\/store-[\w-]+\.js$/, async (route) => {
    await held
    await route.continue()
  })
  await page.goto(`${server.url}/`, { waitUntil: 'commit' })
  const challenge = page.locator('a[href="/new/challenge"]')
  await challenge.click()
  await expect(challenge).toHaveAttribute('data-taken', '')
  expect(await page.evaluate(() => document.querySelector('[data-shell]')?.checkVisibility())).toBe(false)
  // As it stood, to the pixel: nothing moves under the thumb when the app takes over.
  expect(await page.locator('nav:has(a[href="/new/challenge"])').boundingBox()).toEqual(drawn)
  release()
  await page.waitForURL(/\/record\//)
  await expect(page.locator('main h1')).toBeVisible()
  await page.goBack()
  await expect(page.locator('main a[href^="/record/"]')).toBeVisible()
  await expect(page.locator('.shell, .shell-lines')).toHaveCount(0)
})
