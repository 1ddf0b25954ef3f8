import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FetchInit, FetchResponse } from '#device/device-ground.ts'
import { openDevice } from '#device/open-device.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { createHttp } from '#device/sync/http.ts'
import type { DeviceId } from '#domain/ids.ts'
import { createDeviceId } from '#domain/new-ids.ts'
import { createInvite } from '#server/auth/invites.ts'
import { CookieJar } from '../support/cookie-jar.ts'
import { newDatabaseName, savedChallenge, until } from '../support/phone.ts'
import { testGround } from '../support/test-ground.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

interface Passed {
  readonly as: string | undefined
  readonly sent: Record<string, unknown>
  /** As the phone gets it; a test may put something else in its place. */
  got: string
}

const none: Passed = { as: undefined, sent: {}, got: '' }

let server: TestServer
let phone: Awaited<ReturnType<typeof joined>>
beforeEach(async () => {
  server = await startTestServer()
  phone = await joined()
})
afterEach(async () => {
  phone.device.close()
  await server.close()
})

/** A phone on the real server whose syncs are looked at, and changed on their way. */
async function joined() {
  const { url } = await createInvite(server.context, { campaignId: server.campaign.id, role: 'volunteer', uses: 1, days: 1, note: null, createdBy: null })
  const [cookies, syncs] = [new CookieJar(), [] as Passed[]]
  const on: { passes: (passed: Passed) => void } = { passes: () => undefined }
  const fetch = async (path: string, { method, headers, body }: FetchInit): Promise<FetchResponse> => {
    const response = await server.app.inject({ method: method as 'GET', url: path, headers: { ...headers, ...cookies.header }, ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : Buffer.from(body) }) })
    cookies.keep(response.headers['set-cookie'])
    const passed: Passed = { as: headers['x-terrain'], sent: typeof body === 'string' ? (JSON.parse(body) as Record<string, unknown>) : {}, got: response.body }
    on.passes(passed)
    if (path.endsWith('/sync')) syncs.push(passed)
    return { status: response.statusCode, headers: { get: (name) => (response.headers[name] === undefined ? null : String(response.headers[name])) }, text: () => Promise.resolve(passed.got) }
  }
  const ground = testGround({ databaseName: newDatabaseName(), fetch, seed: url })
  const device = await openDevice(ground)
  expect(await device.join({ invite: url.split('#')[1] ?? '', name: 'Awa', language: 'en' })).toMatchObject({ ok: true })
  await device.flush()
  return { device, ground, on, syncs, deviceId: (await until(device.membership, (one) => one !== null))?.deviceId }
}

