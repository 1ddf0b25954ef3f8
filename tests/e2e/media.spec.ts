import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, expect, test } from '@playwright/test'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import sharp from 'sharp'
import { build } from 'vite'
import type { Sha256 } from '#domain/ids.ts'
import { openedInert } from '#server/files/inert-shelf.ts'
import { findHeadless } from '../../scripts/chromium.mjs'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { expectNoViolation } from '../support/axe.ts'
import { joinOn } from '../support/people.ts'
import { pictureWithFaces } from '../support/picture-with-faces.ts'
import type * as scan from '../support/store-scan.ts'

type StoreScan = typeof scan

test.describe('photos and voice, in the app under its own content policy', () => {
  let server: AppServer
  let browser: Browser
  let scanCode = ''
  test.beforeAll(async () => {
    server = await startAppServer()
    // What arrived is compared with what was sent.
    server.keepOriginals()
    // Chromium's own microphone beeps once a second, and nobody is asked.
    browser = await chromium.launch({ executablePath: (await findHeadless()) ?? '', args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] })
    const built = await build({
      configFile: false, logLevel: 'silent', publicDir: false,
      build: { write: false, minify: false, lib: { entry: fileURLToPath(new URL('../support/store-scan.ts', import.meta.url)), formats: ['iife'], name: 'scan', fileName: 'scan' } },
    })
    const output = Array.isArray(built) ? built[0]?.output[0] : undefined
    scanCode = output?.type === 'chunk' ? output.code : ''
  })
  test.afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  test('[VO59] a face that was drawn over is gone: from the picture, from the store, from what is sent', async () => {
    test.setTimeout(180_000)
    const { context, page, faults } = await onWords()
    const workers: string[] = []
    page.on('worker', (worker) => workers.push(new URL(worker.url()).pathname))
    await page.getByLabel('Choose from this phone').setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: await pictureWithFaces() })
    await expect(page.getByRole('img', { name: 'Photo 1' })).toBeVisible()
    expect(workers).toEqual([expect.stringMatching(/^\/assets\/photo-worker-/)])
    const before = await onlyPhoto(page)
    expect(await darkness(before.bytes, face)).toBeGreaterThan(100)

    await page.getByRole('button', { name: 'Hide faces in photo 1' }).click()
    const stage = page.getByRole('application')
    await expect(stage).toBeVisible()
    await hideFace(page)
    await expect(page.getByText('1 place hidden')).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('Nothing is hidden yet')).toBeVisible()
    await page.getByRole('button', { name: 'Do again' }).click()
    await stage.focus()
    for (const key of ['ArrowDown', 'ArrowDown', 'Shift+ArrowDown', '+', 'Enter']) await page.keyboard.press(key)
    await expect(page.getByText('2 places hidden')).toBeVisible()
    await page.getByRole('button', { name: 'Done' }).click()
    await expect(page.getByText(/What you hid is gone for good/)).toBeVisible()
    expect(workers).toHaveLength(2)

    const after = await onlyPhoto(page)
    expect(after.sha256).not.toBe(before.sha256)
    // The eyes and the mouth were black on a bright face; of what was there only its mean is left.
    expect(await darkness(after.bytes, face)).toBe(0)
    expect(await darkness(after.bytes, otherFace)).toBeGreaterThan(100)
    expect(await piecesLeft(page, before.bytes)).toBe(0)
    expect(await piecesLeft(page, after.bytes)).toBeGreaterThan(0)

    await finishAndSend(page, true)
    // What arrived is all that was ever sent: neither the face nor the place that the camera wrote into its file.
    const hasArrived = async (wanted: Buffer): Promise<boolean> => (await bytesUnder(server.dataDir)).some((file) => file.includes(wanted))
    await expect.poll(() => hasArrived(piece(after.bytes)), { timeout: 30_000 }).toBe(true)
    expect([await hasArrived(piece(before.bytes)), await hasArrived(Buffer.from('Leaky')), await hasArrived(Buffer.from('Exif'))]).toEqual([false, false, false])
    expect(await countIn(page, Buffer.from('Leaky'))).toBe(0)
    expect(faults).toEqual([])
    await context.close()
  })

  test('[VO54] a voice note alone is an entry: recorded, kept by a killed browser, sent, and played on the desk', async () => {
    test.setTimeout(180_000)
    const { context, page: first, faults } = await onWords()
    await first.getByRole('button', { name: 'Record your voice' }).click()
    await expect(first.getByRole('timer')).toHaveText(/0:03 of 1:00/, { timeout: 15_000 })
    // Its process dies in the middle of a word: nothing of ours runs any more.
    const { pathname } = new URL(first.url())
    await Promise.all([first.waitForEvent('crash'), first.goto('chrome://crash').catch(() => null)])
    const page = await context.newPage()
    watch(page, faults)
    await page.goto(`${server.url}${pathname}`)
    await expect(page.getByRole('button', { name: 'Play the voice note' })).toBeVisible()
    await page.getByRole('button', { name: 'Delete the voice note' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()

    await page.getByRole('button', { name: 'Record your voice' }).click()
    await expect(page.getByRole('timer')).toHaveText(/0:02 of 1:00/, { timeout: 15_000 })
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect(page.getByText('The voice note is kept on this phone.')).toBeVisible()
    await expectToPlay(page)
    await finishAndSend(page, false)

    const desk = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })).newPage()
    watch(desk, faults)
    await joinCampaign(desk, server.coordinatorLink, 'Ruth')
    await desk.goto(`${server.url}/desk`)
    await desk.getByText('A voice note').or(desk.getByText(/voice/i)).first().click()
    await desk.getByRole('link', { name: 'Open the whole entry' }).click()
    await expectToPlay(desk)
    expect(faults).toEqual([])
    await desk.context().close()
    await context.close()
  })

  for (const locale of process.env['TERRAIN_TEST'] === 'deep' ? ['ar-LB', 'en-GB'] : ['ar-LB']) {
    test(`[AP21] photos, hiding and voice have no violation in light and in dark, in ${locale}`, async () => {
      test.setTimeout(180_000)
      const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, locale })
      const page = await context.newPage()
      await page.goto(await server.invite('volunteer'))
      await joinOn(page)
      await page.goto(`${server.url}/new/challenge`)
      await page.waitForURL(/\/record\//)
      const draft = new URL(page.url()).pathname.split('/')[2] ?? ''
      await page.goto(`${server.url}/record/${draft}/words`)
      await page.locator('main section button').first().click()
      await expect(page.getByRole('timer')).toContainText('2', { timeout: 30_000 })
      await expectNoViolation(page, 'recording')
      await page.getByRole('timer').locator('xpath=../..').getByRole('button').click()
      await expect(page.locator('audio')).toBeAttached({ timeout: 30_000 })
      await page.locator('input[type=file]').last().setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: await pictureWithFaces() })
      await expect(page.locator('main li img')).toBeVisible({ timeout: 30_000 })
      await expectNoViolation(page, 'a photo and a voice note')
      await page.locator('main li button').first().click()
      await expect(page.getByRole('application')).toBeVisible()
      await page.getByRole('application').focus()
      for (const key of ['ArrowUp', 'Enter']) await page.keyboard.press(key)
      await expectNoViolation(page, 'hiding faces')
      await page.keyboard.press('Escape')
      await expect(page.locator('dialog dialog')).toBeVisible()
      await expectNoViolation(page, 'leaving without hiding')
      await context.close()
    })
  }

  async function onWords(): Promise<{ readonly context: BrowserContext; readonly page: Page; readonly faults: string[] }> {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, locale: 'en-GB' })
    const page = await context.newPage()
    const faults: string[] = []
    watch(page, faults)
    await joinCampaign(page, await server.invite('volunteer'), 'Awa')
    await page.getByRole('link', { name: /What is hard here/ }).click()
    await choose(page, /Education and learning/)
    await next(page)
    await choose(page, /People lack some essentials/)
    await next(page)
    await next(page)
    await page.getByRole('combobox', { name: /^Country/ }).selectOption('KEN')
    await page.getByRole('textbox', { name: /^Place/ }).fill('Kajulu')
    await next(page)
    await next(page)
    await expect(page.getByRole('heading', { name: 'Photos' })).toBeVisible()
    return { context, page, faults }
  }

  async function finishAndSend(page: Page, withPhoto: boolean): Promise<void> {
    if (withPhoto) await page.getByRole('textbox', { name: 'What happens?' }).fill('Two people at the kiosk.')
    await next(page)
    await choose(page, /I saw it myself/)
    await next(page)
    await choose(page, /They said yes$/)
    if (withPhoto) await choose(page, /The photo may be shown/)
    await next(page)
    await page.getByRole('button', { name: 'Save on this phone' }).click()
    await expect(page.getByText('Everything has been received')).toBeVisible({ timeout: 30_000 })
  }

  async function scanned(page: Page): Promise<readonly { readonly sha256: string; readonly bytes: Buffer; readonly role: string }[]> {
    await page.evaluate(scanCode)
    const files = await page.evaluate(() => (Reflect.get(globalThis, 'scan') as StoreScan).files())
    return files.map(({ sha256, role, base64 }) => ({ sha256, role, bytes: Buffer.from(base64, 'base64') }))
  }

  async function onlyPhoto(page: Page): Promise<{ readonly sha256: string; readonly bytes: Buffer }> {
    const [photo, ...others] = (await scanned(page)).filter(({ role }) => role === 'original')
    if (photo === undefined || others.length > 0) throw new Error('not one photo')
    return photo
  }

  function piecesLeft(page: Page, bytes: Buffer): Promise<number> {
    return countIn(page, piece(bytes))
  }

  async function countIn(page: Page, wanted: Buffer): Promise<number> {
    await page.evaluate(scanCode)
    return page.evaluate((base64) => (Reflect.get(globalThis, 'scan') as StoreScan).countOf(base64), wanted.toString('base64'))
  }
})

