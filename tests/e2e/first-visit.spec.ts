import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'

let server: AppServer
test.beforeAll(async () => {
  server = await startAppServer()
})
test.afterAll(() => server.stop())

const storeFile = /\/assets\/store-[\w-]+\.js$/

async function fillIn(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Français' }).click()
  await page.getByLabel('Comment devons-nous vous appeler').fill('Mirlande')
}

/** The store's code is on its way until this is called. */
async function holdStore(page: Page): Promise<() => void> {
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(storeFile, async (route) => {
    await held
    await route.continue()
  })
  return () => release()
}

test('[AP45] on a slow line the form is filled in before the store has come; name and language stay, and joining waits for it', async ({ page }) => {
  const release = await holdStore(page)
  await page.goto(await server.invite('volunteer'))
  await fillIn(page)
  await page.getByRole('button', { name: 'Rejoindre' }).click()
  await expect(page.locator('button[type=submit]')).toBeDisabled()
  release()
  await expect(page.locator('a[href="/new/challenge"]')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('fr')
  await page.reload()
  await expect(page.locator('a[href="/new/challenge"]')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('fr')
})

test('[AP45] what was typed before the store came stands there when it has', async ({ page }) => {
  const release = await holdStore(page)
  await page.goto(await server.invite('volunteer'))
  await fillIn(page)
  release()
  await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).length)).toBeGreaterThan(0)
  await page.waitForLoadState('networkidle')
  await expect(page.getByLabel('Comment devons-nous vous appeler')).toHaveValue('Mirlande')
  await page.getByRole('button', { name: 'Rejoindre' }).click()
  await expect(page.locator('a[href="/new/challenge"]')).toBeVisible()
})

test('[AP45] a line that breaks before the store has come costs nothing: it says so, and the next try joins', async ({ page }) => {
  await page.route(storeFile, (route) => route.abort())
  await page.goto(await server.invite('volunteer'))
  await fillIn(page)
  await page.getByRole('button', { name: 'Rejoindre' }).click()
  await expect(page.getByRole('alert')).toContainText('connexion')
  await expect(page.getByLabel('Comment devons-nous vous appeler')).toHaveValue('Mirlande')
  await page.unroute(storeFile)
  await page.getByRole('button', { name: 'Rejoindre' }).click()
  await expect(page.locator('a[href="/new/challenge"]')).toBeVisible()
})

test('[AP45] who has joined and opens an invite where no service worker serves does not join anew, and keeps what was begun', async ({ page }) => {
  await page.goto(await server.invite('volunteer'))
  await fillIn(page)
  await page.getByRole('button', { name: 'Rejoindre' }).click()
  await page.locator('a[href="/new/challenge"]').click()
  await page.waitForURL(/\/record\//)
  await page.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister()
  })
  const release = await holdStore(page)
  await page.goto('about:blank')
  await page.goto(await server.invite('volunteer'))
  await page.getByRole('textbox').first().fill('Somebody else')
  await page.locator('button[type=submit]').click()
  release()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Mirlande')
  await page.getByRole('link', { name: /./ }).last().click()
  await expect(page.locator('main a[href^="/record/"]')).toBeVisible()
})
