import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sessionText } from '#protocol/membership.ts'
import { signText } from '#server/auth/keys.ts'
import { ScriptDevice, systemDeps } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { createDatabase } from '../../support/postgres/database.ts'
import type { TestDatabase } from '../../support/postgres/database.ts'
import { ServerProcess } from '../../support/server-process.ts'

describe('two server processes on one database', () => {
  let database: TestDatabase
  let dataDir = ''
  let servers: readonly ServerProcess[] = []
  beforeEach(async () => {
    database = await createDatabase()
    dataDir = await mkdtemp(join(tmpdir(), 'terrain-two-'))
    servers = await Promise.all([1, 2].map(() => ServerProcess.create(dataDir, { DATABASE_URL: database.url })))
    await Promise.all(servers.map((server) => server.start()))
  })
  afterEach(async () => {
    await Promise.all(servers.map((server) => server.kill()))
    await rm(dataDir, { recursive: true, force: true })
    await database.drop()
  })

  it('[SE42] that start at once make one campaign, and what was joined, pushed and challenged on one goes on on the other', async () => {
    const [one, two] = servers as [ServerProcess, ServerProcess]
    expect(await database.query('select count(*)::int as n from campaigns')).toEqual([{ n: 1 }])
    const device = await ScriptDevice.join(systemDeps(one.url), one.invite, { name: 'Ruth', language: 'en' })
    const ask = (url: string, path: string) => fetch(`${url}/api/v1/${path}`, { headers: device.headers })
    expect((await ask(two.url, 'entries')).status).toBe(200)

    const { challenge } = (await (await fetch(`${one.url}/api/v1/session/challenge`)).json()) as { readonly challenge: string }
    const body = { deviceId: device.deviceId, credential: device.joined.credential, challenge, sig: signText(device.privateKey, sessionText(challenge, device.deviceId)), tokenFor: 'script' }
    expect((await fetch(`${two.url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-terrain': '1' }, body: JSON.stringify(body) })).status).toBe(200)

    const changes = [device.change('record', { content: aChallenge() })]
    const request = await device.requestFor(changes)
    const push = async (url: string) => ((await (await fetch(`${url}/api/v1/sync`, { method: 'POST', headers: device.headers, body: JSON.stringify(request) })).json()) as { readonly results: unknown }).results
    expect(await Promise.all([push(one.url), push(two.url)]).then((answers) => answers.flat())).toEqual(expect.arrayContaining([expect.objectContaining({ status: 'stored', seq: 1 }), expect.objectContaining({ status: 'duplicate', seq: 1 })]))
    expect(await (await ask(one.url, 'entries')).json()).toEqual(await (await ask(two.url, 'entries')).json())
  })
  it('[SE234] what is revoked on one fails on the other with its next request: a lost phone, and a membership that has ended', async () => {
    const [one, two] = servers as [ServerProcess, ServerProcess]
    const ruth = await ScriptDevice.join(systemDeps(one.url), one.invite, { name: 'Ruth', language: 'en' })
    const { url } = (await (await fetch(`${one.url}/api/v1/invites`, { method: 'POST', headers: ruth.headers, body: '{"role":"volunteer","uses":9}' })).json()) as { readonly url: string }
    const [awa, nia] = [await ScriptDevice.join(systemDeps(two.url), url, { name: 'Awa', language: 'en' }), await ScriptDevice.join(systemDeps(two.url), url, { name: 'Nia', language: 'en' })]
    const me = async (device: ScriptDevice) => Promise.all(servers.map(async (server) => (await fetch(`${server.url}/api/v1/me`, { headers: device.headers })).status))
    const act = async (method: string, path: string, body?: object) => (await fetch(`${one.url}/api/v1${path}`, { method, headers: { authorization: ruth.headers['authorization'] ?? '', 'x-terrain': '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(await ruth.proof(method, path, body)) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })).status
    expect([await me(awa), await me(nia)]).toEqual([[200, 200], [200, 200]])
    expect(await act('DELETE', `/devices/${awa.deviceId}`)).toBe(204)
    expect(await me(awa)).toEqual([401, 401])
    expect(await act('PATCH', `/members/${nia.joined.member.id}`, { ended: true })).toBe(204)
    expect(await me(nia)).toEqual([401, 401])
  })
})
