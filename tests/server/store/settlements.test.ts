import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import { stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

describe.each(stores)('words on what was set aside, on $name', ({ open }) => {
  let opened: OpenedStore
  let campaign: CampaignOnStore

  beforeEach(async () => {
    opened = await open()
    campaign = await CampaignOnStore.create(opened.store)
  })
  afterEach(() => opened.remove())

  it('[ST35] the same word again adds nothing, the last one counts, and another campaign hears nothing of it', async () => {
    const { settlements } = opened.store
    const { id } = campaign.campaign
    const other = await CampaignOnStore.create(opened.store, 'two')
    const word = { subject: 'change:x', act: 'settle', reason: 'no', memberId: campaign.campaign.serverMemberId } as const
    const at = (second: number) => `2026-03-01T09:00:0${second}.000Z` as never
    await settlements.add(id, { ...word, at: at(0) })
    await settlements.add(id, { ...word, at: at(1) })
    expect((await settlements.latest(id)).get('change:x')).toEqual({ ...word, at: at(0) })
    await settlements.add(id, { ...word, act: 'reopen', at: at(2) })
    expect((await settlements.latest(id)).get('change:x')?.act).toBe('reopen')
    expect((await settlements.latest(other.campaign.id)).size).toBe(0)
  })
})
