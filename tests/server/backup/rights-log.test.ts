import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '#protocol/membership.ts'
import { sessionText } from '#protocol/membership.ts'
import { createInvite } from '#server/auth/invites.ts'
import { signText } from '#server/auth/keys.ts'
import { backUp } from '#server/backup/back-up.ts'
import { listBackups } from '#server/backup/folder.ts'
import { restore } from '#server/backup/restore.ts'
import { backupGround } from '#server/cli/backup-ground.ts'
import type { ServerContext } from '#server/context.ts'
import { createApp } from '#server/http/create-app.ts'
import { ScriptDevice } from '../../../demo/script-device.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

interface Restored {
  readonly context: ServerContext
  readonly app: FastifyInstance
}
const at = (minute: number) => `2026-03-02T08:${String(minute).padStart(2, '0')}:00.000Z` as never

describe.each(databasesWhenDeep)('rights after a restore into %s', (database) => {
  let server: TestServer
  let root = ''
  let ruth: ScriptDevice
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'terrain-rights-'))
    server = await startTestServer({ config: { backup: { dir: root, everyMs: null } } })
    ruth = await server.join('coordinator', { name: 'Ruth' })
  })
  afterEach(async () => {
    await server.close()
    await rm(root, { recursive: true, force: true })
  })

  const back = () => backUp(backupGround(server.context), root)
  const by = (minute: number) => ({ memberId: ruth.joined.member.id, deviceId: ruth.deviceId, at: at(minute) })
  const give = (device: ScriptDevice, role: Role, minute: number) => server.context.store.members.change(server.campaign.id, device.joined.member.id, { role }, by(minute))
  const invite = (uses: number) => createInvite(server.context, { campaignId: server.campaign.id, role: 'coordinator', uses, days: 7, note: null, createdBy: ruth.joined.member.id })

  async function restored(look: (restored: Restored) => Promise<void>, which = 0): Promise<void> {
    const fresh = await startTestServer({ isEmpty: true, database })
    expect(await restore({ ...backupGround(fresh.context), chance: fresh.context.chance }, join(root, (await listBackups(root)).at(which) ?? ''), { acceptLoss: true })).toMatchObject({ kind: 'restored' })
    const { app } = await createApp(fresh.context)
    await look({ context: fresh.context, app })
    await app.close()
    await fresh.close()
  }
  const come = ({ context, app }: Restored, url: string) => ScriptDevice.join({
    clock: context.clock, chance: context.chance,
    send: async (path, { method, headers, body }) => {
      const response = await app.inject({ method: method as 'GET', url: path, headers: { ...headers }, ...(typeof body === 'string' ? { payload: body } : {}) })
      return { status: response.statusCode, text: response.body }
    },
  }, url, { name: 'Mallory', language: 'en' }).then(() => 'in', () => 'out')
  async function roleOf({ app }: Restored, device: ScriptDevice): Promise<unknown> {
    const { challenge } = (await app.inject({ url: '/api/v1/session/challenge' })).json<{ challenge: string }>()
    const payload = { deviceId: device.deviceId, credential: device.joined.credential, challenge, sig: signText(device.privateKey, sessionText(challenge, device.deviceId)), tokenFor: 'script' }
    const { session } = (await app.inject({ method: 'POST', url: '/api/v1/session', headers: { 'x-terrain': '1' }, payload })).json<{ session: { token: string } }>()
    return (await app.inject({ url: '/api/v1/me', headers: { authorization: `Bearer ${session.token}` } })).json<{ member: { role: unknown } }>().member.role
  }

  it('[BA22] an invite that was used up or withdrawn after the backup admits nobody, and one with a use left one person', async () => {
    const [once, gone, twice] = [await invite(1), await invite(3), await invite(2)]
    await back()
    const here = { context: server.context, app: server.app }
    expect([await come(here, once.url), await come(here, twice.url)]).toEqual(['in', 'in'])
    expect(await server.context.store.members.deleteInvite(server.campaign.id, gone.invite.id, by(1))).toBe(true)
    await restored(async (it) => {
      expect([await come(it, once.url), await come(it, gone.url), await come(it, twice.url), await come(it, twice.url)]).toEqual(['out', 'out', 'in', 'out'])
    })
  })

  it('[BA22] everybody has the role that they were given last: in the backup or not, by whatever credential, once in the log', async () => {
    const [kim, nia] = [await server.join('coordinator'), await server.join('volunteer')]
    await give(nia, 'coordinator', 1)
    await back()
    const leo = await server.join('coordinator')
    await give(kim, 'volunteer', 2)
    await give(nia, 'volunteer', 3)
    await give(nia, 'coordinator', 4)
    await give(leo, 'volunteer', 5)
    for (const isAgain of [false, true]) {
      await restored(async (it) => {
        expect([await roleOf(it, kim), await roleOf(it, nia), await roleOf(it, leo), await roleOf(it, ruth)]).toEqual(['volunteer', 'coordinator', 'volunteer', 'coordinator'])
        const { lines } = await it.context.store.audit.page(server.campaign.id, { limit: 100 })
        const given = lines.flatMap((line) => (line.kind === 'act' && line.act.act === 'member.role' && line.act.subject === kim.joined.member.id ? [line.act.detail] : []))
        expect(given).toEqual([{ role: 'volunteer' }])
      }, isAgain ? -1 : 0)
      await back()
    }
  })

  it('[BA22] the log has ids, numbers and roles, stands beside the backups too, and what another machine did is in it from the next backup on', async () => {
    const { invite: made, url } = await invite(2)
    const kim = await server.join('coordinator', { name: 'OasisMarkerName' })
    await come({ context: server.context, app: server.app }, url)
    await give(kim, 'volunteer', 1)
    const secret = url.split('#')[1] ?? ''
    for (const folder of [server.context.config.dataDir, root]) {
      const log = await readFile(join(folder, 'rights.log'), 'utf8')
      expect([log.includes(`"inviteId":"${made.id}","usesLeft":1`), log.includes(kim.joined.member.id), log.includes('OasisMarker'), log.includes(secret)]).toEqual([true, true, false, false])
      await rm(join(folder, 'rights.log'))
    }
    await server.context.store.members.deleteInvite(server.campaign.id, made.id, by(2))
    for (const folder of [server.context.config.dataDir, root]) await rm(join(folder, 'rights.log'), { force: true })
    await back()
    const log = await readFile(join(root, 'rights.log'), 'utf8')
    expect([log.includes(`"inviteId":"${made.id}","usesLeft":0`), log.includes(`"memberId":"${kim.joined.member.id}","role":"volunteer"`)]).toEqual([true, true])
  })
})
