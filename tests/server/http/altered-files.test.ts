import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Sha256 } from '#domain/ids.ts'
import { adviceOn } from '#server/advice.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { AlteredFile } from '#server/files/shelf.ts'
import { renewVoices } from '#server/files/renew-voices.ts'
import { heldAbout } from '#server/transfer/held-about.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

const meta = (fields: Readonly<Record<string, string>>) => Object.entries(fields).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')
const picture = (background: string) => sharp({ create: { width: 1200, height: 900, channels: 3, background } }).jpeg().toBuffer()

/** A storage, or a proxy before it, that answers with 200 and something else, and a disk that fails. */
describe('a file under whose name something else stands', () => {
  let server: TestServer
  let awa: ScriptDevice
  let ruth: ScriptDevice
  let photo: Sha256
  let shown: Uint8Array

  const place = () => ({ campaignId: server.campaign.id, sha256: photo })
  const look = (width: string) => server.app.inject({ method: 'GET', url: `/api/v1/files/${photo}${width}`, headers: { authorization: ruth.headers['authorization'] ?? '' } })

  beforeAll(async () => {
    server = await startTestServer()
    ;[awa, ruth] = [await server.join('volunteer'), await server.join('coordinator')]
    const bytes = await picture('#864')
    photo = sha256Of(bytes)
    const record = awa.change('record', { content: aChallenge({ consentPhoto: true, photos: [{ sha256: photo, bytes: bytes.length, type: 'image/jpeg', width: 1200, height: 900, thumb: { sha256: sha256Of('thumb'), bytes: 10 } }] }) })
    await awa.push([record])
    const headers = { authorization: awa.headers['authorization'] ?? '', 'x-terrain': '1', 'tus-resumable': '1.0.0' }
    const made = await server.app.inject({ method: 'POST', url: '/api/v1/files', headers: { ...headers, 'upload-length': String(bytes.length), 'upload-metadata': meta({ sha256: photo, type: 'image/jpeg', entryId: record.entryId, campaignId: server.campaign.id }) } })
    await server.app.inject({ method: 'PATCH', url: String(made.headers.location), headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, payload: bytes })
    shown = (await server.context.shelf.read('shown', place())) ?? new Uint8Array()
  })
  afterAll(() => server.close())

  it.each([
    ['another picture', 320, () => sharp({ create: { width: 1200, height: 900, channels: 3, background: '#486' } }).webp().toBuffer()],
    ['a page', 640, () => Promise.resolve(Buffer.from('<!doctype html><p>Bad gateway'))],
    ['half of it', 960, () => Promise.resolve(Buffer.from(shown.subarray(0, shown.length / 2)))],
  ])('[SE790] is shown to nobody and handed to nobody: %s (%i); who asks is told to come again, and sees it as soon as it is there', async (_, narrow, other) => {
    await server.context.shelf.keepBytes('shown', place(), await other())
    for (const width of ['', `?width=${narrow}`]) {
      const refused = await look(width)
      expect([refused.statusCode, refused.json<{ code: string }>().code, refused.headers['etag'], refused.headers['retry-after']]).toEqual([503, 'unavailable', undefined, '5'])
    }
    const member = await server.context.store.members.get(server.campaign.id, awa.joined.member.id)
    if (member === null) throw new Error('no member')
    const reason = await Array.fromAsync(heldAbout(server.context, server.campaign, member)).catch((error: unknown) => error)
    expect(reason).toBeInstanceOf(AlteredFile)
    expect(adviceOn(reason, server.context.config)).toContain(`shown/${server.campaign.id}/${photo}`)
    await server.context.shelf.keepBytes('shown', place(), shown)
    expect([(await look('')).rawPayload.equals(Buffer.from(shown)), (await look(`?width=${narrow}`)).statusCode]).toEqual([true, 200])
  })

  it('[SE791] a voice note of before that the storage does not give is kept as it is, and not taken for one that nobody can play', async () => {
    const { shelf, store } = server.context
    const sent = Buffer.from('a note of before')
    const known = await store.files.get(server.campaign.id, photo)
    if (known === null) throw new Error('no row')
    const row = { ...known, sha256: sha256Of(sent), type: 'audio/webm', shownSha256: sha256Of(sent), original: 'gone' as const }
    await store.files.put(row)
    await shelf.keepBytes('shown', row, sent)
    const lying = vi.spyOn(shelf, 'read').mockResolvedValue(Buffer.from('<p>Bad gateway'))
    await renewVoices(server.context)
    lying.mockRestore()
    expect([await store.files.get(server.campaign.id, row.sha256), Buffer.from((await shelf.read('shown', row)) ?? []).toString()]).toEqual([row, 'a note of before'])
  })
})
