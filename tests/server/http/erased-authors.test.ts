import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eraseMember } from '#server/jobs/erase-member.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { residueOf } from '../../support/residue.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe.each(databases)('what comes late of somebody who is erased, on %s', (database) => {
  let server: TestServer
  let root = ''
  let [awa, kim, ruth]: readonly ScriptDevice[] = []
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'terrain-erased-'))
    server = await startTestServer({ database, config: { backup: { dir: root, everyMs: null } } })
    ;[awa, kim, ruth] = [await server.join('volunteer'), await server.join('coordinator', { name: 'Kim' }), await server.join('coordinator')]
  })
  afterEach(async () => {
    await server.close()
    await rm(root, { recursive: true, force: true })
  })

  it('[SE411] no word of it is kept, a reason and what has no form among it, and the entries of others that it names go on', async () => {
    if (awa === undefined || kim === undefined || ruth === undefined) throw new Error('nobody has joined')
    const record = awa.change('record', { content: aChallenge() })
    await awa.push([record])
    const about = { entryId: record.entryId, base: record.id }
    const late = [
      kim.change('comment', { text: 'OasisMarkerComment', lang: 'en' }, about), kim.change('record', { content: aChallenge({ description: 'OasisMarkerWords' }) }),
      kim.change('erase', { reason: 'OasisMarkerReason' }, about), { ...kim.change('comment', { text: 'OasisMarkerForm', lang: 'en' }), entryId: 'none' as never },
    ]
    const { run } = await kim.requestFor(late)
    const by = { memberId: ruth.joined.member.id, deviceId: ruth.deviceId, at: '2026-03-02T08:00:00.000Z' as never }
    await eraseMember(server.context, server.campaign, kim.joined.member.id, { by, reason: 'asked for it' })
    const bundle = { format: 'terrain-bundle', v: 1, campaignId: server.campaign.id, deviceId: kim.deviceId, publicKey: kim.publicKey, credential: kim.joined.credential, createdAt: '2026-03-01T08:00:00.000Z', runs: [run], files: [] }
    for (const carrier of [ruth, awa]) {
      const brought = await server.app.inject({ method: 'POST', url: '/api/v1/import?format=bundle', headers: { ...carrier.headers, 'content-type': 'text/plain' }, payload: JSON.stringify(bundle) })
      expect(brought.json<{ refused: readonly { reason: string }[] }>().refused.map(({ reason }) => reason)).toEqual(['erased', 'erased', 'erased', 'erased'])
    }
    expect(await residueOf(server.context, ['OasisMarker'])).toEqual([])
    expect(await server.context.store.erasures.isErased(server.campaign.id, record.entryId)).toBe(false)
    const revised = awa.change('revise', { set: { description: 'It is far worse now.' }, unset: [], answers: [] }, about)
    const answer = await awa.push([revised])
    expect(answer.results.map(({ status }) => status)).toEqual(['stored'])
    expect(answer.items.filter((item) => 'erased' in item)).toEqual([])
    expect((await server.context.store.entries.state(server.campaign.id, record.entryId))?.content.description).toBe('It is far worse now.')
    expect(await verifyCampaign(server.context.store, server.campaign.id)).toMatchObject({ faults: [] })
  })
})
