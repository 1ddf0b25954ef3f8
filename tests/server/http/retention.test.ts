import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { retentionDay } from '#domain/retention.ts'
import { eraseExpired } from '#server/jobs/retention.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { aChallenge } from '../../support/contents.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('retention', () => {
  it('[DO70] the day is so many months later, or the last of a shorter month', () => {
    expect([retentionDay('2026-01-31', 1), retentionDay('2026-12-31', 2), retentionDay('2027-12-31', 2), retentionDay('2026-03-01', 12)]).toEqual(['2026-02-28', '2027-02-28', '2028-02-29', '2027-03-01'])
  })

  it('[SE117] words go on the day that was set, not before, by sealed changes of the server, once', async () => {
    const { context, campaign } = server
    const awa = await server.join('volunteer')
    await awa.push([awa.change('record', { content: aChallenge({ description: 'The well is dry since May.' }) }), awa.change('record', { content: aChallenge() })])
    const set = (endsOn: string | null, retentionMonths: number | null) => context.store.campaigns.update(campaign.id, { endsOn, retentionMonths })
    const texts = async () => (await context.store.changes.scan(campaign.id, 0, 500)).map(({ text }) => text).join('')
    await set('2026-02-01', null)
    expect(await eraseExpired(context)).toBe(0)
    await set('2026-02-02', 1)
    expect(await eraseExpired(context)).toBe(0)
    expect(await texts()).toContain('The well is dry')
    await set('2026-02-01', 1)
    expect(await eraseExpired(context)).toBe(2)
    expect(await texts()).not.toContain('The well is dry')
    expect(await eraseExpired(context)).toBe(0)
    expect((await verifyCampaign(context.store, campaign.id)).faults).toEqual([])
    expect((await awa.push([])).items.filter((item) => 'erased' in item)).toHaveLength(2)
  })
})
