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
})
