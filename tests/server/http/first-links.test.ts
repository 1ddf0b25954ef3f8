import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createInvite } from '#server/auth/invites.ts'
import { ensureFirstCampaign } from '#server/first-campaign.ts'
import { ScriptDevice } from '../../../demo/script-device.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe.each(databasesWhenDeep)('links that the server prints for whoever comes first, on %s', (database) => {
  let server: TestServer
  beforeEach(async () => void (server = await startTestServer({ database })))
  afterEach(() => server.close())

  const come = (url: string | null, name: string) => ScriptDevice.join({ send: server.send, clock: server.context.clock, chance: server.context.chance }, url ?? '', { name, language: 'en' }).then(() => 'in', () => 'out')
  const made = async (role: 'volunteer' | 'coordinator', note: string | null) => (await createInvite(server.context, { campaignId: server.campaign.id, role, uses: 2, days: 7, note, createdBy: null })).url
  const removed = async () => (await server.context.store.audit.page(server.campaign.id, { limit: 100 })).lines.filter((line) => line.kind === 'act' && line.act.act === 'invite.removed').length

  it('[SE325] end with the first coordinator, whichever of them was used; those that an operator made by hand stay', async () => {
    const [first, second, third] = [await ensureFirstCampaign(server.context), await ensureFirstCampaign(server.context), await ensureFirstCampaign(server.context)]
    const byHand = [await made('coordinator', null), await made('volunteer', null)]
    expect(await come(byHand[1] ?? '', 'Awa')).toBe('in')
    expect(await come(second, 'Ruth')).toBe('in')
    expect([await come(first, 'a reader of the journal'), await come(third, 'another')]).toEqual(['out', 'out'])
    expect(await removed()).toBe(2)
    expect([await come(byHand[0] ?? '', 'Kim'), await come(byHand[1] ?? '', 'Ada')]).toEqual(['in', 'in'])
    expect(await ensureFirstCampaign(server.context)).toBeNull()
  })

  it('[SE325] one that was left by a version before, or came back with a backup, ends at the next start', async () => {
    await server.join('coordinator')
    const left = await made('coordinator', 'first coordinator')
    const other = await made('coordinator', 'for Kim')
    expect(await ensureFirstCampaign(server.context)).toBeNull()
    expect([await come(left, 'a reader of the journal'), await come(other, 'Kim')]).toEqual(['out', 'in'])
  })
})
