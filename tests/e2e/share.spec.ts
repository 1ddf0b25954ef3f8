import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { pictureWithFaces } from '../support/picture-with-faces.ts'

let server: AppServer
test.beforeAll(async () => {
  server = await startAppServer()
})
test.afterAll(() => server.stop())

/** What the browser's share sheet does: a form, posted to the address of the web manifest. */
async function share(page: Page, text: string, pictures: readonly Buffer[]): Promise<void> {
  await page.evaluate((said) => {
    const form = document.createElement('form')
    Object.assign(form, { action: '/share', method: 'post', enctype: 'multipart/form-data', id: 'share-sheet' })
    for (const [name, type, value] of [['text', 'hidden', said], ['files', 'file', '']] as const) {
      const input = document.createElement('input')
      Object.assign(input, { name, type, multiple: true })
      if (type === 'hidden') input.value = value
      form.append(input)
    }
    document.body.append(form)
  }, text)
  await page.locator('#share-sheet input[type=file]').setInputFiles(pictures.map((buffer, n) => ({ name: `${n}.jpg`, mimeType: 'image/jpeg', buffer })))
  await page.evaluate(() => (document.getElementById('share-sheet') as HTMLFormElement).submit())
}

test('[WO23] nothing of what a camera wrote beside a shared picture is stored', async ({ page }) => {
  await page.goto(server.url)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller === null) await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
  })
  const marked = await sharp(await pictureWithFaces()).withExif({ IFD0: { Copyright: 'EXIF-TRACE' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '18/1 32/1 0/1' } }).jpeg().toBuffer()
  expect(marked.includes('EXIF-TRACE')).toBe(true)
  await share(page, 'A picture with a past.', [marked])
  await expect(page.getByRole('img', { name: 'Photo 1' })).toBeVisible()
  const stored = await page.evaluate(async () => {
    const cache = await caches.open('terrain-shared')
    const parts = await Promise.all((await cache.keys()).map(async (key) => new TextDecoder('latin1').decode(await (await cache.match(key))?.arrayBuffer())))
    return { parts: parts.length, traces: parts.filter((part) => part.includes('EXIF-TRACE') || part.includes('Exif')).length }
  })
  expect(stored).toEqual({ parts: 2, traces: 0 })
})

test('[WO20] [VO99] shared without a connection and before joining it is kept; afterwards it becomes a note with its photo, and nothing of it is left behind', async ({ page, context }) => {
  await page.goto(server.url)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller === null) await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
  })
  await context.setOffline(true)
  await share(page, 'The well behind the school is dry.', [await pictureWithFaces()])
  await expect(page).toHaveURL(`${server.url}/shared`)
  await expect(page.getByText('The well behind the school is dry.')).toBeVisible()
  await expect(page.getByRole('img', { name: 'Photo 1' })).toBeVisible()
  await expect(page.getByText(/has not joined a campaign yet/)).toBeVisible()

  await context.setOffline(false)
  await page.goto(await server.invite('volunteer'))
  await page.getByRole('textbox', { name: 'What should we call you?' }).fill('Achieng')
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page.getByText('Something from another app waits here.')).toBeVisible()
  await context.setOffline(true)
  await page.getByRole('link', { name: 'Look at it' }).click()
  await page.getByRole('button', { name: 'Challenge' }).click()
  await expect(page.getByRole('heading', { name: 'What is it about?' })).toBeVisible()
  await page.goto(page.url().replace(/\/[^/]*$/, '/words'))
  await expect(page.getByRole('textbox', { name: 'What happens?' })).toHaveValue('The well behind the school is dry.')
  await expect(page.getByRole('img', { name: 'Photo 1' })).toBeVisible()
  await expect.poll(() => page.evaluate(async () => (await (await caches.open('terrain-shared')).keys()).length)).toBe(0)
})
