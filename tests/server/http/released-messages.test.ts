import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { DeviceId } from '#domain/ids.ts'
import { createUuid, instantOf } from '#domain/new-ids.ts'
import type { Role } from '#protocol/membership.ts'
import type { PushResult } from '#protocol/sync.ts'
import { wireVersion } from '#protocol/version.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { startSession } from '#server/auth/sessions.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

interface Released {
  readonly wireVersion: number
  readonly campaign: StoredCampaign
  readonly roles: Readonly<Record<string, Role>>
  /** What phone, desk and script sent in their order, and what they were answered then. */
  readonly messages: readonly { readonly by: DeviceId; readonly path: string; readonly status: number; readonly statuses?: readonly PushResult['status'][]; readonly body: Readonly<Record<string, unknown>> }[]
}

/** Recorded with the code of that release, the phone's by the phone's own code. Never edited. */
const folder = new URL('../../protocol/released/', import.meta.url)
const released = readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Released)

describe('messages of released versions', () => {
  it('[PR11] there are some of every version before this one', () => {
    const versions = new Set(released.map((each) => each.wireVersion))
    for (let version = 1; version < wireVersion; version += 1) expect(versions).toContain(version)
  })
})

describe.each(databasesWhenDeep)('messages of released versions, on %s', (database) => {
  let server: TestServer
  afterEach(() => server.close())

  it.each(released)('[PR11] those of version $wireVersion are taken by the server of today, each as it was then', async ({ campaign, roles, messages }) => {
    server = await startTestServer({ database })
    const { store, clock, chance } = server.context
    const at = instantOf(clock)
    await store.campaigns.create(campaign, at)
    await store.members.add({ id: campaign.serverMemberId, campaignId: campaign.id, role: 'coordinator', name: 'Terrain', language: 'en', joinedAt: at, endedAt: null }, { id: campaign.serverDeviceId, campaignId: campaign.id, memberId: campaign.serverMemberId, publicKey: campaign.publicKey, label: 'server', createdAt: at, revokedAt: null, lastContactAt: null, appVersion: null, manifest: null })
    const tokens = new Map<DeviceId, string>()
    for (const { by, path, status, statuses, body } of messages) {
      const isJoin = path.endsWith('/join')
      if (isJoin) await store.members.createInvite({ id: createUuid(clock, chance), campaignId: campaign.id, secretHash: sha256Of(String(body['invite'])), role: roles[by] ?? 'volunteer', uses: 1, note: null, createdAt: at, expiresAt: '2099-01-01T00:00:00.000Z' as never, createdBy: null })
      // Another database has another epoch; nothing else is touched.
      const sent = 'epoch' in body ? { ...body, epoch: await store.epoch() } : body
      const answer = await server.app.inject({ method: 'POST', url: path, headers: { 'x-terrain': '1', ...(isJoin ? {} : { authorization: `Bearer ${tokens.get(by) ?? ''}` }) }, payload: sent })
      expect([path, answer.statusCode, outcomeOf(answer.json())]).toEqual([path, status, statuses ?? expectedOf[path]])
      if (isJoin) tokens.set(by, (await startSession(server.context, { campaignId: campaign.id, deviceId: by, memberId: answer.json<{ member: { id: never } }>().member.id })).token)
    }
    expect(await verifyCampaign(store, campaign.id)).toMatchObject({ faults: [], erased: 3 })
    expect((await store.entries.rebuild(campaign.id)).differing).toEqual([])
  })
})

/** Where the recording has no statuses. */
const expectedOf: Readonly<Record<string, unknown>> = { '/api/v1/import?format=bundle': 'accepted 1', '/api/v1/sync/quarantine': ['quarantined'] }

/** Of a sync what became of each change, of an import how many were taken. */
function outcomeOf({ results, accepted }: { readonly results?: readonly PushResult[]; readonly accepted?: number }): readonly string[] | string | undefined {
  return accepted === undefined ? results?.map(({ status }) => status) : `accepted ${accepted}`
}
