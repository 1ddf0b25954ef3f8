import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as v from 'valibot'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { WrittenFinding } from '#domain/written-report.ts'
import { hashContent } from '#protocol/chain.ts'
import { draftEvidenceSchema, draftResponseSchema, publishResponseSchema } from '#protocol/written-report.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'
import { unzipped } from '../../support/unzipped.ts'

const partId = (n: number) => `70000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const meta = (fields: Readonly<Record<string, string>>) => Object.entries(fields).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')

describe.each(databasesWhenDeep)('photos in a report, on %s', (database) => {
  let server: TestServer
  let ruth: ScriptDevice
  let awa: ScriptDevice
  let records: readonly ChangeEnvelope[]
  let photos: readonly Buffer[]
  let slug = ''

  const ask = async (device: ScriptDevice | null, method: 'GET' | 'PUT' | 'POST', url: string, body?: object) => server.app.inject({ method, url, headers: device === null ? {} : { ...(await device.proof(method, url.replace('/api/v1', ''), body)), authorization: device.headers['authorization'] ?? '' }, ...(body === undefined ? {} : { payload: body }) })
  const photoAt = (n: number, width = 640) => ask(null, 'GET', `/r/${slug}/photos/${hashOf(photos[n] ?? Buffer.of())}?width=${width}`)
  const page = async () => (await ask(null, 'GET', `/r/${slug}?language=en`)).body
  const contentOf = (n: number) => (records[n] as { readonly body: { readonly content: never } }).body.content
  const cite = async (n: number) => ({ entryId: records[n]?.entryId, revision: records[n]?.id, contentHash: await hashContent({ content: contentOf(n), corrections: {} }, (text) => Promise.resolve(sha256Of(text))) }) as WrittenFinding['quotes'][number]

  async function upload(bytes: Buffer, entryId: string): Promise<void> {
    const headers = { authorization: awa.headers['authorization'] ?? '', 'x-terrain': '1', 'tus-resumable': '1.0.0' }
    const made = await server.app.inject({ method: 'POST', url: '/api/v1/files', headers: { ...headers, 'upload-length': String(bytes.length), 'upload-metadata': meta({ sha256: hashOf(bytes), type: 'image/jpeg', entryId, campaignId: server.campaign.id }) } })
    await server.app.inject({ method: 'PATCH', url: String(made.headers.location), headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, payload: bytes })
  }

  beforeAll(async () => {
    server = await startTestServer({ database })
    ;[ruth, awa] = [await server.join('coordinator'), await server.join('volunteer')]
    photos = await Promise.all(['#864', '#486', '#648', '#284'].map((background) => sharp({ create: { width: 1200, height: 900, channels: 3, background } }).withExif({ IFD0: { Make: 'Leaky' } }).jpeg().toBuffer()))
    records = photos.map((bytes, n) => awa.change('record', { content: aChallenge({ consentPhoto: n !== 1, photos: [{ sha256: hashOf(bytes) as never, bytes: bytes.length, type: 'image/jpeg', width: 1200, height: 900, thumb: { sha256: hashOf(Buffer.from(`thumb ${n}`)) as never, bytes: 10 }, caption: `Caption ${n}` }] }) }))
    await awa.push([...records])
    // The last one is still on its phone.
    for (const [n, bytes] of photos.slice(0, 3).entries()) await upload(bytes, records[n]?.entryId ?? '')
    await ruth.push(await Promise.all(records.map(async ({ id, entryId }, n) => ruth.change('decide', { revision: id, contentHash: (await cite(n)).contentHash, verdict: 'approve', questions: [] }, { entryId, base: id }))))
    await ask(ruth, 'PUT', '/api/v1/reports/draft', { from: '2026-02-01', to: '2026-02-28', next: null, was: 0 })
  })
  afterAll(() => server.close())

  it('[SE189] the desk may pick those that have arrived and that people agreed to', async () => {
    const { photos: found } = v.parse(draftEvidenceSchema, (await ask(ruth, 'GET', '/api/v1/reports/draft/evidence?language=en')).json())
    expect(Object.fromEntries(found.map(({ photo, caption }) => [photo, caption]))).toEqual(Object.fromEntries([0, 2].map((n) => [hashOf(photos[n] ?? Buffer.of()), `Caption ${n}`])))
  })

  it('[SE189] published ones are shown to anybody, encoded anew, in two widths, and no other photo is', async () => {
    const picked = await Promise.all([0, 1, 2].map(async (n) => ({ ...(await cite(n)), photo: hashOf(photos[n] ?? Buffer.of()) as never })))
    const part: WrittenFinding = { kind: 'finding', id: partId(1), question: 1, topic: 'EDU', quotes: [], against: [], photos: picked, sentences: [{ id: partId(2), text: 'Wells are dry.', lang: 'en', cites: [picked[0] as never].map(({ entryId, revision, contentHash }) => ({ entryId, revision, contentHash })), figures: {} }] }
    expect((await ask(ruth, 'PUT', `/api/v1/reports/draft/parts/${part.id}`, { part, place: 1, was: 0 })).json()).toEqual({ version: 1 })
    const working = await ask(ruth, 'GET', '/api/v1/reports/working?from=2026-02-01&to=2026-02-28&language=en')
    expect(working.body.match(/<img src="data:image\/jpeg;base64,/g)).toHaveLength(2)
    expect(working.headers['content-security-policy']).toContain('img-src data:;')
    const { settings } = v.parse(draftResponseSchema, (await ask(ruth, 'GET', '/api/v1/reports/draft')).json())
    slug = v.parse(publishResponseSchema, (await ask(ruth, 'POST', '/api/v1/reports/draft/publish', { settings: settings.version, parts: [{ id: part.id, version: 1 }] })).json()).slug
    const html = await page()
    expect(html.match(/<img /g)).toHaveLength(2)
    expect([html.includes('Caption 0'), html.includes('Caption 1'), html.includes(hashOf(photos[1] ?? Buffer.of()))]).toEqual([true, false, false])
    for (const width of [640, 960]) {
      const shown = await photoAt(0, width)
      expect([shown.statusCode, shown.headers['content-type'], shown.headers['cache-control'], shown.headers['content-security-policy']]).toEqual([200, 'image/webp', 'no-cache', "default-src 'none'; sandbox"])
      const { width: drawn, exif } = await sharp(shown.rawPayload).metadata()
      expect([drawn, exif]).toEqual([width, undefined])
    }
    const { headers } = await photoAt(0)
    expect((await server.app.inject({ method: 'GET', url: `/r/${slug}/photos/${hashOf(photos[0] ?? Buffer.of())}?width=640`, headers: { 'if-none-match': String(headers['etag']) } })).statusCode).toBe(304)
    expect([(await photoAt(1)).statusCode, (await photoAt(3)).statusCode, (await photoAt(0, 5000)).statusCode]).toEqual([404, 404, 400])
  })

  it('[SE189] a document holds them as pictures without metadata', async () => {
    const { rawPayload } = await ask(null, 'GET', `/r/${slug}/report.docx?language=en`)
    const files = [...unzipped(rawPayload).keys()].filter((name) => name.endsWith('.jpg'))
    expect(files).toHaveLength(2)
    expect(rawPayload.includes('Leaky')).toBe(false)
  })

  it('[SE623] a document is made once for all who ask, in any number, and one after the other; as soon as something has to go from it, anew', async () => {
    const read = vi.spyOn(server.context.shelf, 'read')
    const [english, other] = await Promise.all([Promise.all(Array.from({ length: 8 }, () => ask(null, 'GET', `/r/${slug}/report.docx?language=fr`))), ask(null, 'GET', `/r/${slug}/report.docx?language=ru`)])
    expect(new Set(english.map(({ statusCode, rawPayload }) => `${statusCode} ${hashOf(rawPayload)}`)).size).toBe(1)
    expect([other.statusCode, read.mock.calls.length]).toEqual([200, 4])
    // The log goes on, and the document is as it was.
    await awa.push([awa.change('record', { content: aChallenge() })])
    expect(hashOf((await ask(null, 'GET', `/r/${slug}/report.docx?language=fr`)).rawPayload)).toBe(hashOf(english[0]?.rawPayload ?? Buffer.of()))
    expect(read.mock.calls.length).toBe(4)
    read.mockRestore()
  })

  it('[SE790] one that the storage gives otherwise is neither shown nor printed, and stands there again as soon as it is whole', async () => {
    const place = { campaignId: server.campaign.id, sha256: hashOf(photos[2] ?? Buffer.of()) as never }
    const { shelf } = server.context
    const whole = (await shelf.read('shown', place)) ?? new Uint8Array()
    const [other, narrow] = [await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#fff' } }).webp().toBuffer(), () => photoAt(2, 960)]
    await shelf.keepBytes('shown', place, other)
    const refused = await narrow()
    expect([refused.statusCode, refused.headers['etag']]).toEqual([503, undefined])
    const document = await ask(null, 'GET', `/r/${slug}/report.docx?language=es`)
    expect([...unzipped(document.rawPayload).keys()].filter((name) => name.endsWith('.jpg'))).toHaveLength(1)
    await shelf.remove('shown', place)
    const missing = await narrow()
    expect([missing.statusCode, missing.headers['etag']]).toEqual([404, undefined])
    await shelf.keepBytes('shown', place, whole)
    expect((await narrow()).statusCode).toBe(200)
  })

  it('[SE186] [SE189] one to which consent is taken back goes at once: from page, photo and data; its entry stays', async () => {
    const [first] = records
    if (first === undefined) throw new Error('no record')
    await awa.push([awa.change('revise', { set: { consentPhoto: false }, unset: [], answers: [] }, { entryId: first.entryId, base: first.id })])
    const html = await page()
    expect([html.includes('The photo is no longer shown.'), html.includes('C-000001: a photo of this entry can no longer be shown.'), html.includes('Caption 0'), html.match(/<img /g)?.length]).toEqual([true, true, false, 1])
    expect([(await photoAt(0)).statusCode, (await photoAt(2)).statusCode]).toEqual([404, 200])
    expect([...unzipped((await ask(null, 'GET', `/r/${slug}/report.docx?language=fr`)).rawPayload).keys()].filter((name) => name.endsWith('.jpg'))).toHaveLength(1)
    const { body } = await ask(null, 'GET', `/r/${slug}/report.json`)
    expect([body.includes(hashOf(photos[0] ?? Buffer.of())), body.includes('"withoutPhoto":["C-000001"]'), body.includes(hashOf(photos[2] ?? Buffer.of()))]).toEqual([false, true, true])
    const { flags } = v.parse(draftResponseSchema, (await ask(ruth, 'GET', '/api/v1/reports/draft')).json())
    expect(flags.find(({ sentence }) => sentence === null)?.changed).toMatchObject([{ ref: 'C-000001', changes: ['revised'] }])
  })

  it('[SE189] of an entry that is withdrawn no photo is shown', async () => {
    const third = records[2]
    if (third === undefined) throw new Error('no record')
    await awa.push([awa.change('withdraw', { reason: 'other' }, { entryId: third.entryId, base: third.id })])
    expect([(await photoAt(2)).statusCode, (await page()).includes('<img')]).toEqual([404, false])
  })
})
