import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { hidden, hostileImages } from '../../support/hostile-images.ts'
import type { HostileImage } from '../../support/hostile-images.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

const meta = (fields: Readonly<Record<string, string>>) => Object.entries(fields).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')
const mebibyte = 1024 * 1024

describe('pictures that are something else', () => {
  let server: TestServer
  let awa: ScriptDevice
  let ruth: ScriptDevice
  let images: readonly HostileImage[]
  beforeAll(async () => {
    server = await startTestServer()
    ;[awa, ruth] = [await server.join('volunteer'), await server.join('coordinator')]
    images = await hostileImages()
  }, 60_000)
  afterAll(() => server.close())

  async function sent({ bytes, type }: HostileImage, headers = { authorization: awa.headers['authorization'] ?? '', 'x-terrain': '1', 'tus-resumable': '1.0.0' }): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const shot = { sha256: sha256 as never, bytes: Math.max(1, bytes.length), type, width: 96, height: 64, thumb: { sha256: 'b'.repeat(64) as never, bytes: 1 } }
    const record = awa.change('record', { content: aChallenge({ photos: [shot], consentPhoto: true }) })
    await awa.push([record])
    const made = await server.app.inject({ method: 'POST', url: '/api/v1/files', headers: { ...headers, 'upload-length': String(bytes.length), 'upload-metadata': meta({ sha256, type, entryId: record.entryId, campaignId: server.campaign.id }) } })
    await server.app.inject({ method: 'PATCH', url: String(made.headers.location), headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, payload: bytes })
    return sha256
  }

  it('[SE227] of sixty hostile pictures none is shown or stored as it was sent, none carries anything along, none that cannot be a picture is shown, and memory stays within bounds', { timeout: 120_000 }, async () => {
    expect(images.length).toBeGreaterThanOrEqual(60)
    const before = process.memoryUsage().rss
    const faults: string[] = []
    let shownCount = 0
    for (const image of images) {
      const answer = await server.app.inject({ method: 'GET', url: `/api/v1/files/${await sent(image)}`, headers: { authorization: ruth.headers['authorization'] ?? '' } })
      if (answer.statusCode === 404) continue
      shownCount += 1
      const { format, exif, xmp, icc, pages, width, height } = await sharp(answer.rawPayload).metadata()
      const isClean = answer.statusCode === 200 && format === 'webp' && exif === undefined && xmp === undefined && icc === undefined && (pages ?? 1) === 1 && width <= 1600 && height <= 1600
      if (!isClean || answer.rawPayload.includes(hidden) || answer.rawPayload.equals(image.bytes)) faults.push(image.name)
      if (answer.headers['content-type'] !== 'image/webp' || answer.headers['content-security-policy'] !== "default-src 'none'; sandbox" || answer.headers['x-content-type-options'] !== 'nosniff') faults.push(`${image.name}: its headers`)
    }
    expect(faults).toEqual([])
    // Of what can be shown nothing stands any longer as it was sent.
    const files = await server.context.store.files.list(server.campaign.id, '', 500)
    const asSent = await Promise.all(files.map(({ sha256 }) => server.context.shelf.has('received', { campaignId: server.campaign.id, sha256 })))
    expect(files.filter(({ shownSha256 }, at) => asSent[at] !== (shownSha256 === null))).toEqual([])
    // And what cannot be shown, of which nothing else is left, lies there as nothing that anybody sent.
    const folder = join(server.context.config.dataDir, 'files')
    const lying = await Promise.all((await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name))))
    expect(lying.length).toBeGreaterThan(30)
    expect(images.filter(({ bytes }) => bytes.length > 8 && lying.some((each) => each.equals(bytes))).map(({ name }) => name)).toEqual([])
    expect(lying.filter((each) => each.includes(hidden))).toEqual([])
    // Those that are pictures at heart; all others are shown to nobody.
    expect(shownCount).toBeGreaterThan(8)
    expect(shownCount).toBeLessThan(22)
    expect((process.memoryUsage().rss - before) / mebibyte).toBeLessThan(400)
    expect((await server.app.inject({ method: 'GET', url: '/api/v1/health' })).statusCode).toBe(200)
  })
})
