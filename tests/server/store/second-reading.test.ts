import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isShareable } from '#domain/disclosure.ts'
import type { EntryId, Instant } from '#domain/ids.ts'
import type { EntriesFilter } from '#server/store/entry-filters.ts'
import { aChallenge } from '../../support/contents.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

const everything: EntriesFilter = { chosen: {}, from: null, to: null, q: null, sort: 'oldest', after: null, limit: 200, facets: ['second'] }

describe.each(stores)('second readings on $name', ({ open }) => {
  let opened: OpenedStore
  let campaign: CampaignOnStore
  let author: SealingDevice
  let ruth: SealingDevice
  let jean: SealingDevice

  beforeEach(async () => {
    opened = await open()
    campaign = await CampaignOnStore.create(opened.store)
    author = await campaign.join('volunteer')
    ruth = await campaign.join('coordinator')
    jean = await campaign.join('coordinator', 'Jean')
  })
  afterEach(() => opened.remove())

  const list = (second: readonly string[] = []) => opened.store.entries.list(campaign.campaign.id, { ...everything, chosen: second.length === 0 ? {} : { second } })
  const idsIn = async (...second: readonly string[]) => (await list(second)).entries.map(({ id }) => id)
  const sample = async (percent: number) => {
    const current = await opened.store.campaigns.get(campaign.campaign.id)
    await opened.store.campaigns.change(campaign.campaign.id, { revision: current?.revision ?? 0, at: '2026-03-01T09:00:00Z' as Instant, memberId: ruth.person.member.id, settle: (now) => ({ campaign: { ...now, secondReading: percent }, changes: [{ setting: 'secondReading', before: now.secondReading, after: percent }] }) })
  }
  const approvedBy = async (device: SealingDevice, count: number, about: Parameters<typeof aChallenge>[0] = {}): Promise<readonly EntryId[]> => {
    const records = Array.from({ length: count }, () => author.record(aChallenge(about)))
    await author.push(...records)
    const decisions = []
    for (const { entryId } of records) decisions.push(await device.decide(entryId, { verdict: 'approve' }))
    await device.push(...decisions)
    return records.map(({ entryId }) => entryId)
  }

  it('[ST125] what one has decided waits for everybody else, if the sample takes it; the same verdict or another ends that, and both are counted', async () => {
    await sample(100)
    const [one = '' as EntryId, two = '' as EntryId, three = '' as EntryId] = await undecided()
    // Each of the two reads before the other has decided: neither knows.
    const [ruths, jeans] = [[await ruth.decide(one, { verdict: 'approve' }), await ruth.decide(two, { verdict: 'approve' }), await ruth.decide(three, { verdict: 'approve' })], [await jean.decide(one, { verdict: 'approve' }), await jean.decide(two, { verdict: 'reject', reason: 'Not here.' })]]
    await ruth.push(...ruths)
    expect([await idsIn('wanted'), await idsIn(`for:${jean.person.member.id}`), await idsIn(`for:${ruth.person.member.id}`)]).toEqual([[one, two, three], [one, two, three], []])
    await jean.push(...jeans)
    expect((await list()).facets).toEqual({ second: { agreed: 1, differed: 1, wanted: 1 } })
    expect([await idsIn('agreed'), await idsIn('differed'), await idsIn(`for:${jean.person.member.id}`)]).toEqual([[one], [two], [three]])
    const row = async (id: EntryId) => opened.store.entries.row(campaign.campaign.id, id)
    expect([(await row(one))?.second, (await row(one))?.state, (await row(two))?.contested, (await row(three))?.second]).toEqual([{ state: 'agreed', by: ruth.person.member.id }, 'approved', true, { state: 'wanted', by: ruth.person.member.id }])
  })

  it('[ST126] the sample is computed of entry and revision: again the same, a larger one holds a smaller one, and none by default', async () => {
    const ids = await approvedBy(ruth, 120)
    expect((await list()).facets).toEqual({ second: {} })
    await sample(20)
    const few = await idsIn('wanted')
    await sample(50)
    const half = await idsIn('wanted')
    expect([few.length > 5 && few.length < 50, half.length > 35 && half.length < 85]).toEqual([true, true])
    expect(few.filter((id) => !half.includes(id))).toEqual([])
    await sample(20)
    expect(await idsIn('wanted')).toEqual(few)
    expect((await opened.store.entries.rebuild(campaign.campaign.id)).differing).toEqual([])
    await sample(100)
    expect(await idsIn('wanted')).toEqual(ids)
    await sample(0)
    expect(await idsIn('wanted')).toEqual([])
  })

  it('[ST126] an approved quote of high sensitivity waits without a sample, and nothing more of it is shown to anybody', async () => {
    const [quoted = '' as EntryId] = await approvedBy(ruth, 1, { topic: 'PRO', quote: 'We boil it twice.', consentQuote: true })
    const [plain = '' as EntryId] = await approvedBy(ruth, 1, { topic: 'PRO' })
    expect(await idsIn('wanted')).toEqual([quoted])
    expect((await list()).entries.map(({ id, sensitivity }) => [id, isShareable(sensitivity as 'high')])).toEqual([[quoted, false], [plain, false]])
  })

  async function undecided(): Promise<readonly EntryId[]> {
    const records = [author.record(), author.record(), author.record()]
    await author.push(...records)
    return records.map(({ entryId }) => entryId)
  }
})