describe('a phone that is up to date', () => {
  it('[SY90] says in few letters what it knows, and is answered by them', async () => {
    const { device, syncs, deviceId } = phone
    await savedChallenge(device)
    await device.flush()
    const before = syncs.length
    expect(await device.flush()).toMatchObject({ problem: null })
    expect(syncs.slice(before).map(({ as }) => as)).toEqual([deviceId])
    const { sent, got } = syncs.at(-1) ?? none
    expect([Object.keys(sent), got]).toEqual([['epoch', 'after', 'mark', 'counter', 'same', 'sentAt'], JSON.stringify({ same: sent['same'] })])
    expect([sent['after'], sent['counter']]).toEqual([1, 1])
    expect(JSON.stringify(sent).length + got.length).toBeLessThan(180)
  })

  it('[SY90] sends a change with little besides, takes its receipt, and is told what is new', async () => {
    const { device, syncs } = phone
    const id = await savedChallenge(device)
    await device.flush()
    const { sent, got } = syncs.find((passed) => 'run' in passed.sent) ?? none
    expect([Object.keys(sent), Object.keys(JSON.parse(got) as object)]).toEqual([['epoch', 'after', 'mark', 'same', 'sentAt', 'run', 'without'], ['same', 'results', 'next', 'receivedAt', 'mark']])
    const entry = await until(device.watchEntry(id), (one) => one?.travel === 'received')
    const stored = await server.context.store.entries.state(server.campaign.id, id)
    expect([entry?.state.ref, entry?.state.receivedAt]).toEqual([stored?.ref, stored?.receivedAt])
    const ruth = await server.join('coordinator')
    await ruth.push([ruth.change('comment', { text: 'When was that?', lang: 'en' }, { entryId: id, base: stored?.head ?? null })])
    await device.flush()
    expect((await until(device.watchEntry(id), (one) => one?.state.comments.length === 1))?.state.comments).toMatchObject([{ text: 'When was that?' }])
    expect(Object.keys(JSON.parse(syncs.at(-1)?.got ?? '{}') as object)).toEqual(['same', 'items', 'next', 'mark'])
  })

  it('[SY90] has heard of the server when the message says, in whose clock a wrong one of its own is seen', async () => {
    const { device, syncs } = phone
    await device.flush()
    expect(syncs.at(-1)?.got).toMatch(/^\{"same":"[0-9a-f]{12}"\}$/)
    const heard = Date.parse((await until(device.sync, ({ lastToldAt }) => lastToldAt !== null))?.lastToldAt ?? '')
    // The server of tests has a clock of its own for all but its HTTP messages.
    expect(Math.abs(heard - Date.now())).toBeLessThan(600_000)
  })

  it('[SY90] is told in full what has changed, and then knows it', async () => {
    const { device, syncs } = phone
    const ruth = await server.join('coordinator')
    const set = await server.app.inject({ method: 'PATCH', url: `/api/v1/campaigns/${server.campaign.id}`, headers: { ...ruth.headers, ...(await ruth.proof('PATCH', `/campaigns/${server.campaign.id}`, { revision: 0, set: { name: 'Renamed' } })) }, payload: { revision: 0, set: { name: 'Renamed' } } })
    expect(set.statusCode).toBe(200)
    await device.flush()
    expect(JSON.parse(syncs.at(-1)?.got ?? '{}')).toMatchObject({ campaignRevision: 1 })
    expect((await until(device.membership, (one) => one?.campaign.name === 'Renamed'))?.campaign.revision).toBe(1)
    await device.flush()
    expect(syncs.at(-1)?.got).toBe(JSON.stringify({ same: syncs.at(-1)?.sent['same'] }))
  })

  it('[SY90] tells its version once in each window', async () => {
    const { device, syncs } = phone
    await device.flush()
    await device.flush()
    expect(syncs.map(({ sent }) => 'appVersion' in sent)).toEqual(syncs.map((_, nth) => nth === 0))
  })

  it('[SY91] takes an answer with other letters, or without any, for none', async () => {
    const { device, on } = phone
    for (const other of ['{"same":"000000000000"}', '{}', '{"same":""}']) {
      on.passes = (passed) => {
        if ('epoch' in passed.sent) passed.got = other
      }
      expect((await device.flush()).problem).toMatchObject({ code: 'not-our-answer' })
    }
    on.passes = () => undefined
    expect((await device.syncNow(), await device.flush()).problem).toBeNull()
  })

  it('[SY91] with something left behind, does not say that it knows', async () => {
    const { device, on, syncs } = phone
    for (let nth = 0; nth < 3; nth += 1) await savedChallenge(device)
    on.passes = (passed) => {
      if ('run' in passed.sent) passed.got = '{}'
    }
    await device.flush()
    on.passes = () => undefined
    const before = syncs.length
    await device.flush()
    expect(syncs.slice(before).filter(({ sent }) => 'manifest' in sent).every(({ sent }) => !('same' in sent))).toBe(true)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
  })

  it('[SY92] sends nothing in the name of the device that it has become meanwhile', async () => {
    const { ground, deviceId } = phone
    const db = new DeviceDatabase(ground.databaseName)
    const asked: unknown[] = []
    const http = createHttp({ db, network: ground.network, fetch: (_, { headers }) => {
      asked.push(headers['x-terrain'])
      return Promise.reject(new TypeError('Failed to fetch'))
    } })
    const post = (by: DeviceId | undefined) => http({ method: 'POST', path: '/sync', body: { json: {} }, read: () => true, ...(by && { by }) })
    for (const by of [createDeviceId(ground.clock, ground.chance), deviceId]) expect(await post(by)).toMatchObject({ ok: false, problem: { code: 'no-answer' } })
    expect(asked).toEqual([deviceId])
    db.shut()
  })
})
