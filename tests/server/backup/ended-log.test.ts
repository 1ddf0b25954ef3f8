import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sessionText } from '#protocol/membership.ts'
import { createInvite } from '#server/auth/invites.ts'
import { signText } from '#server/auth/keys.ts'
import { backUp } from '#server/backup/back-up.ts'
import { withErasureLog } from '#server/backup/erasure-log.ts'
import { listBackups } from '#server/backup/folder.ts'
import { restore } from '#server/backup/restore.ts'
import { backupGround } from '#server/cli/backup-ground.ts'
import type { ServerContext } from '#server/context.ts'
import { createApp } from '#server/http/create-app.ts'
import { eraseMember } from '#server/jobs/erase-member.ts'
import { eraseWordsOf } from '#server/jobs/retention.ts'
import { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import { residueIn, residueOf } from '../../support/residue.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { SteppedClock, TestServer } from '../../support/test-server.ts'

interface Restored {
  readonly context: ServerContext
  readonly app: FastifyInstance
}

const person = { name: 'OasisMarkerName', organisation: 'OasisMarkerOrganisation' } as const
const words = 'OasisMarkerWords'
const at = '2026-03-02T08:00:00.000Z' as never

describe.each(databasesWhenDeep)('after a restore into %s', (database) => {
  let server: TestServer
  let root = ''
  let ruth: ScriptDevice
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'terrain-ended-'))
    server = await startTestServer({ config: { backup: { dir: root, everyMs: null } } })
    ruth = await server.join('coordinator', { name: 'Ruth' })
  })
  afterEach(async () => {
    await server.close()
    await rm(root, { recursive: true, force: true })
  })

  const back = () => backUp(backupGround(server.context), root)
  const by = () => ({ memberId: ruth.joined.member.id, deviceId: ruth.deviceId, at })
  const end = (device: ScriptDevice) => server.context.store.members.change(server.campaign.id, device.joined.member.id, { endedAt: at }, by())
  const revoke = (device: ScriptDevice) => server.context.store.members.revokeDevice(server.campaign.id, device.deviceId, at, by())
  const erase = (device: ScriptDevice) => eraseMember(server.context, server.campaign, device.joined.member.id, { by: by(), reason: 'asked' })

  /** Another machine from the oldest backup, and the process that is started there then. */
  async function restored(look: (restored: Restored) => Promise<void>, isOldest = true): Promise<void> {
    const fresh = await startTestServer({ isEmpty: true, database })
    const from = isOldest ? join(root, (await listBackups(root))[0] ?? '') : root
    expect(await restore({ ...backupGround(fresh.context), chance: fresh.context.chance }, from, { acceptLoss: true })).toMatchObject({ kind: 'restored' })
    const store = await withErasureLog(fresh.context.store, { path: join(fresh.context.config.dataDir, 'erasures.log'), beside: root })
    const { app } = await createApp({ ...fresh.context, store })
    await look({ context: { ...fresh.context, store }, app })
    // Another process on the same database, with a folder of its own and no log in it, knows the same.
    const other = await createApp(fresh.context)
    await look({ context: fresh.context, app: other.app })
    await app.close()
    await other.app.close()
    await fresh.close()
  }

  async function renew({ app }: Restored, device: ScriptDevice): Promise<{ readonly status: number; readonly code: unknown }> {
    const { challenge } = (await app.inject({ url: '/api/v1/session/challenge' })).json<{ challenge: string }>()
    const payload = { deviceId: device.deviceId, credential: device.joined.credential, challenge, sig: signText(device.privateKey, sessionText(challenge, device.deviceId)), tokenFor: 'script' }
    const answer = await app.inject({ method: 'POST', url: '/api/v1/session', headers: { 'x-terrain': '1' }, payload })
    return { status: answer.statusCode, code: answer.json<{ code?: string }>().code }
  }

  /** The same from whichever server asks for it. */
  const held = new Map<ScriptDevice, Pick<Awaited<ReturnType<ScriptDevice['requestFor']>>, 'run'>>()
  /** What the phone still holds, brought by somebody who has just joined. */
  async function bring({ context, app }: Restored, device: ScriptDevice): Promise<unknown> {
    const send: TestServer['send'] = async (path, { method, headers, body }) => {
      const response = await app.inject({ method: method as 'GET', url: path, headers: { ...headers }, ...(typeof body === 'string' ? { payload: body } : {}) })
      return { status: response.statusCode, text: response.body }
    }
    const { url } = await createInvite(context, { campaignId: server.campaign.id, role: 'volunteer', uses: 1, days: 1, note: null, createdBy: null })
    const courier = await ScriptDevice.join({ send, clock: context.clock, chance: context.chance }, url, { name: 'Courier', language: 'en' })
    const { run } = held.get(device) ?? (await device.requestFor([device.change('record', { content: aChallenge({ description: words }) })]))
    held.set(device, { run })
    const bundle = { format: 'terrain-bundle', v: 1, campaignId: server.campaign.id, deviceId: device.deviceId, publicKey: device.publicKey, credential: device.joined.credential, createdAt: at, runs: [run], files: [] }
    return JSON.parse((await send('/api/v1/import?format=bundle', { method: 'POST', headers: courier.headers, body: JSON.stringify(bundle) })).text)
  }
  const memberIn = ({ context }: Restored, device: ScriptDevice) => context.store.members.get(server.campaign.id, device.joined.member.id)

  it('[SE255] who joined after the backup and was erased comes back neither by their phone nor by a bundle: no row, no name, no word', async () => {
    await back()
    const awa = await server.join('volunteer', person)
    await awa.push([awa.change('record', { content: aChallenge({ description: words }) })])
    await erase(awa)
    await restored(async (it) => {
      expect(await renew(it, awa)).toEqual({ status: 403, code: 'device-revoked' })
      expect(await bring(it, awa)).toMatchObject({ code: 'bundle-foreign' })
      expect([await memberIn(it, awa), await it.context.store.members.device(awa.deviceId)]).toEqual([null, null])
      expect(await residueOf(it.context, [...Object.values(person), words])).toEqual([])
    })
  })

  it('[SE255] who was erased and stands in the backup is ended there as well, and may do nothing under no name', async () => {
    const awa = await server.join('coordinator', person)
    await back()
    await erase(awa)
    await restored(async (it) => {
      expect(await renew(it, awa)).toEqual({ status: 403, code: 'device-revoked' })
      expect(await bring(it, awa)).toMatchObject({ accepted: 0 })
      expect(await memberIn(it, awa)).toMatchObject({ name: '–', endedAt: at })
      expect(await residueOf(it.context, [...Object.values(person), words])).toEqual([])
    })
  })

  it('[BA720] whose end was refused, as whoever wanted it had been ended in the same moment, is a member there as well', async () => {
    const kim = await server.join('coordinator')
    await back()
    const byKim = { memberId: kim.joined.member.id, deviceId: kim.deviceId, at }
    const outcomes = await Promise.all([server.context.store.members.change(server.campaign.id, ruth.joined.member.id, { endedAt: at }, byKim), end(kim)])
    expect(new Set(outcomes)).toEqual(new Set([false, true]))
    await restored(async (it) => {
      const ended = [(await memberIn(it, ruth))?.endedAt, (await memberIn(it, kim))?.endedAt]
      expect(ended.filter((one) => one === null)).toHaveLength(1)
      expect(new Set((await Promise.all([ruth, kim].map((one) => renew(it, one)))).map(({ status }) => status))).toEqual(new Set([200, 403]))
    })
  })

  it('[SE255] who joined after the backup and was ended, or whose phone was revoked, gets no session; what a bundle brings of them is set aside', async () => {
    await back()
    const [kim, nia] = [await server.join('coordinator'), await server.join('volunteer')]
    await end(kim)
    await revoke(nia)
    await restored(async (it) => {
      for (const device of [kim, nia]) {
        expect(await renew(it, device)).toEqual({ status: 403, code: 'device-revoked' })
        expect(await bring(it, device)).toMatchObject({ accepted: 0, refused: [{ reason: 'revoked-device' }] })
      }
      expect([(await memberIn(it, kim))?.endedAt, (await memberIn(it, nia))?.endedAt, (await it.context.store.members.device(nia.deviceId))?.revokedAt]).toEqual([at, null, at])
    })
  })

  it('[BA20] who was ended and what was revoked stands in ended.log, and is so again whatever the backup says, once', async () => {
    const [kim, nia] = [await server.join('coordinator'), await server.join('volunteer')]
    await back()
    await end(kim)
    await revoke(nia)
    for (const folder of [server.context.config.dataDir, root]) {
      const log = await readFile(join(folder, 'ended.log'), 'utf8')
      expect([log.includes(kim.joined.member.id), log.includes(nia.deviceId), log.includes(kim.joined.member.name)]).toEqual([true, true, false])
    }
    await back()
    for (const isOldest of [true, false]) {
      await restored(async (it) => {
        expect([(await memberIn(it, kim))?.endedAt, (await it.context.store.members.device(nia.deviceId))?.revokedAt]).toEqual([at, at])
        const { lines } = await it.context.store.audit.page(server.campaign.id, { limit: 100 })
        expect(lines.flatMap((line) => (line.kind === 'act' && ['member.ended', 'device.lost'].includes(line.act.act) ? [line.act.act] : [])).toSorted()).toEqual(['device.lost', 'member.ended'])
      }, isOldest)
    }
  })

  it('[BA20] what another machine on the same database has ended or erased is in the logs beside the backups from the next backup on', async () => {
    await back()
    const [kim, awa] = [await server.join('volunteer'), await server.join('volunteer')]
    await end(kim)
    await erase(awa)
    for (const name of ['ended.log', 'erasures.log']) for (const folder of [server.context.config.dataDir, root]) await rm(join(folder, name), { force: true })
    await back()
    expect(await readFile(join(root, 'ended.log'), 'utf8')).toContain(kim.joined.member.id)
    expect(await readFile(join(root, 'erasures.log'), 'utf8')).toContain(awa.joined.member.id)
  })

  it('[SE256] what retention has erased comes back by no backup: its names go in the restore itself, and the backups that hold them within two weeks', async () => {
    await server.join('volunteer', person)
    await back()
    await server.context.store.campaigns.update(server.campaign.id, { endsOn: '2026-01-01', retentionMonths: 1 })
    await eraseWordsOf(server.context, server.campaign)
    await back()
    expect(residueIn(root, [person.name])).not.toEqual([])
    await restored(async (it) => {
      expect(await residueOf(it.context, Object.values(person))).toEqual([])
    })
    ;(server.context.clock as SteppedClock).advance(15 * 24 * 3_600_000)
    await back()
    expect(residueIn(root, [person.name])).toEqual([])
  })
})
