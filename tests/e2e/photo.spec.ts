import { fileURLToPath } from 'node:url'
import { crc32 } from 'node:zlib'
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

const exif = { IFD0: { Make: 'Leaky', Model: 'GPS Phone' }, IFD3: { GPSLatitude: '0/1 5/1 0/1', GPSLatitudeRef: 'S', GPSLongitude: '34/1 45/1 0/1', GPSLongitudeRef: 'E' } }
const plain = () => sharp({ create: { width: 640, height: 400, channels: 3, background: '#8a7f6a' } }).withExif(exif)

/** Pictures as cameras and other apps write them, each telling where and with what it was made. */
const telling: readonly (readonly [string, () => Promise<Buffer>])[] = [
  ...[1, 3, 6, 8].map((orientation) => [`JPEG with orientation ${orientation}`, () => plain().withMetadata({ orientation }).withExifMerge(exif).jpeg().toBuffer()] as const),
  ['JPEG with a comment', async () => {
    const jpeg = await plain().jpeg().toBuffer()
    const comment = Buffer.from('Leaky comment: 0.0917 S, 34.7680 E')
    return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, comment.length + 2]), comment, jpeg.subarray(2)])
  }],
  ['PNG with an eXIf chunk and text', async () => {
    const png = await plain().png().toBuffer()
    const chunk = Buffer.from('tEXtComment\0Leaky, 0.0917 S')
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(chunk.length - 4)
    check.writeUInt32BE(crc32(chunk))
    // Behind the header, which is 33 bytes long.
    return Buffer.concat([png.subarray(0, 33), length, chunk, check, png.subarray(33)])
  }],
  ['WebP with EXIF', () => plain().webp().toBuffer()],
]

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

  for (const [format, make] of telling) {
    test(`[ME22] a ${format} leaves nothing of its EXIF, place or comments, and stands as the camera was held`, async ({ page }) => {
      const picture = await make()
      expect(leaksIn(picture)).not.toEqual([])
      const shrunk = await shrink(page, code, picture)
      for (const made of [Buffer.from(shrunk?.bytes ?? []), Buffer.from(shrunk?.thumb ?? [])]) {
        const about = await sharp(made).metadata()
        expect([about.exif, about.xmp, about.iptc, about.orientation, about.comments?.length ?? 0, leaksIn(made)]).toEqual([undefined, undefined, undefined, undefined, 0, []])
      }
      const { width, height } = await sharp(picture).autoOrient().toBuffer({ resolveWithObject: true }).then(({ info }) => info)
      if (format.startsWith('JPEG')) expect((shrunk?.width ?? 0) > (shrunk?.height ?? 0)).toBe(width > height)
    })
  }

  test('[ME7] what is no picture is refused, and nothing of it is kept', async ({ page }) => {
    expect(await shrink(page, code, Buffer.from('%PDF-1.7 a letter'))).toBeNull()
  })
})

const leaks = ['Exif', 'Leaky', 'GPS', 'http://ns.adobe.com', 'eXIf', 'EXIF', 'tEXt']

function leaksIn(bytes: Buffer): readonly string[] {
  return leaks.filter((mark) => bytes.includes(Buffer.from(mark)))
}

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
