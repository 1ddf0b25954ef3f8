import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import { retentionDay } from '#domain/retention.ts'
import { eraseExpired, eraseWordsOf, startRetention } from '#server/jobs/retention.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { createInvite } from '#server/auth/invites.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { residueOf } from '../../support/residue.ts'
import { startTestServer } from '../../support/test-server.ts'

const hourMs = 3_600_000

describe('retention', () => {
  it('[DO70] the day is so many months later, or the last of a shorter month', () => {
    expect([retentionDay('2026-01-31', 1), retentionDay('2026-12-31', 2), retentionDay('2027-12-31', 2), retentionDay('2026-03-01', 12)]).toEqual(['2026-02-28', '2027-02-28', '2028-02-29', '2027-03-01'])
  })

  describe.each(databases)('on %s', (database) => {
    it('[SE117] words go on the day that was set, not before, by sealed changes of the server, once', async () => {
      const its = await startTestServer({ database })
      const { context, campaign } = its
      const at = (hours: number) => eraseExpired({ ...context, clock: { now: () => Date.parse('2026-03-01T08:00:00Z') + hours * hourMs } })
      const awa = await its.join('volunteer')
      await awa.push([awa.change('record', { content: aChallenge({ description: 'The well is dry since May.' }) }), awa.change('record', { content: aChallenge() })])
      const set = (endsOn: string | null, retentionMonths: number | null) => context.store.campaigns.update(campaign.id, { endsOn, retentionMonths })
      const texts = async () => (await context.store.changes.scan(campaign.id, 0, 500)).map(({ text }) => text).join('')
      await set('2026-02-01', null)
      expect(await at(0)).toBe(0)
      // It is the morning of the first of March; the words go on the second. Every six hours somebody looks.
      await set('2026-02-02', 1)
      for (const hours of [0, 6, 12, 15.9]) expect(await at(hours)).toBe(0)
      expect(await texts()).toContain('The well is dry')
      expect(await at(24)).toBe(2)
      expect(await texts()).not.toContain('The well is dry')
      expect(await at(30)).toBe(0)
      expect((await verifyCampaign(context.store, campaign.id)).faults).toEqual([])
      expect((await awa.push([])).items.filter((item) => 'erased' in item)).toHaveLength(2)
      await its.close()
    })

    it('[SE117] a clock that is a year ahead for some hours, however often it is looked at, erases nothing', async () => {
      const its = await startTestServer({ database })
      const { context, campaign } = its
      const awa = await its.join('volunteer')
      await awa.push([awa.change('record', { content: aChallenge() })])
      await context.store.campaigns.update(campaign.id, { endsOn: '2026-12-01', retentionMonths: 1 })
      const at = (instant: string) => eraseExpired({ ...context, clock: { now: () => Date.parse(instant) } })
      const ahead = [await at('2027-03-01T08:00:00Z'), await at('2027-03-01T14:00:00Z'), await at('2027-03-02T06:00:00Z')]
      // Put right; and again ahead, by less and by more: each time it is seen for the first time.
      const back = [await at('2026-03-01T08:00:00Z'), await at('2027-03-02T09:00:00Z'), await at('2027-01-02T09:00:00Z'), await at('2027-01-03T07:00:00Z')]
      expect([...ahead, ...back]).toEqual([0, 0, 0, 0, 0, 0, 0])
      // A process that starts with the time of last week, until the network tells it another, has them begin anew no more.
      expect(await eraseExpired({ ...context, clock: { now: () => Date.parse('2026-12-27T07:00:00Z') } }, true)).toBe(0)
      expect(await at('2027-01-03T08:30:00Z')).toBe(1)
      await its.close()
    })

    it('[SE794] a machine that is a year ahead at each start, until the network tells it the time, erases nothing, however often it is started', async () => {
      const its = await startTestServer({ database })
      const { context, campaign } = its
      const awa = await its.join('volunteer')
      await awa.push([awa.change('record', { content: aChallenge() })])
      await context.store.campaigns.update(campaign.id, { endsOn: '2026-12-01', retentionMonths: 1 })
      const at = (instant: string, isFirst: boolean) => eraseExpired({ ...context, clock: { now: () => Date.parse(instant) } }, isFirst)
      // A laptop that is on for some minutes each morning, and once for longer.
      const mornings = [await at('2027-03-01T08:00:00Z', true), await at('2027-03-02T08:00:00Z', true), await at('2027-03-03T08:00:00Z', true), await at('2026-03-03T08:10:00Z', false)]
      expect(mornings).toEqual([0, 0, 0, 0])
      // Its time has come in earnest, and it is on for an hour each morning still.
      const due = [await at('2027-01-10T08:00:00Z', true), await at('2027-01-10T08:10:00Z', false), await at('2027-01-17T08:00:00Z', true), await at('2027-01-17T08:10:00Z', false)]
      expect(due).toEqual([0, 0, 0, 1])
      await its.close()
    })
  })
})

