import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeviceDatabase } from '#device/store/database.ts'
import { eraseMember } from '#server/jobs/erase-member.ts'
import { eraseWordsOf } from '#server/jobs/retention.ts'
import type { ScriptDevice } from '../../demo/script-device.ts'
import { savedChallenge } from '../support/phone.ts'
import { realPhone } from '../support/real-phone.ts'
import type { RealPhone } from '../support/real-phone.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

describe('the names of coordinators on other phones', () => {
  let server: TestServer
  let phone: RealPhone
  let [kim, ruth]: readonly ScriptDevice[] = []
  let db: DeviceDatabase
  beforeEach(async () => {
    server = await startTestServer()
    phone = await realPhone(server)
    ;[kim, ruth] = [await server.join('coordinator', { name: 'OasisMarkerName' }), await server.join('coordinator', { name: 'Ruth' })]
    const entryId = await savedChallenge(phone.device)
    await phone.device.flush()
    const base = (await server.context.store.entries.state(server.campaign.id, entryId))?.revision ?? null
    for (const one of [kim, ruth]) await one.push([one.change('comment', { text: 'Who else knows?', lang: 'en' }, { entryId, base })])
    await phone.device.flush()
    db = new DeviceDatabase(phone.ground.databaseName)
  })
  afterEach(async () => {
    db.shut()
    await server.close()
  })

  const held = async () => JSON.stringify(await Promise.all(db.tables.map((table) => table.toArray())))
  // When it asked is another moment each time.
  const scope = async () => ({ ...((await db.meta.get('pull'))?.value as object), askedAt: null })
  const erase = (member: ScriptDevice['joined']['member']['id']) => eraseMember(server.context, server.campaign, member, { by: { memberId: null, deviceId: null, at: '2026-03-02T08:00:00.000Z' as never }, reason: 'asked for it' })

  it('[SY680] that of one who was erased goes with the next connection; what they said and the names of others stay', async () => {
    expect(await held()).toContain('OasisMarkerName')
    await erase(kim?.joined.member.id ?? ('' as never))
    await phone.device.flush()
    expect(await held()).not.toContain('OasisMarkerName')
    expect((await held()).match(/Who else knows\?/g)?.length).toBe(4)
    expect((await db.members.toArray()).map(({ name }) => name).toSorted()).toEqual(['Awa', 'Ruth', '–'])
  })

  it('[SY680] so do all of them once the time of the campaign is over', async () => {
    await eraseWordsOf(server.context, server.campaign)
    await phone.device.flush()
    expect(await held()).not.toMatch(/OasisMarkerName|Ruth/)
  })

  it('[SY680] one who became a volunteer before is no exception; an erased volunteer makes nobody pull anew', async () => {
    const [other, before] = [await server.join('volunteer'), await scope()]
    await erase(other.joined.member.id)
    await phone.device.flush()
    expect(await scope()).toEqual(before)
    const by = { memberId: ruth?.joined.member.id ?? null, deviceId: ruth?.deviceId ?? null, at: '2026-03-02T08:00:00.000Z' as never }
    await server.context.store.members.change(server.campaign.id, kim?.joined.member.id ?? ('' as never), { role: 'volunteer' }, by)
    await erase(kim?.joined.member.id ?? ('' as never))
    await phone.device.flush()
    expect(await held()).not.toContain('OasisMarkerName')
  })
})
