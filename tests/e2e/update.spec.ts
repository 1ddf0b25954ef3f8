import { readdirSync } from 'node:fs'
import { chromium, expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import { findHeadless } from '../../scripts/chromium.mjs'
import { startAppServer } from '../support/app-server.ts'
import { joinOn } from '../support/people.ts'
import { pictureWithFaces } from '../support/picture-with-faces.ts'
import { readyOffline } from '../support/profiles.ts'
import { publish } from '../support/release.ts'
import type { Release } from '../support/release.ts'

test('[WO25] [AP9] a new version that another window takes disturbs nobody: neither the recording that runs nor the tool that is opened next', async () => {
  test.setTimeout(180_000)
  const server = await startAppServer()
  const published = await publish(server.url)
  // Chromium's own microphone beeps once a second, and nobody is asked.
  const browser = await chromium.launch({ executablePath: (await findHeadless()) ?? '', args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] })
  try {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, locale: 'en-GB' })
    const writing = await context.newPage()
    await writing.goto((await server.invite('volunteer')).replace(server.url, published.url))
    await joinOn(writing)
    await readyOffline(writing)
    const other = await context.newPage()
    await other.goto(published.url)
    await expect(other.locator('a[href="/new/challenge"]')).toBeVisible()

    await writing.bringToFront()
    await beginAtWords(writing)
    await writing.getByRole('button', { name: 'Record your voice' }).click()
    await expect(writing.getByRole('timer')).toHaveText(/0:01 of 1:00/, { timeout: 15_000 })
    await release(published, ['blur-editor', 'photo-worker'])
    // A phone with little room tidies the browser's own cache soon, which nobody may rely on.
    await (await context.newCDPSession(writing)).send('Network.clearBrowserCache')
    await other.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
    await expect(other.getByText('A new version is ready.')).toBeVisible()
    // A click by script, and not to the front: where the page is hidden, the recording ends by itself.
    await other.getByRole('button', { name: 'Open the new version' }).evaluate((button: HTMLElement) => {
      document.documentElement.setAttribute('data-old', '')
      button.click()
    })
    await expect(other.locator('html:not([data-old]) a[href="/new/challenge"]')).toBeVisible()

    // The recording runs on, and is kept; what comes next is there, though the server has it no more.
    await expect(writing.getByRole('timer')).toHaveText(/0:0[3-9] of 1:00/, { timeout: 15_000 })
    expect(await writing.getByText('A new version is ready.').count()).toBe(0)
    await writing.getByRole('button', { name: 'Stop' }).click()
    await expect(writing.getByText('The voice note is kept on this phone.')).toBeVisible()
    await writing.getByLabel('Choose from this phone').setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: await pictureWithFaces() })
    await writing.getByRole('button', { name: 'Hide faces in photo 1' }).click()
    await writing.getByRole('application').press('Enter')
    await writing.getByRole('button', { name: 'Done' }).click()
    await expect(writing.getByText(/What you hid is gone for good/)).toBeVisible()
    await writing.getByRole('textbox', { name: 'What happens?' }).fill('The kiosk sells water only until ten.')
    expect(await writing.getByText('A new version is ready.').count()).toBe(0)

    await writing.locator('header a').first().click()
    await expect(writing.getByText('The kiosk sells water only until ten.')).toBeVisible()
    await expect(writing.getByText('A new version is ready.')).toBeVisible()
    await context.close()
  } finally {
    await browser.close()
    await published.close()
    await server.stop()
  }
})

/** Some of the files have changed: they have new names, and the former ones are gone from the server. */
async function release(published: Release, names: readonly string[]): Promise<void> {
  const built = readdirSync('dist/assets').filter((file) => /\.(?:js|css)$/.test(file) && names.some((name) => file.startsWith(`${name}-`)))
  const renamed = built.map((file) => [file, file.replace(/-[^-]+(?=\.\w+$)/, '-Released')] as const)
  for (const [from, to] of renamed) published.move(`/assets/${from}`, `/assets/${to}`)
  published.replace('/sw.js', (text) => renamed.reduce((edited, [from, to]) => edited.replaceAll(from, to), text))
  expect(renamed.length).toBeGreaterThanOrEqual(names.length)
}

async function beginAtWords(page: Page): Promise<void> {
  await page.locator('a[href="/new/challenge"]').click()
  await page.getByRole('radio', { name: /^Water/ }).click()
  await page.getByRole('radio', { name: /People lack some essentials/ }).click()
  const { pathname } = new URL(page.url())
  await page.goto(new URL(pathname.replace(/[^/]+$/, 'words'), page.url()).href)
  await expect(page.getByRole('heading', { name: 'What happens?' })).toBeVisible()
}
