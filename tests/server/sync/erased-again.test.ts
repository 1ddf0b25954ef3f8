import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import { eraseEntries } from '#server/jobs/retention.ts'
import { eraseMember } from '#server/jobs/erase-member.ts'
import { openContext } from '#server/open-context.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import { forkedRun } from '../../support/forked-run.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

const marker = 'ErasedMarker: the teacher lives behind the mosque'

describe.each(databasesWhenDeep)('what was erased and comes again, on %s', (database) => {
  let server: TestServer
  let author: ScriptDevice
  beforeEach(async () => {
    server = await startTestServer({ database })
    author = await server.join('volunteer')
  })
  afterEach(() => server.close())

  const changes = () => server.context.store.changes
  const recordOf = (who: ScriptDevice) => who.change('record', { content: aChallenge({ description: marker }) })
  const reviseOf = (who: ScriptDevice, { entryId, id }: ChangeEnvelope) => who.change('revise', { set: { description: `${marker}, anew` }, unset: [], answers: [] }, { entryId, base: id })
  const eraseOf = (who: ScriptDevice, { entryId, id }: ChangeEnvelope) => who.change('erase', { reason: '' }, { entryId, base: id })
  const statuses = async (who: ScriptDevice, ...pushed: ChangeEnvelope[]) => (await who.push(pushed)).results.map(({ status, problem }) => problem ?? status)
  const everything = async () => JSON.stringify([await changes().scan(server.campaign.id, 0, 500), await changes().alarms(server.campaign.id)])

  it('[SE275] what was erased by another process, of the command line too, is known to this one at once: no word of what still comes is kept', async () => {
    const record = recordOf(author)
    await author.push([record])
    const { config, log, clock, chance } = server.context
    const beside = await openContext(config, { log, clock, chance, appDir: null })
    await eraseEntries(beside, server.campaign, { ids: [record.entryId], reason: 'asked' })
    await beside.store.close()
    expect(await statuses(author, reviseOf(author, record), author.change('comment', { text: marker, lang: 'en' }, { entryId: record.entryId, base: record.id }))).toEqual(['erased', 'erased'])
    expect(await changes().quarantined(server.campaign.id)).toEqual([])
    expect(await everything()).not.toContain('ErasedMarker')
    expect(await verifyCampaign(server.context.store, server.campaign.id)).toMatchObject({ faults: [] })
  })

  it('[SE275] nor of what stands behind its erasure in the same run', async () => {
    const record = recordOf(author)
    await author.push([record])
    expect(await statuses(author, eraseOf(author, record), reviseOf(author, record))).toEqual(['stored', 'erased'])
    expect(await everything()).not.toContain('ErasedMarker')
  })

  it('[SE276] an erasure of what the server never had waits for nobody, and what a courier brings of it later leaves its place and no word', async () => {
    const record = recordOf(author)
    await author.advance([record])
    expect(await statuses(author, eraseOf(author, record))).toEqual(['stored'])
    expect(await changes().quarantined(server.campaign.id)).toEqual([])
    const brought = await author.post({ ...(await author.requestFor([])), run: await forkedRun(author, [record]) })
    expect(brought.results.map(({ status }) => status)).toEqual(['erased'])
    expect(brought.device.missing).toEqual([])
    expect(await everything()).not.toContain('ErasedMarker')
    expect(await server.context.store.entries.state(server.campaign.id, record.entryId)).toBeNull()
    expect(await server.context.store.erasures.isErased(server.campaign.id, record.entryId)).toBe(true)
    expect(await verifyCampaign(server.context.store, server.campaign.id)).toMatchObject({ faults: [] })
  })

  it('[SE276] of what was set aside of one’s own the words go too, and of what others have sent none', async () => {
    const record = recordOf(author)
    const request = await author.requestFor([record])
    // A run whose seal does not fit is set aside as a whole.
    await author.post({ ...request, run: { ...request.run, seal: { ...request.run?.seal, sig: 'x'.repeat(86) } } } as never)
    const other = await server.join('volunteer')
    expect(await statuses(other, eraseOf(other, record))).toEqual(['unknown-entry'])
    expect(await everything()).toContain('ErasedMarker')
    await author.advance([record])
    expect(await statuses(author, eraseOf(author, record))).toEqual(['stored'])
    expect(await everything()).not.toContain('ErasedMarker')
  })

  it('[SE276] nobody erases beforehand what somebody else will send', async () => {
    const record = recordOf(author)
    const other = await server.join('volunteer')
    await other.push([eraseOf(other, record)])
    expect(await statuses(author, record)).toEqual(['stored'])
    expect(await server.context.store.entries.state(server.campaign.id, record.entryId)).not.toBeNull()
    expect(await statuses(author, reviseOf(author, record))).toEqual(['stored'])
  })

  it('[SE276] what a coordinator erases that a restored server has not got again yet does not come back with its author', async () => {
    const record = recordOf(author)
    const coordinator = await server.join('coordinator')
    expect(await statuses(coordinator, eraseOf(coordinator, record))).toEqual(['stored'])
    // From here on it is written down for the next restore.
    expect(await server.context.store.erasures.isErased(server.campaign.id, record.entryId)).toBe(true)
    expect(await statuses(author, record, reviseOf(author, record))).toEqual(['erased', 'erased'])
    expect(await everything()).not.toContain('ErasedMarker')
    expect(await server.context.store.erasures.isErased(server.campaign.id, record.entryId)).toBe(true)
  })

  it('[SE277] erased twice, by two phones or by author and coordinator, is erased once, and waits for nobody', async () => {
    const record = recordOf(author)
    await author.push([record])
    const coordinator = await server.join('coordinator')
    expect(await statuses(coordinator, eraseOf(coordinator, record))).toEqual(['stored'])
    expect(await statuses(author, eraseOf(author, record), eraseOf(author, record))).toEqual(['stored', 'stored'])
    expect(await statuses(coordinator, eraseOf(coordinator, record))).toEqual(['stored'])
    const stranger = await server.join('volunteer')
    expect(await statuses(stranger, eraseOf(stranger, record))).toEqual(['unknown-entry'])
  })

  it('[SE278] what somebody who was erased had tried on an entry of another erases nothing of that entry: its author goes on', async () => {
    const record = recordOf(author)
    await author.push([record])
    const other = await server.join('volunteer', { name: 'Marie' })
    expect(await statuses(other, reviseOf(other, record))).toEqual(['forbidden'])
    const by = { memberId: null, deviceId: null, at: '2026-03-02T08:00:00.000Z' as never }
    await eraseMember(server.context, server.campaign, other.joined.member.id, { by, reason: 'asked' })
    expect(await server.context.store.erasures.isErased(server.campaign.id, record.entryId)).toBe(false)
    // A release is one of the moments at which an erasure is written down for ever.
    const set = reviseOf(author, record)
    const request = await author.requestFor([set])
    await author.post({ ...request, run: { ...request.run, seal: { ...request.run?.seal, sig: 'x'.repeat(86) } } } as never)
    const coordinator = await server.join('coordinator')
    expect(await statuses(coordinator, coordinator.change('release', { change: set.id }, { entryId: record.entryId, base: record.id }))).toEqual(['stored'])
    const later = author.change('comment', { text: 'The well is dry again.', lang: 'en' }, { entryId: record.entryId, base: record.id })
    await author.advance([set])
    expect(await statuses(author, later)).toEqual(['stored'])
    expect((await server.context.store.entries.state(server.campaign.id, record.entryId))?.comments.map(({ text }) => text)).toEqual(['The well is dry again.'])
  })
})