describe.each(databases)('what stands beside the entries, on %s', (database) => {
  it('[SE256] on that day what was set aside, bytes that nobody could read, alarms, names, labels and notes go too, and later what came since', async () => {
    const its = await startTestServer({ database })
    const { app, context, campaign } = its
    const words = { aside: 'OasisMarkerAside', opaque: 'OasisMarkerOpaque', alarm: 'OasisMarkerAlarm', name: 'OasisMarkerName', ruth: 'OasisMarkerRuth', organisation: 'OasisMarkerOrganisation', note: 'OasisMarkerNote', reason: 'OasisMarkerReason', photo: 'OasisMarkerPhotoBytes' } as const
    const left = () => residueOf(context, Object.values(words))
    await createInvite(context, { campaignId: campaign.id, role: 'volunteer', uses: 1, days: 1, note: words.note, createdBy: null })
    const [ruth, nia] = [await its.join('coordinator', { name: words.ruth }), await its.join('volunteer', { name: words.name, organisation: words.organisation })]
    const record = nia.change('record', { content: aChallenge() })
    await nia.push([record])
    const aside = await app.inject({ method: 'PUT', url: `/api/v1/members/${nia.joined.member.id}/aside`, headers: ruth.headers, payload: { since: '2026-01-01T00:00:00.000Z', reason: words.reason } })
    await nia.push([nia.change('record', { content: aChallenge({ description: words.aside }) })])
    await app.inject({ method: 'POST', url: '/api/v1/sync/quarantine', headers: nia.headers, payload: { epoch: nia.joined.epoch, campaignId: campaign.id, deviceId: nia.deviceId, id: null, bytes: Buffer.from(`{"torn":"${words.opaque}`).toString('base64') } })
    const forked = { ...record, id: record.id.replace(/.$/, 'f'), body: { content: aChallenge({ description: words.alarm }) } } as ChangeEnvelope
    await nia.post(await nia.requestFor([forked]))
    // Of an entry whose words have never come: nothing names it.
    const bytes = Buffer.from(words.photo)
    const sha256 = createHash('sha256').update(bytes).digest('hex') as never
    await context.shelf.keepBytes('received', { campaignId: campaign.id, sha256 }, bytes)
    await context.store.files.put({ campaignId: campaign.id, sha256, entryId: '70000000-0000-7000-8000-000000000009' as never, type: 'image/jpeg', bytes: bytes.length, uploadedBy: nia.joined.member.id, storedAt: '2026-03-01T08:00:00.000Z' as never, shownSha256: null, original: 'kept' })
    const before = (await left()).join(' ')
    expect([aside.statusCode, Object.values(words).filter((word) => !before.includes(word))]).toEqual([200, []])
    await context.store.campaigns.update(campaign.id, { endsOn: '2026-01-01', retentionMonths: 1 })
    await eraseWordsOf(context, campaign)
    expect(await left()).toEqual([])
    expect((await verifyCampaign(context.store, campaign.id)).faults).toEqual([])
    // The proofs stay, phones still hear of it, and the server itself keeps its name.
    expect((await nia.push([])).device.highDeviceSeq).toBeGreaterThan(0)
    expect((await context.store.members.list(campaign.id)).map(({ id, name }) => [id === campaign.serverMemberId, name === '–']).filter(([isServer, isNobody]) => isServer === isNobody)).toEqual([])
    await nia.push([nia.change('record', { content: aChallenge({ description: words.aside }) })])
    await its.join('volunteer', { name: words.name })
    expect(await left()).not.toEqual([])
    await eraseWordsOf(context, campaign)
    expect(await left()).toEqual([])
    await its.close()
  })
})

it('[SE794] it is looked at the start, ten minutes later, and every six hours from then on', async () => {
  const its = await startTestServer()
  const waits: number[] = []
  const looked = new Promise<void>((resolve) => {
    startRetention(its.context, (ms, run) => {
      waits.push(ms)
      if (waits.length < 3) setImmediate(() => run())
      else resolve()
      return () => undefined
    })
  })
  await looked
  expect(waits).toEqual([10 * 60_000, 6 * hourMs, 6 * hourMs])
  await its.close()
})
