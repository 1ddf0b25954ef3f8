import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe.each(databases)('memberships, on %s', (database) => {
  let server: TestServer
  let ruth: ScriptDevice
  beforeAll(async () => {
    server = await startTestServer({ database })
    ruth = await server.join('coordinator')
  })
  afterAll(() => server.close())

  const patch = async (who: ScriptDevice, id: string, body: object) => (await server.send(`/api/v1/members/${id}`, { method: 'PATCH', headers: { ...who.headers, ...(await who.proof('PATCH', `/members/${id}`, body)) }, body: JSON.stringify(body) })).status

  it('[SE119] an ended membership can do nothing more, and everything it wrote stays', async () => {
    const awa = await server.join('volunteer')
    const record = awa.change('record', { content: aChallenge() })
    await awa.push([record])
    expect(await patch(ruth, awa.joined.member.id, { ended: true })).toBe(204)
    await expect(awa.push([awa.change('record', { content: aChallenge() })])).rejects.toThrow('401')
    expect(await server.context.store.entries.row(server.campaign.id, record.entryId)).toMatchObject({ state: 'received' })
    expect(await patch(ruth, awa.joined.member.id, { ended: true })).toBe(404)
    expect(await patch(ruth, awa.joined.member.id, { role: 'coordinator' })).toBe(404)
  })

  it('[SE119] another role holds with the next call; nobody changes their own, the server’s, or one of another campaign', async () => {
    const jean = await server.join('volunteer')
    await expect(jean.get('/entries')).rejects.toThrow('403')
    expect(await patch(ruth, jean.joined.member.id, { role: 'coordinator' })).toBe(204)
    expect(await jean.get('/entries')).toHaveProperty('entries')
    expect(await patch(ruth, ruth.joined.member.id, { role: 'volunteer' })).toBe(403)
    expect(await patch(ruth, ruth.joined.member.id, { ended: true })).toBe(403)
    expect(await patch(ruth, server.campaign.serverMemberId, { ended: true })).toBe(404)
    const stranger = await server.joinOther('coordinator')
    expect(await patch(stranger, jean.joined.member.id, { ended: true })).toBe(404)
    expect(await patch(ruth, jean.joined.member.id, { role: 'admin' })).toBe(400)
  })

  it.each([
    ['end each other', (one: ScriptDevice, id: string) => patch(one, id, { ended: true })],
    ['take each other’s role away', (one: ScriptDevice, id: string) => patch(one, id, { role: 'volunteer' })],
    ['erase each other', async (one: ScriptDevice, id: string) => {
      const body = { reason: 'wished' }
      return (await server.send(`/api/v1/members/${id}/erase`, { method: 'POST', headers: { ...one.headers, ...(await one.proof('POST', `/members/${id}/erase`, body)) }, body: JSON.stringify(body) })).status
    }],
  ])('[SE625] of two coordinators who %s at the same moment one stays', async (_what, act) => {
    for (let n = 0; n < 4; n += 1) {
      const [ana, bo] = [await server.join('coordinator', { name: 'Ana' }), await server.join('coordinator', { name: 'Bo' })]
      const [a, b] = [ana.joined.member.id, bo.joined.member.id]
      await Promise.all([act(ana, b), act(bo, a)])
      const left = (await Promise.all([a, b].map((id) => server.context.store.members.get(server.campaign.id, id)))).filter((one) => one !== null && one.endedAt === null && one.role === 'coordinator')
      expect(left).toHaveLength(1)
    }
  })
})
