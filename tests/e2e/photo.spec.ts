import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { build } from 'vite'

interface Shrunk {
  readonly bytes: readonly number[]
  readonly thumb: readonly number[]
  readonly type: string
  readonly width: number
  readonly height: number
}

/** The shrinking code alone, in a real browser: what it makes of a picture before anything else sees it. */
test.describe('a picture on the device', () => {
  let code = ''
  test.beforeAll(async () => {
    const built = await build({
      configFile: false, logLevel: 'silent', publicDir: false,
      build: { write: false, minify: false, lib: { entry: fileURLToPath(new URL('../../src/device/media/shrink-photo.ts', import.meta.url)), formats: ['iife'], name: 'media', fileName: 'media' } },
    })
    const output = Array.isArray(built) ? built[0]?.output[0] : undefined
    code = output?.type === 'chunk' ? output.code : ''
  })

  test('[ME6] loses its place and camera, fits, and stands upright', async ({ page }) => {
    const camera = await sharp({ create: { width: 2400, height: 1800, channels: 3, background: '#8a7f6a', noise: { type: 'gaussian', mean: 128, sigma: 60 } } })
      .withExif({ IFD0: { Make: 'Leaky', Orientation: '6' }, IFD3: { GPSLatitude: '0/1 5/1 0/1', GPSLatitudeRef: 'S' } }).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer()
    expect(camera.length).toBeGreaterThan(1_000_000)
    const shrunk = await shrink(page, code, camera)
    const about = await sharp(Buffer.from(shrunk?.bytes ?? [])).metadata()
    expect([about.exif, about.xmp, about.orientation]).toEqual([undefined, undefined, undefined])
    expect(Buffer.from(shrunk?.bytes ?? []).includes(Buffer.from('Leaky'))).toBe(false)
    // Turned by its EXIF orientation: higher than wide.
    expect([shrunk?.type, about.height, about.height > about.width]).toEqual(['image/webp', shrunk?.height, true])
    expect(Math.max(about.width, about.height)).toBeLessThanOrEqual(1600)
    expect([(shrunk?.bytes.length ?? Infinity) <= 400_000, (shrunk?.thumb.length ?? Infinity) <= 20_000]).toEqual([true, true])
    expect(Math.max((await sharp(Buffer.from(shrunk?.thumb ?? [])).metadata()).height)).toBeLessThanOrEqual(320)
  })

  test('[ME7] what is no picture is refused, and nothing of it is kept', async ({ page }) => {
    expect(await shrink(page, code, Buffer.from('%PDF-1.7 a letter'))).toBeNull()
  })
})

async function shrink(page: Page, code: string, picture: Buffer): Promise<Shrunk | null> {
  await page.goto('data:text/html,<title>nothing else</title>')
  await page.addScriptTag({ content: code })
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const media: unknown = Reflect.get(window, 'media') ?? Reflect.get(globalThis, 'media')
    const run = media as { readonly shrinkPhoto: (blob: Blob) => Promise<{ bytes: ArrayBuffer; thumb: ArrayBuffer; type: string; width: number; height: number } | null> }
    const shrunk = await run.shrinkPhoto(new Blob([bytes], { type: 'image/jpeg' }))
    return shrunk === null ? null : { ...shrunk, bytes: [...new Uint8Array(shrunk.bytes)], thumb: [...new Uint8Array(shrunk.thumb)] }
  }, picture.toString('base64'))
}
