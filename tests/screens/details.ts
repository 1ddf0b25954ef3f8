import type { Page } from '@playwright/test'
import { recordOn } from '../support/people.ts'
import { pictureWithFaces } from '../support/picture-with-faces.ts'

type Camera = (name: string) => Promise<void>

/** What the quick path leaves out: the map, a photo and what is hidden in it, more detail; then the screens that few open. */
export async function walkDetails(page: Page, url: string, camera: Camera): Promise<void> {
  await page.goto(`${url}/`)
  await page.locator('main a[href^="/entry/"]').first().waitFor()
  for await (const step of recordOn(page, 'challenge')) {
    if (step === 'place') await lookAtMap(page, camera)
    if (step === 'words') await lookAtPhoto(page, camera)
    if (step === 'review') await lookAtMore(page, camera)
  }
  await page.goto(`${url}/`)
  const href = (await page.locator('main a[href^="/entry/"]').last().getAttribute('href')) ?? ''
  await page.goto(`${url}${href.replace('/entry/', '/update/').replace(/#.*/, '')}`)
  await page.waitForURL(/\/record\//)
  await camera('update')
  await page.goto(`${url}/`)
  await page.locator('main li > button').first().click()
  await page.locator('dialog[open]').waitFor()
  await camera('discard')
  await page.keyboard.press('Escape')
  await page.goto(`${url}/carry`)
  await camera('carry')
}

async function lookAtMap(page: Page, camera: Camera): Promise<void> {
  const places = page.locator('main button[aria-expanded]').last()
  await places.click()
  await page.locator('main svg[role]').or(page.locator('main [role=application], main button > svg path:nth-child(5)')).first().waitFor()
  await camera('challenge-place-map')
  await places.click()
}

async function lookAtPhoto(page: Page, camera: Camera): Promise<void> {
  await page.locator('input[type=file]').last().setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: await pictureWithFaces() })
  await page.locator('main li img').waitFor()
  await camera('challenge-words-photo')
  await page.locator('main li button').first().click()
  await page.locator('dialog[open] canvas').waitFor()
  await camera('challenge-blur')
  await page.keyboard.press('Escape')
}

/** Every fold of it opened. */
async function lookAtMore(page: Page, camera: Camera): Promise<void> {
  for (const summary of await page.locator('main details > summary').all()) await summary.click()
  for (const summary of await page.locator('main details details:not([open]) > summary').all()) await summary.click()
  await camera('challenge-review-more')
}