/** Where the faces are, in shares of the picture. */
const face = { x: 0.25, y: 0.4 }
const otherFace = { x: 0.75, y: 0.4 }

/** Out of the middle: the heads of two pictures of one size are the same. */
function piece(bytes: Buffer): Buffer {
  return bytes.subarray(Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 48)
}

async function bytesUnder(folder: string): Promise<readonly Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return Promise.all(entries.filter((entry) => entry.isFile()).map(async (entry) => Buffer.from(openedInert('received', { sha256: entry.name as Sha256 }, await readFile(join(entry.parentPath, entry.name))))))
}

async function hideFace(page: Page): Promise<void> {
  const box = await page.getByRole('application').boundingBox()
  if (box === null) throw new Error('no stage')
  // 4 : 3 across the whole width, in the middle of the height.
  const height = box.width * 0.75
  const at = (x: number, y: number): readonly [number, number] => [box.x + x * box.width, box.y + (box.height - height) / 2 + y * height]
  await page.mouse.move(...at(face.x - 0.06, face.y - 0.06))
  await page.mouse.down()
  for (const [x, y] of [[0.06, -0.06], [0.06, 0.04], [-0.06, 0.04], [0, 0], [0, 0.08]] as const) await page.mouse.move(...at(face.x + x, face.y + y), { steps: 4 })
  await page.mouse.up()
}

