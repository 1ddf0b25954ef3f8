import { chromium, expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { findHeadless } from '../../scripts/chromium.mjs'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { joinOn, recordOn } from '../support/people.ts'
import { pictureWithFaces } from '../support/picture-with-faces.ts'

test.describe('where the focus is after each act, with the keyboard alone', () => {
  let server: AppServer
  test.beforeAll(async () => void (server = await startAppServer()))
  test.afterAll(() => server.stop())

  test('[UI7] [UI45] voice note, photos, place and drafts: no act and no closed question leaves the focus nowhere', async () => {
    test.setTimeout(120_000)
    await onWords(server, async (page, draft) => {
      const press = async (name: string | RegExp, key = 'Enter'): Promise<void> => page.getByRole('button', { name, exact: typeof name === 'string' }).press(key)
      await press('Record your voice')
      await expect(page.getByRole('button', { name: 'Stop' })).toBeFocused()
      await expect(page.getByRole('timer')).toHaveText(/0:02 of 1:00/, { timeout: 15_000 })
      await page.keyboard.press('Space')
      await expect(page.getByRole('button', { name: 'Play the voice note' })).toBeFocused()
      await press('Delete the voice note')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('button', { name: 'Delete the voice note' })).toBeFocused()
      await press('Delete the voice note')
      await press('Delete')
      await expect(page.getByRole('button', { name: 'Record your voice' })).toBeFocused()

      const choose = page.getByLabel('Choose from this phone')
      await choose.focus()
      await choose.setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: await pictureWithFaces() })
      await expect(page.getByRole('img', { name: 'Photo 1' })).toBeVisible()
      await expect(choose).toBeFocused()
      await press('Hide faces in photo 1')
      await expect(page.getByRole('application')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('button', { name: 'Hide faces in photo 1' })).toBeFocused()
      await press('Remove photo 1')
      await press('Remove')
      await expect(page.getByLabel('Take a photo')).toBeFocused()

      await page.goto(`${server.url}/record/${draft}/place`)
      await press('Find where I am')
      await expect(page.getByRole('button', { name: 'Find again' })).toBeFocused()
      await page.goto(server.url)
      await press(/^Throw away the draft/)
      await press('Throw away')
      await expect(page.getByRole('button', { name: /^Throw away the draft/ })).toHaveCount(0)
      await expect.poll(() => page.evaluate(() => document.activeElement?.matches('main *'))).toBe(true)
    })
  })
})

test.describe('from screen to screen, with the keyboard alone', () => {
  let server: AppServer
  test.beforeAll(async () => void (server = await startAppServer()))
  test.afterAll(() => server.stop())

  const isAtHeading = (page: Page, name: string | RegExp = '') => expect(page.getByRole('heading', { level: 1, name }).and(page.locator(':focus'))).toBeVisible({ timeout: 15_000 })

  test('[AP65] [VO289] whoever joins, saves, opens and goes back is at the heading of the screen, and so at the desk', async ({ browser }) => {
    test.setTimeout(120_000)
    const phone = await (await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en-GB' })).newPage()
    await phone.goto(await server.invite('volunteer'))
    await joinOn(phone)
    await isAtHeading(phone)
    for await (const step of recordOn(phone, 'challenge')) if (step === 'review') break
    await phone.locator('footer button').last().press('Enter')
    await phone.waitForURL((url) => url.pathname === '/')
    await isAtHeading(phone)
    await phone.locator('main a[href^="/entry/"]').first().press('Enter')
    await phone.waitForURL(/\/entry\//)
    await isAtHeading(phone)
    await phone.goBack()
    await isAtHeading(phone, 'My notebook')
    for (const href of ['/settings', '/help']) {
      await phone.locator(`a[href="${href}"]`).first().press('Enter')
      await phone.waitForURL((url) => url.pathname === href)
      await isAtHeading(phone)
    }
    await phone.goBack()
    await isAtHeading(phone, 'Settings')
    // Forward again from the middle of a screen that was gone back to: at the top.
    await phone.evaluate(() => scrollTo(0, 400))
    await phone.locator('a[href="/help"]').first().press('Enter')
    await isAtHeading(phone)
    expect(await phone.evaluate(() => scrollY)).toBe(0)
    const desk = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })).newPage()
    await desk.goto(await server.invite('coordinator'))
    await joinOn(desk)
    await desk.goto(`${server.url}/desk`)
    // What nobody needs for the first screen comes behind it, and a bar that stays keeps the focus until then.
    await desk.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/afterwards')))
    await desk.waitForTimeout(500)
    for (const href of ['/desk/overview', '/desk/campaign', '/desk/people']) {
      await desk.locator(`a[href="${href}"]`).first().press('Enter')
      await desk.waitForURL((url) => url.pathname.startsWith(href))
      await isAtHeading(desk)
    }
  })
})

async function onWords(server: AppServer, run: (page: Page, draft: string) => Promise<void>): Promise<void> {
  // Chromium's own microphone beeps once a second, and nobody is asked.
  const browser = await chromium.launch({ executablePath: (await findHeadless()) ?? '', args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] })
  try {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en-GB', permissions: ['geolocation', 'microphone'], geolocation: { latitude: -0.09, longitude: 34.76, accuracy: 18 } })
    const page = await context.newPage()
    await page.goto(await server.invite('volunteer'))
    await joinOn(page)
    await page.goto(`${server.url}/new/challenge`)
    await page.waitForURL(/\/record\//)
    const draft = new URL(page.url()).pathname.split('/')[2] ?? ''
    await page.goto(`${server.url}/record/${draft}/words`)
    await run(page, draft)
  } finally {
    await browser.close()
  }
}
