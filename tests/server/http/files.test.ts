import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { renewVoices } from '#server/files/renew-voices.ts'
import { verifyFiles } from '#server/files/verify-files.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'
import { box, mp4Sound, webmPackets } from '../../support/voice-packets.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const meta = (fields: Readonly<Record<string, string>>) => Object.entries(fields).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')

/** A JPEG with GPS and a camera's name in its EXIF, as a phone's gallery has it. */
function photoWithGps(): Promise<Buffer> {
  return sharp({ create: { width: 640, height: 480, channels: 3, background: '#7a9' } })
    .withExif({ IFD0: { Make: 'Leaky', Model: 'Phone' }, IFD3: { GPSLatitude: '18/1 32/1 0/1', GPSLatitudeRef: 'N', GPSLongitude: '72/1 20/1 0/1', GPSLongitudeRef: 'W' } })
    .jpeg().toBuffer()
}

describe.each(databases)('files, on %s', (database) => {
  let server: TestServer
  let volunteer: ScriptDevice
  let other: ScriptDevice
  let coordinator: ScriptDevice

  beforeAll(async () => {
    server = await startTestServer({ database })
    ;[volunteer, other, coordinator] = [await server.join('volunteer'), await server.join('volunteer'), await server.join('coordinator')]
  })
  afterAll(() => server.close())

  const tus = (device: ScriptDevice, request: string, headers: Readonly<Record<string, string>>, payload?: Uint8Array) =>
    server.app.inject({ method: request.split(' ')[0] as 'POST', url: request.split(' ')[1] ?? '/', headers: { authorization: device.headers['authorization'] ?? '', 'x-terrain': '1', 'tus-resumable': '1.0.0', ...headers }, ...(payload === undefined ? {} : { payload: Buffer.from(payload) }) })

  const create = (device: ScriptDevice, about: { readonly bytes: number; readonly sha256: string; readonly entryId: string; readonly type?: string }) =>
    tus(device, 'POST /api/v1/files', { 'upload-length': String(about.bytes), 'upload-metadata': meta({ sha256: about.sha256, type: about.type ?? 'image/jpeg', entryId: about.entryId, campaignId: server.campaign.id }) })

  const patch = (device: ScriptDevice, path: string, offset: number, payload: Uint8Array) => tus(device, `PATCH ${path}`, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, payload)

  async function entryWithPhoto(bytes: Uint8Array, type: 'image/jpeg' | 'image/png' = 'image/jpeg'): Promise<{ readonly entryId: EntryId; readonly hash: string; readonly location: string }> {
    const hash = sha256(bytes)
    const photo = { sha256: hash as never, bytes: bytes.length, type, width: 640, height: 480, thumb: { sha256: sha256(Buffer.from(`thumb ${hash}`)) as never, bytes: 10 } }
    const record = volunteer.change('record', { content: aChallenge({ photos: [photo], consentPhoto: true }) })
    await volunteer.push([record])
    const created = await create(volunteer, { bytes: bytes.length, sha256: hash, entryId: record.entryId, type })
    expect(created.statusCode).toBe(201)
    return { entryId: record.entryId, hash, location: String(created.headers.location) }
  }

  it('[SE23] an upload that is to be put together of others, which nobody here does, is refused and no failure of the server', async () => {
    for (const how of ['partial', 'final;/api/v1/files/a /api/v1/files/b']) expect((await tus(volunteer, 'POST /api/v1/files', { 'upload-length': '3', 'upload-concat': how })).statusCode).toBe(400)
  })

  it('[SE69] a creation that comes late takes nothing of an upload that has begun, and says which entry it is for', async () => {
    const bytes = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#8a6' } }).jpeg().toBuffer()
    const { entryId, hash, location } = await entryWithPhoto(bytes)
    const half = Math.floor(bytes.length / 2)
    await patch(volunteer, location, 0, bytes.subarray(0, half))
    expect((await create(volunteer, { bytes: bytes.length, sha256: hash, entryId })).statusCode).toBe(201)
    expect((await tus(volunteer, `HEAD ${location}`, {})).headers['upload-offset']).toBe(String(half))
    // Whoever begins anew is told where it stands.
    expect((await patch(volunteer, location, 0, bytes.subarray(0, 10))).statusCode).toBe(409)
    expect((await patch(volunteer, location, half, bytes.subarray(half))).statusCode).toBe(204)
    expect((await server.context.store.entries.state(server.campaign.id, entryId))?.storedFiles).toEqual([hash])
  })

  it('[SE30] an upload in pieces ends with a receipt of the server in the entry, and its bytes are on the disk', async () => {
    const bytes = await photoWithGps()
    const { entryId, hash, location } = await entryWithPhoto(bytes)
    const half = Math.floor(bytes.length / 2)
    expect((await patch(volunteer, location, 0, bytes.subarray(0, half))).headers['upload-offset']).toBe(String(half))
    expect((await tus(volunteer, `HEAD ${location}`, {})).headers['upload-offset']).toBe(String(half))
    expect((await patch(volunteer, location, half, bytes.subarray(half))).statusCode).toBe(204)
    const { original, shownSha256 } = (await server.context.store.files.get(server.campaign.id, hash as never)) ?? {}
    expect([original, sha256((await server.context.shelf.read('shown', { campaignId: server.campaign.id, sha256: hash as never })) ?? new Uint8Array())]).toEqual(['gone', shownSha256])
    expect((await server.context.store.entries.state(server.campaign.id, entryId))?.storedFiles).toEqual([hash])
  })

  it('[SE30] bytes that are not what the name says are refused and forgotten', async () => {
    const bytes = await photoWithGps()
    const wrong = Buffer.from(bytes)
    wrong[100] = (wrong[100] ?? 0) ^ 1
    const record = volunteer.change('record', { content: aChallenge() })
    await volunteer.push([record])
    const created = await create(volunteer, { bytes: wrong.length, sha256: sha256(Buffer.concat([bytes, Buffer.from('x')])), entryId: record.entryId })
    const refused = await patch(volunteer, String(created.headers.location), 0, wrong)
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([422, 'invalid'])
    expect((await tus(volunteer, `HEAD ${String(created.headers.location)}`, {})).statusCode).toBe(404)
  })

  it('[SE30] nobody writes into the upload of another device, and none is larger than allowed', async () => {
    const { location } = await entryWithPhoto(Buffer.concat([await photoWithGps(), Buffer.from('2')]))
    expect((await patch(other, location, 0, Buffer.from('x'))).statusCode).toBe(404)
    expect((await create(volunteer, { bytes: 9_000_000, sha256: 'a'.repeat(64), entryId: '0190a0b0-0000-7000-8000-000000000000' })).statusCode).toBe(413)
  })

  it('[SE622] no name of an upload leads out of the caller’s own: what waits of another device, or for another campaign, is neither told of nor finished', async () => {
    const bytes = Buffer.concat([await photoWithGps(), Buffer.from('3')])
    const { hash, location } = await entryWithPhoto(bytes)
    await patch(volunteer, location, 0, bytes.subarray(0, -1))
    // As where the storage is away for a while: all is here, and not finished.
    await appendFile(join(server.context.uploadDir, String(location.split('/').at(-1))), bytes.subarray(-1))
    const stranger = await server.joinOther('coordinator')
    const theirs = `${stranger.joined.campaign.id}.${stranger.deviceId}.`
    const ways = [`${theirs}/../${location.split('/').at(-1) ?? ''}`, `${theirs}${hash}/../../${location.split('/').at(-1) ?? ''}`, `${theirs}..`, theirs, `${theirs}%`]
    for (const way of ways) {
      expect([way, (await tus(stranger, `HEAD /api/v1/files/${encodeURIComponent(way)}`, {})).statusCode]).toEqual([way, 404])
      expect([way, (await tus(stranger, `PATCH /api/v1/files/${encodeURIComponent(way)}`, { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, Buffer.from('x'))).statusCode]).toEqual([way, 404])
    }
    expect(await server.context.store.files.get(stranger.joined.campaign.id, hash as never)).toBeNull()
    expect((await tus(volunteer, `HEAD ${location}`, {})).headers['upload-offset']).toBe(String(bytes.length))
    expect((await server.context.store.files.get(server.campaign.id, hash as never))?.uploadedBy).toBe(volunteer.joined.member.id)
  })

  it('[SE31] the picture comes out without EXIF, to its author and the coordinator and to nobody else', async () => {
    const bytes = Buffer.concat([await photoWithGps()])
    expect((await sharp(bytes).metadata()).exif).toBeDefined()
    const shades = await sharp({ create: { width: 50, height: 40, channels: 3, background: '#345' } }).withExif({ IFD3: { GPSLatitude: '18/1 0/1 0/1' } }).jpeg().toBuffer()
    const { hash, location } = await entryWithPhoto(shades)
    await patch(volunteer, location, 0, shades)
    const see = (device: ScriptDevice, query = '') => server.app.inject({ method: 'GET', url: `/api/v1/files/${hash}${query}`, headers: { authorization: device.headers['authorization'] ?? '' } })
    const shown = await see(coordinator)
    expect(shown.headers['content-type']).toBe('image/webp')
    const about = await sharp(shown.rawPayload).metadata()
    expect([about.format, about.exif, about.xmp, about.width]).toEqual(['webp', undefined, undefined, 50])
    expect(shown.rawPayload.includes(Buffer.from('GPS'))).toBe(false)
    expect([(await see(volunteer)).statusCode, (await see(other)).statusCode, (await see(coordinator, '?width=320')).statusCode, (await see(coordinator, '?width=800')).statusCode, (await see(coordinator, '?width=wide')).statusCode]).toEqual([200, 404, 200, 200, 400])
    expect(shown.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin', 'content-security-policy': "default-src 'none'; sandbox" })
  })

  it('[SE262] a picture is asked for each time it is looked at, and written to no disk by a browser, where what was erased would stay', async () => {
    const shades = await sharp({ create: { width: 52, height: 40, channels: 3, background: '#543' } }).jpeg().toBuffer()
    const { hash, location } = await entryWithPhoto(shades)
    await patch(volunteer, location, 0, shades)
    const see = (device: ScriptDevice, more: Readonly<Record<string, string>> = {}, query = '') => server.app.inject({ method: 'GET', url: `/api/v1/files/${hash}${query}`, headers: { authorization: device.headers['authorization'] ?? '', ...more } })
    const first = await see(coordinator)
    const etag = String(first.headers['etag'])
    expect([first.statusCode, first.headers['cache-control']]).toEqual([200, 'no-store'])
    const again = await see(coordinator, { 'if-none-match': etag })
    expect([again.statusCode, again.rawPayload.length, again.headers['cache-control']]).toEqual([304, 0, 'no-store'])
    expect([(await see(coordinator, { 'if-none-match': etag }, '?width=320')).statusCode, (await see(other, { 'if-none-match': etag })).statusCode]).toEqual([200, 404])
  })

  it.each([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a page', Buffer.from('<html><script>alert(1)</script>')],
    ['a torn JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 1, 2, 3])],
  ])('[SE32] %s that calls itself a picture is kept and shown to nobody', async (_, bytes) => {
    const { hash, location } = await entryWithPhoto(bytes)
    expect((await patch(volunteer, location, 0, bytes)).statusCode).toBe(204)
    expect(await server.context.shelf.has('received', { campaignId: server.campaign.id, sha256: hash as never })).toBe(true)
    expect((await server.app.inject({ method: 'GET', url: `/api/v1/files/${hash}`, headers: { authorization: coordinator.headers['authorization'] ?? '' } })).statusCode).toBe(404)
  })

  it('[SE32] a picture of more pixels than any phone makes is never decoded', async () => {
    const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#000' }, limitInputPixels: false }).png({ compressionLevel: 9 }).toBuffer()
    const { hash, location } = await entryWithPhoto(bomb, 'image/png')
    expect((await patch(volunteer, location, 0, bomb)).statusCode).toBe(204)
    expect(await server.context.shelf.has('shown', { campaignId: server.campaign.id, sha256: hash as never })).toBe(false)
  })

  async function entryWithVoice(bytes: Uint8Array, type: 'audio/webm' | 'audio/mp4' = 'audio/webm'): Promise<{ readonly entryId: EntryId; readonly url: string }> {
    const hash = sha256(bytes)
    const { description: _, ...silent } = aChallenge({ audio: { sha256: hash as never, bytes: bytes.length, type, seconds: 2.3 } })
    const record = volunteer.change('record', { content: silent })
    await volunteer.push([record])
    const created = await create(volunteer, { bytes: bytes.length, sha256: hash, entryId: record.entryId, type })
    expect((await patch(volunteer, String(created.headers.location), 0, bytes)).statusCode).toBe(204)
    return { entryId: record.entryId, url: `/api/v1/files/${hash}` }
  }
  const voice = (type: 'webm' | 'mp4') => readFileSync(new URL(`../../support/voices/two-seconds.${type}`, import.meta.url))
  const hear = (device: ScriptDevice, url: string, range?: string) => server.app.inject({ method: 'GET', url, headers: { authorization: device.headers['authorization'] ?? '', ...(range === undefined ? {} : { range }) } })

  it('[SE90] a voice note stands for the words, and is played to its author and the coordinator and to nobody else', async () => {
    const bytes = voice('webm')
    const { entryId, url } = await entryWithVoice(bytes)
    expect((await server.context.store.entries.state(server.campaign.id, entryId))?.storedFiles).toEqual([sha256(bytes)])
    const heard = await hear(coordinator, url)
    expect([heard.statusCode, webmPackets(heard.rawPayload)]).toEqual([200, webmPackets(bytes)])
    expect(heard.headers).toMatchObject({ 'content-type': 'audio/webm', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'same-origin', 'accept-ranges': 'bytes' })
    expect([(await hear(volunteer, url)).statusCode, (await hear(other, url)).statusCode, (await hear(coordinator, `${url}?width=320`)).headers['content-type']]).toEqual([200, 404, 'audio/webm'])
  })

  it('[SE90] it comes in parts where parts are asked for', async () => {
    const { url } = await entryWithVoice(voice('mp4'), 'audio/mp4')
    const bytes = (await hear(coordinator, url)).rawPayload
    for (const [range, from, to] of [['bytes=0-1', 0, 2], ['bytes=100-', 100, bytes.length], ['bytes=-50', bytes.length - 50, bytes.length], ['bytes=10-9999999', 10, bytes.length]] as const) {
      const part = await hear(coordinator, url, range)
      expect([part.statusCode, part.headers['content-range'], part.headers['content-type']]).toEqual([206, `bytes ${from}-${to - 1}/${bytes.length}`, 'audio/mp4'])
      expect(part.rawPayload.equals(bytes.subarray(from, to))).toBe(true)
    }
    for (const range of ['bytes=9999999-', 'bytes=0-1,5-6', 'lines=1-2']) expect([(await hear(coordinator, url, range)).statusCode, (await hear(coordinator, url, range)).rawPayload.length]).toEqual([200, bytes.length])
  })

  it('[SE290] it is played without the place that was sent with it, and what was sent goes', async () => {
    const mark = 'HOUSE-OF-AWA +18.5330-072.3370/'
    const sent = Buffer.concat([voice('mp4'), box('udta', box('\u00a9xyz', Buffer.from(mark)))])
    const { url } = await entryWithVoice(sent, 'audio/mp4')
    const heard = await hear(coordinator, url)
    expect([sent.includes(mark), heard.statusCode, heard.rawPayload.includes(mark)]).toEqual([true, 200, false])
    expect(mp4Sound(heard.rawPayload)).toEqual(mp4Sound(sent))
    const place = { campaignId: server.campaign.id, sha256: sha256(sent) as never }
    expect([await server.context.shelf.has('received', place), await server.context.shelf.has('shown', place)]).toEqual([false, true])
  })

  it('[SE292] notes that a Terrain of before plays as they came are written anew, or played no more, and verify all along', async () => {
    const mark = 'HOUSE-OF-AWA +18.5330-072.3370/'
    const told = Buffer.concat([voice('mp4'), box('udta', box('\u00a9xyz', Buffer.from(mark)))])
    const { context, campaign } = server
    const asBefore = async (bytes: Buffer, type: 'audio/webm' | 'audio/mp4', original: 'kept' | 'gone') => {
      const { url } = await entryWithVoice(bytes, type)
      const place = { campaignId: campaign.id, sha256: sha256(bytes) as never }
      const row = await context.store.files.get(campaign.id, place.sha256)
      await context.shelf.keepBytes('shown', place, bytes)
      if (row !== null) await context.store.files.put({ ...row, shownSha256: place.sha256, original })
      return { url, place }
    }
    // The second: a head and nothing that plays, which was taken for a note.
    const [note, other] = [await asBefore(told, 'audio/mp4', 'gone'), await asBefore(Buffer.concat([voice('webm').subarray(0, 160), Buffer.from('nothing that plays')]), 'audio/webm', 'gone')]
    expect((await hear(coordinator, note.url)).rawPayload.includes(mark)).toBe(true)
    expect((await verifyFiles(context, campaign.id)).faults).toEqual([])
    expect(await renewVoices(context)).toBe(true)
    const heard = await hear(coordinator, note.url)
    expect([heard.statusCode, heard.rawPayload.includes(mark), (await hear(coordinator, other.url)).statusCode]).toEqual([200, false, 404])
    expect([await context.shelf.has('received', other.place), await context.shelf.has('shown', other.place)]).toEqual([true, false])
    expect((await verifyFiles(context, campaign.id)).faults).toEqual([])
  })

  it.each([
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a film', Buffer.from(voice('webm').toString('latin1').replace('\u0083\u0081\u0002', '\u0083\u0081\u0001'), 'latin1')],
    ['another type', Buffer.concat([voice('mp4'), Buffer.from('\0\0\0\u0008free', 'latin1')])],
  ])('[SE91] %s that calls itself a voice note is kept and played to nobody', async (_, bytes) => {
    const { url } = await entryWithVoice(bytes, 'audio/webm')
    expect(await server.context.shelf.has('received', { campaignId: server.campaign.id, sha256: sha256(bytes) as never })).toBe(true)
    expect([(await hear(coordinator, url)).statusCode, (await hear(volunteer, url)).statusCode]).toEqual([404, 404])
  })
})
