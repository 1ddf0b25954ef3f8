import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { shownPicture } from '#server/files/picture.ts'

it('[SE298] a picture that takes longer than it may is shown to nobody, and the next one is', async () => {
  const [width, height] = [7000, 7000]
  const noise = randomBytes(width * 100 * 3)
  const large = await sharp(Buffer.concat(Array.from({ length: height / 100 }, () => noise)), { raw: { width, height, channels: 3 } }).jpeg({ progressive: true, quality: 95 }).toBuffer()
  expect(await shownPicture(large, 1)).toBeNull()
  const small = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#7a9' } }).jpeg().toBuffer()
  expect((await shownPicture(small))?.length).toBeGreaterThan(20)
}, 120_000)
