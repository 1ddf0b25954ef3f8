import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import { stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'
import { aChallenge } from '../../support/contents.ts'

describe.each(stores)('what has happened since, on $name', ({ open }) => {
  let opened: OpenedStore
  let campaign: CampaignOnStore

  beforeEach(async () => {
    opened = await open()
    campaign = await CampaignOnStore.create(opened.store)
  })
  afterEach(() => opened.remove())

  it('[ST50] names each entry touched after a place once, with its last seq and as it stands, and nothing of another campaign', async () => {
    const { fresh } = opened.store
    const { id } = campaign.campaign
    const volunteer = await campaign.join('volunteer')
    const records = [1, 2, 3].map(() => volunteer.change('record', { content: aChallenge() }))
    await volunteer.push(...records)
    const [first, second] = records
    if (first === undefined || second === undefined) throw new Error('no records')
    const { seq: head, epoch } = await fresh.since(id, null, 200)
    expect(await fresh.since(id, head, 200)).toEqual({ epoch, seq: head, more: false, touched: [] })
    await volunteer.push(
      volunteer.change('comment', { text: 'One.', lang: 'en' }, { entryId: second.entryId, base: second.id }),
      volunteer.change('withdraw', {}, { entryId: second.entryId, base: second.id }),
      volunteer.change('comment', { text: 'Two.', lang: 'en' }, { entryId: first.entryId, base: first.id }),
    )
    const since = await fresh.since(id, head, 200)
    expect(since).toMatchObject({ seq: head + 3, more: false })
    expect(since.touched.map(({ id: entry, seq, row }) => [entry, seq, row?.state])).toEqual([[second.entryId, head + 2, 'withdrawn'], [first.entryId, head + 3, 'received']])
    const other = await CampaignOnStore.create(opened.store, 'two')
    expect((await fresh.since(other.campaign.id, 0, 200)).touched).toEqual([])
  })

  it('[ST50] reads no more than the limit, and says that there is more', async () => {
    const { fresh } = opened.store
    const volunteer = await campaign.join('volunteer')
    await volunteer.push(...[1, 2, 3, 4, 5].map(() => volunteer.change('record', { content: aChallenge() })))
    const { id } = campaign.campaign
    const { seq: head } = await fresh.since(id, null, 2)
    const pages = []
    for (let after = 0; after < head;) {
      const page = await fresh.since(id, after, 2)
      pages.push([page.touched.length, page.more])
      after = page.seq
    }
    expect(pages.slice(0, 2)).toEqual([[2, true], [2, true]])
    expect(pages.flatMap(([count]) => count).reduce((sum: number, count) => sum + Number(count), 0)).toBe(5)
  })
})
