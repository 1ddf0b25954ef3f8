import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import type { EntriesFilter } from '#server/store/entry-filters.ts'
import { openDatabase } from '#server/store/sqlite/open-sqlite-store.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { aChallenge } from '../../support/contents.ts'
import { openSqliteInFolder } from '../../support/contracts/stores.ts'

const everything: EntriesFilter = { chosen: {}, from: null, to: null, q: null, sort: 'oldest', after: null, limit: 50, facets: [] }

describe('words that wait to be taken into the index, in SQLite', () => {
  let opened: Awaited<ReturnType<typeof openSqliteInFolder>>
  let campaign: CampaignOnStore
  let author: SealingDevice

  beforeEach(async () => {
    opened = await openSqliteInFolder()
    campaign = await CampaignOnStore.create(opened.store)
    author = await campaign.join('volunteer')
  })
  afterEach(() => opened.remove())

  const found = async (q: string, on = campaign) => (await opened.store.entries.list(on.campaign.id, { ...everything, q })).entries.map(({ ref }) => ref)
  const push = async (...descriptions: readonly string[]): Promise<readonly EntryId[]> => {
    const records = descriptions.map((description) => author.record(aChallenge({ description })))
    await author.push(...records)
    return records.map(({ entryId }) => entryId)
  }
  const numbered = (count: number, says: string) => Array.from({ length: count }, (_, n) => `Number ${n} ${says}.`)
  /** How many of the entries stand in the index, and up to which place of the log. */
  const indexed = () => {
    const database = openDatabase(opened.path)
    const { documents } = database.prepare('select count(*) as documents from entry_words_docsize').get() as { readonly documents: number }
    const spaces = database.prepare('select indexed_to from word_spaces order by space').all()
    // What SQLite knows about it by itself: the index and what it was made of agree.
    database.exec(`insert into entry_words (entry_words) values ('integrity-check')`)
    database.close()
    return [documents, ...spaces.map((space) => space['indexed_to'])]
  }

  it('[ST205] new entries are found at once, and are taken in together when a thousand places have passed', async () => {
    await push('The bridge is gone.', 'The well is dry, and so is the other one.')
    expect([await found('bridge'), await found('we'), await found('well dry'), await found('w bridge'), await found('idge'), indexed()]).toEqual([['C-000001'], ['C-000002'], ['C-000002'], [], [], [0, 0]])
    await push(...numbered(997, 'says nothing'))
    expect([await found('bridge'), (await found('nothing')).length, indexed()]).toEqual([['C-000001'], 50, [0, 0]])
    await push('The thousandth crosses a bridge.')
    expect([await found('bridge'), indexed()]).toEqual([['C-000001', 'C-001000'], [1000, 1000]])
    await push('A bridge again.')
    expect([await found('bridge'), indexed()]).toEqual([['C-000001', 'C-001000', 'C-001001'], [1000, 1000]])
  })

  it('[ST205] many at once are taken in with one another', async () => {
    await push(...numbered(2149, 'has none'), 'The last has a bridge.')
    expect([await found('bridge'), indexed()]).toEqual([['C-002150'], [2000, 2000]])
  })

  it('[ST205] what is written anew, taken back or erased while it waits is found as it stands, and so it is after it was taken in', async () => {
    const [written, withdrawn, erased] = await push('The old bridge.', 'A bridge that is mine.', 'A bridge of nobody.')
    await author.push(author.change('revise', { set: { description: 'The new tunnel.' }, unset: [], answers: [] }, { entryId: written as EntryId }))
    await author.push(author.change('withdraw', { reason: 'no' }, { entryId: withdrawn as EntryId }), author.change('erase', { reason: 'mine' }, { entryId: erased as EntryId }))
    const told = [await found('bridge'), await found('tunnel')]
    await push(...numbered(1006, 'stands there'))
    expect([await found('bridge'), await found('tunnel')]).toEqual(told)
    expect(indexed()).toEqual([996, 1000])
  })

  it('[ST205] each campaign waits for itself', async () => {
    const other = await CampaignOnStore.create(opened.store, 'another')
    const stranger = await other.join('volunteer')
    await stranger.push(stranger.record(aChallenge({ description: 'Their bridge.' })))
    await push(...numbered(1000, 'has our bridge'))
    expect([await found('their', other), await found('their'), (await found('bridge', other)).length, indexed()]).toEqual([['C-000001'], [], 1, [1000, 0, 1000]])
  })

  it('[ST205] what is made anew stands where it stood', async () => {
    await push(...numbered(1002, 'has our bridge'))
    const before = indexed()
    expect((await opened.store.entries.rebuild(campaign.campaign.id)).differing).toEqual([])
    await opened.damage(`update entries set search = 'misleading', seq = seq + 2000`)
    expect((await opened.store.entries.rebuild(campaign.campaign.id)).differing).toHaveLength(1002)
    expect([await found('misleading'), (await found('bridge')).length, indexed()]).toEqual([[], 50, before])
  })
})
