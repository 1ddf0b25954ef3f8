import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import sharp from 'sharp'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuditResponse } from '#protocol/audit.ts'
import { freshResponseSchema } from '#protocol/fresh.ts'
import { personColumns } from '#server/store/sql/persons.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { SteppedClock, TestServer } from '../../support/test-server.ts'
import { unzipped } from '../../support/unzipped.ts'

const hourMs = 3_600_000

describe.each(databases)('what is done to one person as a whole, on %s', (database) => {
  let server: TestServer
  let ruth: ScriptDevice
  let awa: ScriptDevice
  beforeEach(async () => {
    server = await startTestServer({ database, config: { flood: { told: 5, most: 20, megabytes: 2000 } } })
    ;[ruth, awa] = [await server.join('coordinator', { name: 'Ruth' }), await server.join('volunteer', { name: 'Awa' })]
  })
  afterEach(() => server.close())

  const act = async (who: ScriptDevice, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) => server.app.inject({
    method, url: `/api/v1${path}`, headers: { authorization: who.headers['authorization'] ?? '', 'x-terrain': '1', ...(await who.proof(method, path, body)) }, ...(body === undefined ? {} : { payload: body }),
  })
  const records = (who: ScriptDevice, count: number) => Array.from({ length: count }, (_, n) => who.change('record', { content: aChallenge({ description: `The well number ${n} is dry.` }) }))
  const shown = async () => (await server.context.store.entries.list(server.campaign.id, { chosen: {}, from: null, to: null, q: null, sort: 'oldest', after: null, limit: 200, facets: [] })).entries
  const rowOf = async (who: ScriptDevice) => ((await ruth.get('/members')) as { members: { id: string; flood?: number; asideSince?: string }[] }).members.find(({ id }) => id === who.joined.member.id)
  const early = '2026-01-01T00:00:00.000Z'

  it('[SE250] who brings more entries in an hour than people record is shown; beyond the limit the phone waits and keeps them, and nobody else does', async () => {
    await awa.push(records(awa, 5))
    expect(await rowOf(awa)).not.toHaveProperty('flood')
    await awa.push(records(awa, 12))
    expect(await rowOf(awa)).toMatchObject({ flood: 17 })
    // Answers that get lost on the line are no flood: what comes again was counted before.
    const lost = records(awa, 2)
    const again = await awa.requestFor(lost)
    for (let time = 0; time < 5; time += 1) expect((await server.app.inject({ method: 'POST', url: '/api/v1/sync', headers: awa.headers, payload: again })).statusCode).toBe(200)
    await awa.advance(lost)
    expect(await rowOf(awa)).toMatchObject({ flood: 19 })
    await awa.push(records(awa, 1))
    const more = records(awa, 10)
    const refused = await server.app.inject({ method: 'POST', url: '/api/v1/sync', headers: awa.headers, payload: await awa.requestFor(more) })
    expect([refused.statusCode, refused.json()]).toEqual([429, expect.objectContaining({ code: 'too-many-requests' })])
    expect(refused.json<{ retryAfterS: number }>().retryAfterS).toBeGreaterThan(3000)
    const nia = await server.join('volunteer')
    expect((await nia.push(records(nia, 3))).results.map(({ status }) => status)).toEqual(['stored', 'stored', 'stored'])
    ;(server.context.clock as SteppedClock).advance(hourMs + 1)
    expect((await awa.push(more)).results.every(({ status }) => status === 'stored')).toBe(true)
    expect([(await shown()).length, (await rowOf(nia))?.flood]).toEqual([33, undefined])
  })

  it('[SE250] nor does anybody write ten times as many changes of other kinds, or bytes that nobody can read', async () => {
    const [entry] = records(awa, 1)
    if (entry === undefined) throw new Error('nothing was written')
    await awa.push([entry])
    const comments = (count: number) => Array.from({ length: count }, () => awa.change('comment', { text: 'Again.', lang: 'en' }, { entryId: entry.entryId }))
    for (let run = 0; run < 4; run += 1) await awa.push(comments(49))
    const { epoch } = await ruth.get('/me') as { epoch: string }
    const bytes = (n: number) => server.app.inject({ method: 'POST', url: '/api/v1/sync/quarantine', headers: awa.headers, payload: { epoch, campaignId: server.campaign.id, deviceId: awa.deviceId, id: null, bytes: Buffer.from(`half a change ${n}`).toString('base64') } })
    for (let n = 0; n < 3; n += 1) expect((await bytes(n)).statusCode).toBe(200)
    const more = comments(2)
    const refused = await server.app.inject({ method: 'POST', url: '/api/v1/sync', headers: awa.headers, payload: await awa.requestFor(more) })
    expect([refused.statusCode, refused.json(), (await bytes(3)).statusCode]).toEqual([429, expect.objectContaining({ code: 'too-many-requests' }), 429])
    // To read is no flood.
    expect((await server.app.inject({ method: 'POST', url: '/api/v1/sync', headers: awa.headers, payload: await awa.requestFor([]) })).statusCode).toBe(200)
    ;(server.context.clock as SteppedClock).advance(hourMs + 1)
    expect((await awa.push(more)).results.every(({ status }) => status === 'stored')).toBe(true)
  })

  it('[SE295] a bundle counts for who wrote it, whoever brings it: beyond the limit it is to come again, and nobody else waits', async () => {
    const ben = await server.join('volunteer')
    const runs: unknown[] = []
    for (let n = 0; n < 5; n += 1) {
      const changes = records(awa, 10)
      runs.push((await awa.requestFor(changes)).run)
      await awa.advance(changes)
    }
    const bundle = (of: ScriptDevice, its: readonly unknown[]) => ({ format: 'terrain-bundle', v: 1, campaignId: server.campaign.id, deviceId: of.deviceId, publicKey: of.publicKey, credential: of.joined.credential, createdAt: early, runs: its, files: [] })
    const bring = (payload: object) => server.app.inject({ method: 'POST', url: '/api/v1/import?format=bundle', headers: ben.headers, payload })
    const flood = bundle(awa, runs)
    const refused = await bring(flood)
    expect([refused.statusCode, refused.json(), (await shown()).length]).toEqual([429, expect.objectContaining({ code: 'too-many-requests' }), 20])
    const nia = await server.join('volunteer')
    const other = bundle(nia, [(await nia.requestFor(records(nia, 3))).run])
    expect((await bring(other)).json()).toMatchObject({ accepted: 3 })
    const later = []
    for (let hour = 0; hour < 2; hour += 1) {
      ;(server.context.clock as SteppedClock).advance(hourMs + 1)
      later.push([(await bring(flood)).statusCode, (await shown()).length])
    }
    expect(later).toEqual([[429, 43], [200, 53]])
  })

  it('[SE251] one act sets aside all of a member that nobody has decided on, and what comes; another lets all of it count, with its refs, in its order', async () => {
    const [kept, ...flood] = records(awa, 8)
    if (kept === undefined) throw new Error('no record')
    await awa.push([kept, ...flood])
    const nia = await server.join('volunteer', { name: 'Nia' })
    await nia.push(records(nia, 2))
    const { contentHash } = (await ruth.get(`/entries/${kept.entryId}`)) as { contentHash: string }
    await ruth.push([ruth.change('decide', { revision: kept.id, contentHash: contentHash as never, verdict: 'reject', reason: 'not so', questions: [] }, { entryId: kept.entryId, base: kept.id })])
    const namesOf = async () => (await shown()).map(({ author, ref, state }) => [author.name, ref, state])
    const before = await namesOf()
    const path = `/members/${awa.joined.member.id}/aside`
    expect((await act(ruth, 'PUT', path, { since: early, reason: 'a hundred wells in an hour' })).json()).toEqual({ entries: 7 })
    expect(await namesOf()).toEqual([['Awa', 'C-000001', 'rejected'], ['Nia', 'C-000009', 'received'], ['Nia', 'C-000010', 'received']])
    expect((await rowOf(awa))?.asideSince).toBe(early)
    expect((await awa.push(records(awa, 2))).results).toMatchObject([{ status: 'quarantined' }, { status: 'quarantined' }])
    expect(((await ruth.get('/quarantine')) as { open: number }).open).toBe(9)
    expect((await server.context.store.entries.rebuild(server.campaign.id)).differing).toEqual([])
    // Done twice it is done once.
    expect((await act(ruth, 'PUT', path, { since: early, reason: 'again' })).json()).toEqual({ entries: 0 })
    expect((await act(ruth, 'DELETE', path)).json()).toEqual({ entries: 9 })
    expect(await namesOf()).toEqual([...before, ['Awa', 'C-000011', 'received'], ['Awa', 'C-000012', 'received']])
    expect(await rowOf(awa)).not.toHaveProperty('asideSince')
    expect((await server.context.store.entries.rebuild(server.campaign.id)).differing).toEqual([])
    expect(await verifyCampaign(server.context.store, server.campaign.id)).toMatchObject({ faults: [] })
    expect((await awa.push(records(awa, 1))).results).toMatchObject([{ status: 'stored' }])
    const { lines } = await server.context.store.audit.page(server.campaign.id, { limit: 50 })
    expect(lines.flatMap((line) => (line.kind === 'act' && /setAside|released/.test(line.act.act) ? [[line.act.act, line.act.by.memberId, line.act.detail['count']]] : []))).toEqual([['member.released', ruth.joined.member.id, 9], ['member.setAside', ruth.joined.member.id, 7]])
  })

  it('[SE340] whoever asks what is fresh is told what was set aside with its author, which is not what was erased, and again what counts', async () => {
    const [first, second, third] = records(awa, 3)
    if (first === undefined || second === undefined || third === undefined) throw new Error('no records')
    await awa.push([first, second, third])
    const nia = await server.join('volunteer', { name: 'Nia' })
    const [other] = records(nia, 1)
    if (other === undefined) throw new Error('no record')
    await nia.push([other])
    const since = async (known: { seq: number; asides?: string | undefined }) => v.parse(freshResponseSchema, await ruth.get(`/fresh?after=${known.seq}&asides=${known.asides ?? 'new'}`))
    const known = await since({ seq: 0 })
    expect([known.aside, known.touched.length]).toEqual([[], 4])
    const path = `/members/${awa.joined.member.id}/aside`
    await act(ruth, 'PUT', path, { since: early, reason: 'a hundred wells in an hour' })
    const told = await since(known)
    expect([told.touched, [...(told.aside ?? [])].toSorted()]).toEqual([[], [first.entryId, second.entryId, third.entryId].toSorted()])
    // Told once; who says something on one of them does not make it an erased one.
    expect((await since(told)).aside).toEqual([])
    await awa.push([awa.change('comment', { text: 'It is true.', lang: 'en' }, { entryId: first.entryId, base: first.id })])
    await ruth.push([ruth.change('erase', { reason: 'names' }, { entryId: other.entryId, base: other.id })])
    const touched = await since(told)
    expect(touched.touched.map(({ id, row, aside }) => [id, row, aside === true])).toEqual([[first.entryId, null, true], [other.entryId, null, false]])
    await act(ruth, 'DELETE', path)
    const back = await since(touched)
    expect(back.aside).toEqual([])
    expect(new Map(back.touched.map(({ id, row }) => [id, row?.state]))).toEqual(new Map([first, second, third].map(({ entryId }) => [entryId, 'received'])))
    // Who had not asked in between is told of nobody who counts again.
    expect((await since(known)).aside).toEqual([])
    // An older desk asks for none of it, and a quiet campaign is still answered in a line.
    expect(await ruth.get(`/fresh?after=${back.seq}`)).not.toHaveProperty('asides')
  })

  it('[SE370] the log says of one entry by its id that it was set aside and why, so that its address tells it from none; and no longer once it counts', async () => {
    const [first] = records(awa, 1)
    if (first === undefined) throw new Error('no record')
    await awa.push([first])
    const logged = async () => ((await ruth.get(`/audit?type=record&entry=${first.entryId}`)) as AuditResponse).lines.map(({ act: did, setAside }) => [did, setAside])
    const path = `/members/${awa.joined.member.id}/aside`
    await act(ruth, 'PUT', path, { since: early, reason: 'a hundred wells in an hour' })
    expect((await act(ruth, 'GET', `/entries/${first.entryId}`)).json()).toMatchObject({ code: 'not-found' })
    expect(await logged()).toEqual([['record', 'revoked-device']])
    await act(ruth, 'DELETE', path)
    expect(await logged()).toEqual([['record', null]])
  })

  it('[SE252] who erases a member says why, needs the key of the device, and cannot be that member', async () => {
    await awa.push(records(awa, 2))
    const path = `/members/${awa.joined.member.id}/erase`
    const bare = await server.app.inject({ method: 'POST', url: `/api/v1${path}`, headers: ruth.headers, payload: { reason: 'asked for it' } })
    expect([bare.json(), (await act(ruth, 'POST', path, { reason: ' ' })).statusCode, (await act(ruth, 'POST', `/members/${ruth.joined.member.id}/erase`, { reason: 'x' })).statusCode]).toEqual([expect.objectContaining({ code: 'proof-needed' }), 400, 403])
    expect((await act(ruth, 'POST', path, { reason: 'asked for it' })).json()).toEqual({ entries: 2, filesLeft: 0 })
    expect([await shown(), (await rowOf(awa)) as unknown]).toEqual([[], expect.objectContaining({ name: '–', entries: 0 })])
    expect((await act(ruth, 'POST', path, { reason: 'once more' })).json()).toEqual({ entries: 0, filesLeft: 0 })
  })

  it('[SE253] what is held about a member is all that names them or their phones, and their files, and no secret', async () => {
    const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#7a9' } }).jpeg().toBuffer()
    const sha256 = createHash('sha256').update(photo).digest('hex')
    // A coordinator has left traces in nearly every table.
    const shot = { sha256: sha256 as never, bytes: photo.length, type: 'image/jpeg' as const, width: 8, height: 8, thumb: { sha256: 'b'.repeat(64) as never, bytes: 1 } }
    const [first, second] = [ruth.change('record', { content: aChallenge({ photos: [shot], consentPhoto: true }) }), ruth.change('record', { content: aChallenge() })]
    await ruth.push([first, second])
    await awa.push(records(awa, 1))
    const headers = { authorization: ruth.headers['authorization'] ?? '', 'x-terrain': '1', 'tus-resumable': '1.0.0' }
    const metadata = Object.entries({ sha256, type: 'image/jpeg', entryId: first.entryId, campaignId: server.campaign.id }).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')
    const made = await server.app.inject({ method: 'POST', url: '/api/v1/files', headers: { ...headers, 'upload-length': String(photo.length), 'upload-metadata': metadata } })
    await server.app.inject({ method: 'PATCH', url: String(made.headers.location), headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, payload: photo })
    await act(ruth, 'POST', '/invites', { role: 'volunteer', note: 'for Nia' })
    await act(ruth, 'PUT', '/views/70000000-0000-7000-8000-000000000001', { name: 'mine', search: '?q=x' })
    await act(ruth, 'PUT', '/reports/draft', { from: '2026-01-01', to: '2026-12-31', next: null, was: 0 })
    await act(ruth, 'POST', '/assignments', { entries: [first.entryId], to: ruth.joined.member.id })
    await act(ruth, 'PUT', `/entries/${first.entryId}/apart`, { other: second.entryId, kind: 'sameAs', isApart: true })
    const answer = await act(ruth, 'GET', `/members/${ruth.joined.member.id}/held`)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/zip'])
    const files = unzipped(answer.rawPayload)
    const held = JSON.parse(files.get('held.json') ?? '') as { readonly tables: Readonly<Record<string, readonly object[]>> }
    expect([...files.keys()]).toEqual(['held.json', `files/${sha256}.webp`])
    const names: readonly unknown[] = [ruth.joined.member.id, ruth.deviceId]
    const naming: Record<string, number> = {}
    await server.context.store.backup.dump(async (rows) => {
      for await (const { table, row } of rows) if (Object.values(row).some((value) => names.includes(value))) naming[table] = (naming[table] ?? 0) + 1
    })
    const counted = Object.fromEntries(Object.keys(naming).map((table) => [table, (held.tables[table] ?? []).length]))
    expect(counted).toEqual(naming)
    expect(Object.keys(naming).length).toBeGreaterThan(9)
    expect([held.tables['sessions']?.length, held.tables['entries']?.length]).toEqual([1, 2])
    expect(files.get('held.json')).not.toMatch(/secret_hash|token_hash|private_key/)
    expect((await server.app.inject({ method: 'GET', url: `/api/v1/members/${ruth.joined.member.id}/held`, headers: ruth.headers })).json()).toMatchObject({ code: 'proof-needed' })
  })

  it('[SE253] a table that learns to name people is in it, or the test fails', async () => {
    if (server.context.config.databaseUrl !== undefined) return
    const opened = new DatabaseSync(join(server.context.config.dataDir, 'terrain.db'))
    const tables = opened.prepare("select name from sqlite_master where type = 'table'").all().map(({ name }) => String(name))
    const naming = tables.flatMap((table) => opened.prepare(`pragma table_info(${table})`).all().map(({ name }) => `${table}.${String(name)}`)).filter((column) => /(member|device|author)_id$|(_by|rotated_from|for_device)$/.test(column))
    opened.close()
    // Those of the server itself, of no person.
    const own = ['campaigns.server_device_id', 'campaigns.server_member_id']
    const known = Object.entries(personColumns).flatMap(([table, { member = [], device = [] }]) => [...member, ...device].map((column) => `${table}.${column}`))
    expect(naming.filter((column) => !known.includes(column) && !own.includes(column))).toEqual([])
  })
})