/** How many pixels around a place are nearly black: eyes and a mouth. */
async function darkness(bytes: Buffer, { x, y }: { readonly x: number; readonly y: number }): Promise<number> {
  const { width, height } = await sharp(bytes).metadata()
  const around = { left: Math.round(width * x - width * 0.08), top: Math.round(height * y - height * 0.1), width: Math.round(width * 0.16), height: Math.round(height * 0.2) }
  const pixels = await sharp(bytes).extract(around).greyscale().raw().toBuffer()
  return pixels.filter((level) => level < 60).length
}

/** The sound really runs: time passes in it. */
async function expectToPlay(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Play the voice note' }).click()
  await expect.poll(() => page.evaluate(() => Math.max(0, ...[...document.querySelectorAll('audio')].map((audio) => audio.currentTime))), { timeout: 30_000 }).toBeGreaterThan(0.1)
}

function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_NETWORK/.test(message.text())) faults.push(message.text())
  })
}

async function joinCampaign(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('What should we call you?').fill(name)
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await expect(page.getByRole('link', { name: /What is hard here/ })).toBeVisible()
}

const next = (page: Page) => page.getByRole('button', { name: 'Next', exact: true }).click()
const choose = (page: Page, name: RegExp) => page.getByRole('radio', { name }).or(page.getByRole('checkbox', { name })).first().check({ force: true })
