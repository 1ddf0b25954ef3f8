import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import type { ServerContext } from '#server/context.ts'
import { createUploads } from '#server/files/uploads.ts'
import { createApp } from '#server/http/create-app.ts'
import { openContext } from '#server/open-context.ts'
import { receiptFor } from '#server/sync/receipts.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { hastyTimes, s3ShelfOn } from '../../support/contracts/shelves.ts'
import { S3Server } from '../../support/s3-server.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

type App = Awaited<ReturnType<typeof createApp>>['app']

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex') as Sha256
const meta = (fields: Readonly<Record<string, string>>) => Object.entries(fields).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')

const groundOf = ({ log, clock, chance, appDir }: ServerContext) => ({ log, clock, chance, appDir })

async function photo(shade: number): Promise<Buffer> {
  const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, index) => (index * 31 + shade * 17 + (index % 7) * shade) % 256))
  return sharp(noise, { raw: { width: 64, height: 64, channels: 3 } }).jpeg().toBuffer()
}

/** One phone, a photo in a pushed entry, and two servers on one database and one storage. */
describe('uploads into storage that speaks S3', () => {
  let s3: S3Server
  let server: TestServer
  let context: ServerContext
  let other: ServerContext
  let apps: readonly [App, App]
  let phone: ScriptDevice

  beforeEach(async () => {
    s3 = await S3Server.start()
    server = await startTestServer()
    phone = await server.join('volunteer')
    // What stands in the bucket is compared with what was sent.
    await server.context.store.campaigns.update(server.campaign.id, { keepOriginals: true })
    // Two tries.
    const shelf = s3ShelfOn(s3.bucket, hastyTimes(s3, [1]))
    context = { ...server.context, shelf }
    other = { ...(await openContext(server.context.config, groundOf(server.context))), shelf }
    apps = [(await createApp(context)).app, (await createApp(other)).app]
  })
  afterEach(async () => {
    for (const app of apps) await app.close()
    await other.store.close()
    await server.close()
    await s3.close()
  })

  const send = (app: App, request: string, headers: Readonly<Record<string, string>> = {}, payload?: Uint8Array) =>
    app.inject({ method: request.split(' ')[0] as 'POST', url: request.split(' ')[1] ?? '/', headers: { authorization: phone.headers['authorization'] ?? '', 'x-terrain': '1', 'tus-resumable': '1.0.0', ...headers }, ...(payload === undefined ? {} : { payload: Buffer.from(payload) }) })
  const create = (app: App, { bytes, entryId }: { readonly bytes: Uint8Array; readonly entryId: EntryId }) =>
    send(app, 'POST /api/v1/files', { 'upload-length': String(bytes.length), 'upload-metadata': meta({ sha256: hashOf(bytes), type: 'image/jpeg', entryId, campaignId: server.campaign.id }) })
  const patch = (app: App, path: string, offset: number, bytes: Uint8Array) => send(app, `PATCH ${path}`, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, bytes)

  async function entryWith(bytes: Uint8Array): Promise<{ readonly entryId: EntryId; readonly path: string; readonly key: string }> {
    const named = { sha256: hashOf(bytes), bytes: bytes.length, type: 'image/jpeg' as const, width: 64, height: 64, thumb: { sha256: hashOf(Buffer.from('thumb')), bytes: 10 } }
    const record = phone.change('record', { content: aChallenge({ photos: [named], consentPhoto: true }) })
    await phone.push([record])
    return { entryId: record.entryId, path: `/api/v1/files/${server.campaign.id}.${phone.deviceId}.${named.sha256}`, key: `received/${server.campaign.id}/${named.sha256}` }
  }
  const receipts = async (entryId: EntryId) => (await context.store.changes.ofEntry(server.campaign.id, entryId)).filter(({ type }) => type === 'fileStored').length

  it('[SE60] a photo that reached two servers in pieces stands in the bucket byte for byte, and its re-encoding beside it', async () => {
    const bytes = await photo(1)
    const { entryId, path, key } = await entryWith(bytes)
    expect((await create(apps[0], { bytes, entryId })).statusCode).toBe(201)
    expect((await patch(apps[0], path, 0, bytes.subarray(0, 500))).statusCode).toBe(204)
    expect((await send(apps[1], `HEAD ${path}`)).headers['upload-offset']).toBe('500')
    expect((await patch(apps[1], path, 500, bytes.subarray(500))).statusCode).toBe(204)
    expect(s3.objects.get(key)?.equals(bytes)).toBe(true)
    expect((await sharp(s3.objects.get(key.replace('received', 'shown'))).metadata()).format).toBe('webp')
    expect([await receipts(entryId), await readdir(context.uploadDir)]).toEqual([1, []])
  })

  it.each(['gone', 'broken', 'silent', 'torn', 'forgetful', 'cut'] as const)('[SE63] storage that is %s: no receipt, texts go on, and the photo is finished later without being sent again', async (mood) => {
    const bytes = await photo(2)
    const { entryId, path, key } = await entryWith(bytes)
    await create(apps[0], { bytes, entryId })
    s3.mood = mood
    const last = await patch(apps[0], path, 0, bytes)
    expect([last.statusCode, last.json<{ code: string }>().code]).toEqual([503, 'unavailable'])
    expect((await send(apps[1], `HEAD ${path}`)).statusCode).toBe(503)
    expect([await receipts(entryId), await context.store.files.get(server.campaign.id, hashOf(bytes))]).toEqual([0, null])
    const text = phone.change('record', { content: aChallenge() })
    expect((await phone.push([text])).results.map(({ status }) => status)).toEqual(['stored'])
    s3.mood = 'well'
    expect((await send(apps[1], `HEAD ${path}`)).headers['upload-offset']).toBe(String(bytes.length))
    expect([await receipts(entryId), s3.objects.get(key)?.equals(bytes), await readdir(context.uploadDir)]).toEqual([1, true, []])
  })

  it('[SE63] texts are stored while a photo waits for storage that says nothing', async () => {
    const bytes = await photo(3)
    const { entryId, path } = await entryWith(bytes)
    await create(apps[0], { bytes, entryId })
    s3.mood = 'silent'
    const order: string[] = []
    const upload = patch(apps[0], path, 0, bytes).then(() => order.push('photo'))
    while (s3.requests.length === 0) await wait(5)
    await phone.push([phone.change('record', { content: aChallenge() })])
    order.push('text')
    await upload
    expect(order).toEqual(['text', 'photo'])
  })

  it('[SE65] what is complete is finished by the server alone; what has not grown for two weeks is removed; the rest stays', async () => {
    const [whole, part] = [await photo(4), await photo(5)]
    const [first, second] = [await entryWith(whole), await entryWith(part)]
    s3.mood = 'broken'
    await create(apps[0], { bytes: whole, entryId: first.entryId })
    await patch(apps[0], first.path, 0, whole)
    await create(apps[0], { bytes: part, entryId: second.entryId })
    await patch(apps[0], second.path, 0, part.subarray(0, 100))
    const inDays = (days: number) => {
      const later = { ...context, clock: { now: () => Date.now() + days * 24 * 3600 * 1000 } }
      return createUploads(later, receiptFor(later)).tend()
    }
    expect(await inDays(0)).toEqual({ finished: 0, expired: 0 })
    expect((await inDays(15)).finished).toBe(0)
    expect(await readdir(context.uploadDir)).toContain(`${first.path.split('/').at(-1) ?? ''}`)
    s3.mood = 'well'
    expect((await inDays(1)).finished).toBe(1)
    expect([await receipts(first.entryId), s3.objects.get(first.key)?.equals(whole)]).toEqual([1, true])
    await inDays(15)
    expect([await readdir(context.uploadDir), await receipts(second.entryId)]).toEqual([[], 0])
  })

  it('[SE66] a phone that lost the last answer learns by HEAD that its file is kept; when the bucket has lost it, that it is not', async () => {
    const bytes = await photo(6)
    const { entryId, path, key } = await entryWith(bytes)
    await create(apps[0], { bytes, entryId })
    await patch(apps[0], path, 0, bytes)
    const head = await send(apps[1], `HEAD ${path}`)
    expect([head.statusCode, head.headers['upload-offset'], head.headers['upload-length']]).toEqual([200, String(bytes.length), String(bytes.length)])
    // A creation that was on its way for long leaves nothing behind.
    await create(apps[0], { bytes, entryId })
    expect((await readdir(context.uploadDir)).length).toBeGreaterThan(0)
    expect([(await send(apps[1], `HEAD ${path}`)).statusCode, await readdir(context.uploadDir)]).toEqual([200, []])
    s3.objects.delete(key)
    expect((await send(apps[1], `HEAD ${path}`)).statusCode).toBe(404)
    await create(apps[1], { bytes, entryId })
    expect((await patch(apps[1], path, 0, bytes)).statusCode).toBe(204)
    expect([s3.objects.get(key)?.equals(bytes), await receipts(entryId)]).toEqual([true, 1])
  })

  it('[SE64] two servers race for one upload: one file, its bytes as they were, and one receipt', async () => {
    for (let round = 0; round < (process.env['TERRAIN_TEST'] === 'deep' ? 60 : 5); round += 1) {
      const bytes = await photo(10 + round)
      const { entryId, path, key } = await entryWith(bytes)
      const half = Math.floor(bytes.length / 2) - round
      await Promise.all(apps.map((app) => race(app, { bytes, entryId, path, half })))
      const statuses = await Promise.all(apps.map(async (app) => (await send(app, `HEAD ${path}`)).headers['upload-offset']))
      expect(statuses).toEqual([String(bytes.length), String(bytes.length)])
      expect([s3.objects.get(key)?.equals(bytes), await receipts(entryId), await readdir(context.uploadDir)]).toEqual([true, 1, []])
    }
  })

  it('[SE74] two servers race for one upload whose original goes: its copy and one receipt are left', async () => {
    await server.context.store.campaigns.update(server.campaign.id, { keepOriginals: false })
    for (let round = 0; round < 3; round += 1) {
      const bytes = await photo(90 + round)
      const { entryId, path, key } = await entryWith(bytes)
      await Promise.all(apps.map((app) => race(app, { bytes, entryId, path, half: Math.floor(bytes.length / 2) - round })))
      const offsets = await Promise.all(apps.map(async (app) => (await send(app, `HEAD ${path}`)).headers['upload-offset']))
      expect([offsets, s3.objects.has(key), s3.objects.has(key.replace('received', 'shown')), await receipts(entryId), await readdir(context.uploadDir)]).toEqual([[String(bytes.length), String(bytes.length)], false, true, 1, []])
    }
  })

  /** As the phone does: ask, make, send, and whatever is answered, ask again until the file is kept. */
  async function race(app: App, file: { readonly bytes: Uint8Array; readonly entryId: EntryId; readonly path: string; readonly half: number }): Promise<void> {
    for (let tries = 0; tries < 30; tries += 1) {
      const head = await send(app, `HEAD ${file.path}`)
      if (head.statusCode !== 200) {
        await create(app, file)
        continue
      }
      const offset = Number(head.headers['upload-offset'])
      if (offset === file.bytes.length) return
      await patch(app, file.path, offset, file.bytes.subarray(offset, offset < file.half ? file.half : file.bytes.length))
    }
    throw new Error('the upload never ended')
  }
})

describe('the folder of unfinished uploads', () => {
  it('[SE65] may be another one than that of the data', async () => {
    const uploadDir = await mkdtemp(join(tmpdir(), 'terrain-uploads-'))
    const server = await startTestServer()
    const context = await openContext({ ...server.context.config, uploadDir }, groundOf(server.context))
    expect(context.uploadDir).toBe(uploadDir)
    await context.store.close()
    await server.close()
    await rm(uploadDir, { recursive: true })
  })
})
