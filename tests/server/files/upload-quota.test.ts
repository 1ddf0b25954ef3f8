import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDeviceId } from '#domain/new-ids.ts'
import { rotateText } from '#protocol/membership.ts'
import { signText } from '#server/auth/keys.ts'
import { usualFlood } from '#server/policies/flood-policy.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aKey, bare, pieceHeaders, uploadHeaders } from '../../support/api-calls/asking.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { SteppedClock, TestServer } from '../../support/test-server.ts'

const megabytes = 100
const largest = 8_000_000

describe.each(databases)('what a member may send in a day, on %s', (database) => {
  let server: TestServer
  let awa: ScriptDevice
  let entryId = ''
  beforeAll(async () => {
    server = await startTestServer({ database, config: { flood: { ...usualFlood, megabytes } } })
    awa = await server.join('volunteer')
    const record = awa.change('record', { content: aChallenge() })
    await awa.push([record])
    ;({ entryId } = record)
  })
  afterAll(() => server.close())

  const fileOf = (name: string) => ({ bytes: { length: largest } as Buffer, sha256: createHash('sha256').update(name).digest('hex') })
  const begin = (who: Readonly<Record<string, string>>, name: string) => server.app.inject({ method: 'POST', url: '/api/v1/files', headers: { ...who, ...uploadHeaders(server.campaign.id, entryId, fileOf(name)) } })
  const part = (who: Readonly<Record<string, string>>, id: string, at: number, payload: Buffer) => server.app.inject({ method: 'POST', url: `/api/v1/import/parts/${id}?at=${at}`, headers: { ...who, 'content-type': 'application/octet-stream' }, payload })

  it('[SE327] an upload that tells its length later counts as the longest that may come', async () => {
    const [ben, statuses]: [ScriptDevice, number[]] = [await server.join('volunteer'), []]
    for (let nth = 0; nth < 13; nth += 1) {
      const { 'upload-length': _, ...rest } = uploadHeaders(server.campaign.id, entryId, fileOf(`later ${nth}`))
      statuses.push((await server.app.inject({ method: 'POST', url: '/api/v1/files', headers: { ...bare(ben), ...rest, 'upload-defer-length': '1' } })).statusCode)
    }
    expect([statuses.slice(0, -1).every((status) => status === 201), statuses.at(-1)]).toEqual([true, 429])
  })

  it('[SE327] beyond it nothing new begins, from no device and in no form, what has begun goes on, nobody else waits, and the next day there is room', async () => {
    const statuses: number[] = []
    let place = ''
    for (let nth = 0; nth < 13; nth += 1) {
      const answer = await begin(bare(awa), `a ${nth}`)
      statuses.push(answer.statusCode)
      if (nth === 0) place = String(answer.headers.location)
      // Whose answer got lost asks again, and that is no second file.
      statuses.push((await begin(bare(awa), 'a 0')).statusCode)
    }
    expect([statuses.slice(0, -2).every((status) => status === 201), statuses.slice(-2)]).toEqual([true, [429, 201]])
    expect((await server.app.inject({ method: 'PATCH', url: place, headers: { ...bare(awa), ...pieceHeaders }, payload: Buffer.alloc(1000) })).statusCode).toBe(204)

    const [deviceId, key] = [createDeviceId(server.context.clock, server.context.chance), aKey()]
    const rotated = await server.app.inject({ method: 'POST', url: '/api/v1/devices/rotate', headers: awa.headers, payload: { device: { id: deviceId, publicKey: key.publicKey, label: 'second' }, sig: signText(key.privateKey, rotateText(deviceId)), tokenFor: 'script' } })
    const second = { authorization: `Bearer ${rotated.json<{ session: { token: string } }>().session.token}`, 'x-terrain': '1' }
    expect((await begin(second, 'from another device')).json()).toMatchObject({ code: 'too-many-requests', status: 429 })
    const bundle = '30000000-0000-7000-8000-000000000001'
    const refused = await part(second, bundle, 0, Buffer.alloc(1000))
    expect([refused.statusCode, refused.json<{ retryAfterS: number }>().retryAfterS > 80_000]).toEqual([429, true])
    // An empty part asks how far the server is; that is free.
    expect((await part(second, bundle, 0, Buffer.alloc(0))).json()).toEqual({ size: 0 })
    expect((await server.app.inject({ method: 'POST', url: '/api/v1/import?format=bundle', headers: awa.headers, payload: '{}' })).statusCode).toBe(429)

    const jean = await server.join('volunteer')
    expect((await begin(bare(jean), 'of somebody else')).statusCode).toBe(201)
    for (let hours = 0; hours < 24; hours += 8) {
      // A session that is used goes on.
      expect(await awa.get('/me')).toMatchObject({ deviceId: awa.deviceId })
      ;(server.context.clock as SteppedClock).advance(8 * 3_600_000)
    }
    expect((await begin(bare(awa), 'on the next day')).statusCode).toBe(201)
  })
})
