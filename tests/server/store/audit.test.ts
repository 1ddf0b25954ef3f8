import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Instant } from '#domain/ids.ts'
import type { LogLine, LogQuery } from '#server/store/audit-store.ts'
import type { BackupRow } from '#server/store/backup-store.ts'
import type { Store } from '#server/store/store.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { aChallenge } from '../../support/contents.ts'
import { stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

const at = (minute: number) => `2026-03-01T08:${String(minute).padStart(2, '0')}:00.000Z` as Instant
const dumped = async (store: Store) => {
  const rows: BackupRow[] = []
  await store.backup.dump(async (all) => {
    for await (const row of all) rows.push(row)
  })
  return rows
}
const nameOf = (line: LogLine) => (line.kind === 'change' ? String(line.change.type) : line.act.act)

describe.each(stores)('the log of every act, on $name', ({ open }) => {
  let opened: OpenedStore
  let campaign: CampaignOnStore
  let author: SealingDevice
  let coordinator: SealingDevice

  beforeEach(async () => {
    opened = await open()
    campaign = await CampaignOnStore.create(opened.store)
    author = await campaign.join('volunteer')
    coordinator = await campaign.join('coordinator')
  })
  afterEach(() => opened.remove())
  const page = (query: Partial<LogQuery> = {}) => opened.store.audit.page(campaign.campaign.id, { limit: 50, ...query })
  const namesOf = async (query: Partial<LogQuery> = {}) => (await page(query)).lines.map(nameOf)
  const by = (minute: number) => ({ memberId: coordinator.person.member.id, deviceId: coordinator.person.device.id, at: at(minute) })

  async function aHistory() {
    const record = author.record()
    await author.push(record)
    await author.push(author.change('revise', { set: { topic: 'HEA' }, unset: [], answers: [] }, { entryId: record.entryId, base: record.id }))
    await coordinator.push(await coordinator.decide(record.entryId, { verdict: 'approve' }))
    await opened.store.members.revokeDevice(campaign.campaign.id, author.person.device.id, at(1), by(1))
    await opened.store.members.change(campaign.campaign.id, author.person.member.id, { endedAt: at(2) }, by(2))
    return record
  }

  it('[ST90] changes and acts stand in one order, the newest first, with who did it and on which revision', async () => {
    const record = await aHistory()
    const { lines, next, people, devices } = await page()
    expect(lines.map(nameOf)).toEqual(['member.ended', 'device.lost', 'decide', 'revise', 'record', 'member.joined', 'member.joined'])
    expect(next).toBeNull()
    expect(lines.flatMap((line) => (line.kind === 'change' ? [[line.revision, line.ref]] : []))).toEqual([[2, 'C-000001'], [2, 'C-000001'], [1, 'C-000001']])
    expect(lines[0]).toMatchObject({ kind: 'act', act: { by: by(2), subject: author.person.member.id } })
    expect([people.get(coordinator.person.member.id)?.name, devices.get(author.person.device.id)]).toEqual(['Ruth', 'Awa'])
    expect(await opened.store.audit.entryOf(campaign.campaign.id, 'C-000001' as never)).toBe(record.entryId)
    expect(await opened.store.audit.entryOf(campaign.campaign.id, 'C-000009' as never)).toBeNull()
  })

  it('[ST91] pages of any length together hold each line once, under any filter', async () => {
    await aHistory()
    const record = author.record(aChallenge())
    await coordinator.push(coordinator.record())
    const assigned = author.record()
    await author.push(assigned)
    for (let turn = 0; turn < 4; turn += 1) {
      const own = coordinator.person.member.id
      await opened.store.assignments.assign(campaign.campaign.id, { entries: [{ id: assigned.entryId, was: turn % 2 === 0 ? null : own }], to: turn % 2 === 0 ? own : null, by: by(2) }, ['coordinator'])
    }
    await opened.store.audit.add(campaign.campaign.id, { act: 'file.exported', by: by(3), detail: { format: 'csv' } })
    const { member: { id: ruth } } = coordinator.person
    const filters: readonly Partial<LogQuery>[] = [{}, { member: ruth }, { type: 'record' }, { type: 'member.joined' }, { member: ruth, type: 'record' }, { entry: record.entryId }, { entry: assigned.entryId }, { entry: assigned.entryId, type: 'entry.givenBack' }, { from: '2026-03-01T08:00:00.000Z' as Instant, to: at(2) }]
    for (const filter of filters) {
      const whole = await page(filter)
      for (const limit of [1, 2, 3]) {
        const lines: LogLine[] = []
        for (let before: LogQuery['before'], isMore = true; isMore;) {
          const part = await page({ ...filter, limit, before })
          expect(part.lines.length).toBeLessThanOrEqual(limit)
          lines.push(...part.lines)
          before = part.next ?? undefined
          isMore = part.next !== null
        }
        expect(lines).toEqual(whole.lines)
      }
    }
  })

  it('[ST91] a filter leaves what fits: person, type, entry and days', async () => {
    const record = await aHistory()
    await coordinator.push(coordinator.record())
    const ruth = coordinator.person.member.id
    expect(await namesOf({ member: ruth })).toEqual(['record', 'member.ended', 'device.lost', 'decide', 'member.joined'])
    expect(await namesOf({ member: ruth, type: 'record' })).toEqual(['record'])
    expect(await namesOf({ entry: record.entryId })).toEqual(['decide', 'revise', 'record'])
    expect(await namesOf({ entry: record.entryId, type: 'revise' })).toEqual(['revise'])
    expect(await namesOf({ type: 'device.lost' })).toEqual(['device.lost'])
    expect(await namesOf({ from: at(1) })).toEqual(['member.ended', 'device.lost'])
    expect(await namesOf({ from: at(1), to: at(2) })).toEqual(['device.lost'])
    expect(await namesOf({ from: '2026-03-05T00:00:00.000Z' as Instant })).toEqual([])
  })

  it('[ST91] the log of an entry holds what was done with it: given to somebody, parted from another, left aside; after a rebuild and a restore as well', async () => {
    const [record, other] = [author.record(), author.record()]
    await author.push(record, other)
    const { id } = campaign.campaign
    const { assignments, near, settlements, entries } = opened.store
    await assignments.assign(id, { entries: [record, other].map((change) => ({ id: change.entryId, was: null })), to: coordinator.person.member.id, by: by(1) }, ['coordinator'])
    await near.setApart(id, { entries: [record.entryId, other.entryId], as: 'same', apart: true, by: by(2) })
    await settlements.add(id, { subject: `change:${record.id}`, act: 'settle', reason: 'twice', memberId: coordinator.person.member.id, at: at(3) })
    await settlements.add(id, { subject: 'alarm:x', act: 'settle', reason: 'seen', memberId: coordinator.person.member.id, at: at(4) })
    const [ofRecord, ofOther] = [['aside.settle', 'pair.parted', 'entry.assigned', 'record'], ['pair.parted', 'entry.assigned', 'record']]
    expect(await namesOf({ entry: record.entryId })).toEqual(ofRecord)
    expect(await namesOf({ entry: other.entryId })).toEqual(ofOther)
    expect(await namesOf({ entry: other.entryId, type: 'pair.parted' })).toEqual(['pair.parted'])
    expect(await namesOf({ entry: other.entryId, member: author.person.member.id })).toEqual(['record'])
    expect(await namesOf({ entry: record.entryId, from: at(2), to: at(3) })).toEqual(['pair.parted'])
    const before = await page({ entry: record.entryId })
    await entries.rebuild(id)
    expect(await page({ entry: record.entryId })).toEqual(before)
    const elsewhere = await open()
    await elsewhere.store.backup.load(Readable.from(await dumped(opened.store)), null)
    expect((await elsewhere.store.audit.page(id, { limit: 50, entry: record.entryId })).lines.map(nameOf)).toEqual(ofRecord)
    await elsewhere.remove()
  })

  it('[ST92] an act is kept with what it does: one that failed left nothing, and another campaign hears nothing of it', async () => {
    const { members } = opened.store
    const { id } = campaign.campaign
    const other = await CampaignOnStore.create(opened.store, 'two')
    await members.createInvite({ id: 'i1', campaignId: id, secretHash: 'f'.repeat(64) as never, role: 'volunteer', uses: 2, note: 'Radio', createdAt: at(0), expiresAt: at(59), createdBy: coordinator.person.member.id })
    expect(await members.deleteInvite(id, 'i1', by(1))).toBe(true)
    expect(await members.deleteInvite(id, 'i1', by(2))).toBe(false)
    await members.revokeDevice(id, author.person.device.id, at(3), by(3))
    await members.revokeDevice(id, author.person.device.id, at(4), by(4))
    expect(await members.change(id, 'nobody' as never, { role: 'volunteer' }, by(5))).toBe(false)
    await opened.store.settlements.add(id, { subject: 'change:x', act: 'settle', reason: 'twice', memberId: coordinator.person.member.id, at: at(6) })
    await opened.store.settlements.add(id, { subject: 'change:x', act: 'settle', reason: 'twice', memberId: coordinator.person.member.id, at: at(7) })
    expect((await namesOf()).slice(0, 4)).toEqual(['aside.settle', 'device.lost', 'invite.removed', 'invite.made'])
    expect((await opened.store.audit.page(other.campaign.id, { limit: 50 })).lines).toEqual([])
  })

  it('[ST93] of an erased entry the log keeps who did what when, and no word', async () => {
    const record = author.record(aChallenge({ description: 'The well is poisoned' }))
    await author.push(record)
    await author.push(author.change('erase', { reason: 'asked to' }, { entryId: record.entryId, base: record.id }))
    const { lines } = await page({ entry: record.entryId })
    expect(lines.map(nameOf)).toEqual(['erase', 'record'])
    expect(JSON.stringify(lines)).not.toContain('poisoned')
    expect(lines[1]).toMatchObject({ ref: 'C-000001', revision: 1, change: { text: '' } })
  })

  it('[ST92] a log that is opened again holds the same', async () => {
    await aHistory()
    const before = await page()
    const again = await opened.reopen()
    expect(await again.audit.page(campaign.campaign.id, { limit: 50 })).toEqual(before)
  })
})
