import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reportSource } from '#domain/disclosure.ts'
import type { EntryId } from '#domain/ids.ts'
import type { ListFilter } from '#server/store/entry-filters.ts'
import { aChallenge } from '../../support/contents.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

describe.each(stores)('a list of what the report counts, from the store on $name', ({ open }) => {
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

  async function listed(about: Partial<ListFilter> = {}): Promise<readonly EntryId[]> {
    const { entries } = await opened.store.entries.list(campaign.campaign.id, { chosen: {}, from: null, to: null, q: null, isCounted: true, ...about, sort: 'oldest', after: null, limit: 50, facets: [] })
    return entries.map(({ id }) => id)
  }
  async function topics(chosen: ListFilter['chosen'] = {}): Promise<Readonly<Record<string, number>> | undefined> {
    const { facets } = await opened.store.entries.list(campaign.campaign.id, { chosen, from: null, to: null, q: null, isCounted: true, sort: 'oldest', after: null, limit: 0, facets: ['topic'] })
    return facets.topic
  }
  async function counted(): Promise<readonly EntryId[]> {
    const ids = await opened.store.entries.ids(campaign.campaign.id, { kind: 'challenge' })
    const states = await opened.store.near.states(campaign.campaign.id, ids)
    return ids.filter((id) => {
      const state = states.get(id)
      return state !== undefined && reportSource(state, campaign.campaign.defaultSensitivity) !== null
    })
  }

  it('[CO263] [ST244] an approved entry stays in it with its day, topic and words while a later edit waits, and nothing stands in it that the report does not count', async () => {
    const about = { topic: 'WSH', observedOn: '2026-02-10', description: 'The well is dry since Monday.' } as const
    const [edited, plain, withdrawn, waiting] = [about, { ...about, topic: 'EDU' }, about, about].map((content) => author.record(aChallenge(content as Parameters<typeof aChallenge>[0])))
    if (edited === undefined || plain === undefined || withdrawn === undefined || waiting === undefined) throw new Error('four records')
    await author.push(edited, plain, withdrawn, waiting)
    for (const { entryId } of [edited, plain, withdrawn]) await coordinator.push(await coordinator.decide(entryId, { verdict: 'approve' }))
    const edit = author.change('revise', { set: { topic: 'HEA', observedOn: '2026-03-20', description: 'All is fine again.' }, unset: [], answers: [] }, { entryId: edited.entryId, base: edited.id })
    await author.push(edit, author.change('withdraw', {}, { entryId: withdrawn.entryId, base: withdrawn.id }))
    expect(await listed()).toEqual([edited.entryId, plain.entryId])
    expect(await counted()).toEqual(await listed())
    expect(await listed({ chosen: { topic: ['WSH'] }, from: '2026-02-01', to: '2026-02-28', q: 'Monday' })).toEqual([edited.entryId])
    expect(await listed({ chosen: { topic: ['HEA'] } })).toEqual([])
    expect(await listed({ from: '2026-03-01' })).toEqual([])
    expect((await opened.store.entries.counts(campaign.campaign.id, [{ chosen: {}, from: null, to: null, q: null, isCounted: true }]))).toEqual([2])
    expect(await topics()).toEqual({ WSH: 1, EDU: 1 })
    expect(await topics({ topic: ['WSH'] })).toEqual({ WSH: 1, EDU: 1 })
    expect((await opened.store.entries.counts(campaign.campaign.id, ['WSH', 'HEA'].map((topic) => ({ chosen: { topic: [topic] }, from: null, to: null, q: null, isCounted: true }))))).toEqual([1, 0])
    // The queue goes on by what stands there now.
    expect(await listed({ isCounted: false, chosen: { topic: ['HEA'] }, from: '2026-03-01' })).toEqual([edited.entryId])
    expect((await opened.store.entries.rebuild(campaign.campaign.id)).differing).toEqual([])
    await coordinator.push(await coordinator.decide(edited.entryId, { verdict: 'approve' }))
    expect(await listed({ chosen: { topic: ['HEA'] }, from: '2026-03-01' })).toEqual([edited.entryId])
    expect(await listed({ chosen: { topic: ['WSH'] } })).toEqual([])
  })
})
