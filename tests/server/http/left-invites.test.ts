import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, describe } from 'vitest'
import { backUp } from '#server/backup/back-up.ts'
import { listBackups } from '#server/backup/folder.ts'
import { restore } from '#server/backup/restore.ts'
import { backupGround } from '#server/cli/backup-ground.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { ScriptDevice } from '../../../demo/script-device.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe.each(databasesWhenDeep)('invites of who may invite no more, on %s', (database) => {
  let server: TestServer
  let root = ''
  let ruth: ScriptDevice
  let kim: ScriptDevice
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'terrain-invites-'))
    server = await startTestServer({ database, config: { backup: { dir: root, everyMs: null } } })
    ;[ruth, kim] = [await server.join('coordinator', { name: 'Ruth' }), await server.join('coordinator', { name: 'Kim' })]
  })
  afterEach(async () => {
    await server.close()
    await rm(root, { recursive: true, force: true })
  })

  const act = async (who: ScriptDevice, method: 'POST' | 'PATCH', path: string, body: object) => server.app.inject({ method, url: `/api/v1${path}`, headers: { ...who.headers, ...(await who.proof(method, path, body)) }, payload: body })
  const invite = async (who: ScriptDevice, role: string) => (await act(who, 'POST', '/invites', { role, uses: 5, days: 30 })).json<{ url: string }>().url
  const come = (url: string) => ScriptDevice.join({ send: server.send, clock: server.context.clock, chance: server.context.chance }, url, { name: 'Kim again', language: 'en' }).then(() => 'in', () => 'out')
  const patch = async (body: object) => (await act(ruth, 'PATCH', `/members/${kim.joined.member.id}`, body)).statusCode
  const removed = async () => (await server.context.store.audit.page(server.campaign.id, { limit: 100 })).lines.filter((line) => line.kind === 'act' && line.act.act === 'invite.removed').length

  it.each([['is ended', { ended: true }], ['becomes a volunteer', { role: 'volunteer' }]])('[SE296] a coordinator who %s comes back by no link of their own; links of others and who came before stay', async (_, change) => {
    const [own, small, other] = [await invite(kim, 'coordinator'), await invite(kim, 'volunteer'), await invite(ruth, 'volunteer')]
    expect(await come(small)).toBe('in')
    expect(await patch(change)).toBe(204)
    expect([await come(own), await come(small), await come(other), await removed()]).toEqual(['out', 'out', 'in', 2])
  })

  it('[SE296] with a lost phone those end that were made with it, and stay so after a restore; of another phone of the same person they stay', async () => {
    const { invite: secret } = (await act(kim, 'POST', '/devices/move', {})).json<{ invite: string }>()
    const second = await ScriptDevice.join({ send: server.send, clock: server.context.clock, chance: server.context.chance }, `https://terrain.example/join#${secret}`, { name: 'Kim', language: 'en' })
    const [lost, kept] = [await invite(second, 'coordinator'), await invite(kim, 'coordinator')]
    await backUp(backupGround(server.context), root)
    const path = `/devices/${second.deviceId}`
    expect((await server.app.inject({ method: 'DELETE', url: `/api/v1${path}`, headers: { authorization: ruth.headers['authorization'] ?? '', 'x-terrain': '1', ...(await ruth.proof('DELETE', path)) } })).statusCode).toBe(204)
    expect([await come(lost), await come(kept), await removed()]).toEqual(['out', 'in', 1])
    const fresh = await startTestServer({ isEmpty: true, database })
    expect(await restore({ ...backupGround(fresh.context), chance: fresh.context.chance }, join(root, (await listBackups(root))[0] ?? ''), { acceptLoss: true })).toMatchObject({ kind: 'restored' })
    const good = (url: string) => fresh.context.store.members.lookAtInvite(sha256Of(url.split('#')[1] ?? ''), { devices: [], now: '2026-03-01T00:00:00.000Z' as never })
    expect([await good(lost), (await good(kept))?.role]).toEqual([null, 'coordinator'])
    await fresh.close()
  })

  it('[SE296] a coordinator who stays one keeps them; of who was ended since, a backup from before brings none back', async () => {
    const own = await invite(kim, 'coordinator')
    expect(await patch({ role: 'coordinator' })).toBe(204)
    expect(await come(own)).toBe('in')
    await backUp(backupGround(server.context), root)
    expect(await patch({ ended: true })).toBe(204)
    const fresh = await startTestServer({ isEmpty: true, database })
    expect(await restore({ ...backupGround(fresh.context), chance: fresh.context.chance }, join(root, (await listBackups(root))[0] ?? ''), { acceptLoss: true })).toMatchObject({ kind: 'restored' })
    expect(await fresh.context.store.members.lookAtInvite(sha256Of(own.split('#')[1] ?? ''), { devices: [], now: '2026-03-01T00:00:00.000Z' as never })).toBeNull()
    await fresh.close()
  })
})
