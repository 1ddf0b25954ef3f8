import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import { dropLeaving, keepFile } from '#server/files/keep-file.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import { verifyFiles } from '#server/files/verify-files.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex') as Sha256
const meta = (fields: Readonly<Record<string, string>>) => Object.entries(fields).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')
const picture = (background: string) => sharp({ create: { width: 64, height: 48, channels: 3, background } }).withExif({ IFD3: { GPSLatitude: '18/1 32/1 0/1' } }).jpeg().toBuffer()

describe.each(databases)('what phones sent, beside the copy that is shown, on %s', (database) => {
  let server: TestServer
  let volunteer: ScriptDevice
  let coordinator: ScriptDevice

  beforeEach(async () => {
    server = await startTestServer({ database })
    ;[volunteer, coordinator] = [await server.join('volunteer'), await server.join('coordinator')]
  })
  afterEach(() => server.close())

  const tus = (request: string, headers: Readonly<Record<string, string>>, payload?: Uint8Array) => server.app.inject({
    method: request.split(' ')[0] as 'POST', url: request.split(' ')[1] ?? '/', headers: { authorization: volunteer.headers['authorization'] ?? '', 'x-terrain': '1', 'tus-resumable': '1.0.0', ...headers },
    ...(payload === undefined ? {} : { payload: Buffer.from(payload) }),
  })

  /** Sends a file for an entry of its own, and sees its receipt. */
  async function arrived(bytes: Buffer): Promise<{ readonly hash: Sha256; readonly location: string; readonly entryId: EntryId }> {
    const hash = sha256(bytes)
    const photo = { sha256: hash, bytes: bytes.length, type: 'image/jpeg' as const, width: 64, height: 48, thumb: { sha256: sha256(Buffer.from(`thumb ${hash}`)), bytes: 10 } }
    const record = volunteer.change('record', { content: aChallenge({ photos: [photo], consentPhoto: true }) })
    await volunteer.push([record])
    const created = await tus('POST /api/v1/files', { 'upload-length': String(bytes.length), 'upload-metadata': meta({ sha256: hash, type: 'image/jpeg', entryId: record.entryId, campaignId: server.campaign.id }) })
    const location = String(created.headers.location)
    expect((await tus(`PATCH ${location}`, { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, bytes)).statusCode).toBe(204)
    expect((await server.context.store.entries.state(server.campaign.id, record.entryId))?.storedFiles).toEqual([hash])
    return { hash, location, entryId: record.entryId }
  }

  async function onShelf(hash: Sha256): Promise<readonly unknown[]> {
    const { store, shelf } = server.context
    const place = { campaignId: server.campaign.id, sha256: hash }
    return [await shelf.has('received', place), await shelf.has('shown', place), (await store.files.get(place.campaignId, hash))?.original]
  }

  const faults = async () => (await verifyFiles(server.context, server.campaign.id)).faults

  async function keepOriginals(isKept: boolean): Promise<void> {
    const now = await server.context.store.campaigns.get(server.campaign.id)
    const body = { revision: now?.revision ?? 0, set: { keepOriginals: isKept } }
    const path = `/campaigns/${server.campaign.id}`
    const send = (more: Readonly<Record<string, string>>) => server.app.inject({ method: 'PATCH', url: `/api/v1${path}`, headers: { authorization: coordinator.headers['authorization'] ?? '', 'x-terrain': '1', ...more }, payload: body })
    // What is dropped nobody brings back: a session alone does not do it.
    expect((await send({})).json()).toMatchObject({ code: 'proof-needed' })
    expect((await send(await coordinator.proof('PATCH', path, body))).statusCode).toBe(200)
  }

  it('[SE74] goes once the copy is kept, and is not asked for again', async () => {
    const { hash, location } = await arrived(await picture('#7a9'))
    expect(await onShelf(hash)).toEqual([false, true, 'gone'])
    const head = await tus(`HEAD ${location}`, {})
    expect([head.statusCode, head.headers['upload-offset']]).toEqual([200, head.headers['upload-length']])
    expect(await faults()).toEqual([])
  })

  it('[SE74] stays where the campaign keeps originals, and goes when it no longer does', async () => {
    await keepOriginals(true)
    const [{ hash }, none] = [await arrived(await picture('#345')), await arrived(Buffer.from('<svg/>'))]
    expect(await onShelf(hash)).toEqual([true, true, 'kept'])
    await keepOriginals(false)
    expect(await faults()).toEqual([])
    await dropLeaving(server.context)
    expect(await onShelf(hash)).toEqual([false, true, 'gone'])
    // Of what cannot be shown there is nothing else.
    expect(await onShelf(none.hash)).toEqual([true, false, 'kept'])
    expect(await faults()).toEqual([])
  })

  it('[SE74] goes later where the storage was away, and no phone is told that it failed', async () => {
    const remove = vi.spyOn(server.context.shelf, 'remove').mockRejectedValue(new ShelfUnavailable('away'))
    const { hash } = await arrived(await picture('#a34'))
    expect(await onShelf(hash)).toEqual([true, true, 'leaving'])
    await dropLeaving(server.context)
    remove.mockRestore()
    await dropLeaving(server.context)
    expect(await onShelf(hash)).toEqual([false, true, 'gone'])
  })

  it('[SE74] that was kept before the campaign had a choice goes too, and nobody makes a picture something else by another name', async () => {
    const bytes = await picture('#1a2')
    const { hash } = await arrived(bytes)
    await server.context.shelf.keepBytes('received', { campaignId: server.campaign.id, sha256: hash }, bytes)
    const row = await server.context.store.files.get(server.campaign.id, hash)
    if (row === null) throw new Error('no row')
    await server.context.store.files.put({ ...row, original: 'kept' })
    await dropLeaving(server.context)
    expect(await onShelf(hash)).toEqual([false, true, 'gone'])
    const record = volunteer.change('record', { content: aChallenge() })
    await volunteer.push([record])
    await keepFile(server.context, {}, { campaignId: server.campaign.id, entryId: record.entryId, sha256: hash, type: 'audio/ogg', uploadedBy: volunteer.joined.member.id }, bytes)
    expect([await onShelf(hash), await server.context.store.files.get(server.campaign.id, hash)]).toEqual([[false, true, 'gone'], expect.objectContaining({ type: 'image/jpeg', shownSha256: row.shownSha256 })])
  })

  it('[SE74] that comes once more for another entry is kept, and goes again', async () => {
    const bytes = await picture('#a9f')
    const first = await arrived(bytes)
    const second = await arrived(bytes)
    expect([await onShelf(first.hash), second.hash]).toEqual([[false, true, 'gone'], first.hash])
  })
})
