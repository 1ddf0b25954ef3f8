import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Kysely, sql } from 'kysely'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { CampaignId, EntryId } from '#domain/ids.ts'
import { windowForAnswers, windowForSame } from '#domain/matching/windows.ts'
import { apartQuery, foldedQuery, linkedQuery, rowsQuery } from '#server/store/sql/near.ts'
import type { Tables } from '#server/store/sql/schema.ts'
import { createNodeSqliteDialect } from '#server/store/sqlite/dialect.ts'
import { openDatabase } from '#server/store/sqlite/open-sqlite-store.ts'
import { aChallenge, anAction } from '../../support/contents.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { openSqliteInFolder, stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

const [ouest, nord] = [{ adm1Code: 'HT01', adm1Name: 'Ouest' }, { adm1Code: 'HT03', adm1Name: 'Nord' }] as const

describe.each(stores)('what is near in the store on $name', ({ open }) => {
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

  const of = { adm1: 'HT01', observedOn: '2026-02-26' }
  const within = async (own: ChangeEnvelope, limit = 10) => opened.store.near.within(campaign.campaign.id, { ...windowForSame(aChallenge(ouest)), of: { ...of, id: own.entryId }, anyTopic: false }, limit)

  it('[ST110] gives a window nearest first: its topic, its region, its days; withdrawn and rejected entries and the entry itself are not in it', async () => {
    const record = (about: Partial<Parameters<typeof aChallenge>[0]> = {}) => author.record(aChallenge({ ...ouest, ...about }))
    const [nearTopic, elsewhere, weekLater, sameDay, own] = [record({ topic: 'INF' }), record(nord), record({ observedOn: '2026-03-05' }), record(), record()]
    const [withdrawn, rejected] = [record(), record()]
    const outside = [record({ topic: 'HEA' }), record({ country: 'MLI' }), record({ observedOn: '2025-06-01' })]
    await author.push(nearTopic, elsewhere, weekLater, sameDay, own, withdrawn, rejected, ...outside, author.record(anAction(ouest)))
    await author.push(author.change('withdraw', {}, { entryId: withdrawn.entryId, base: withdrawn.id }))
    await coordinator.push(await coordinator.decide(rejected.entryId, { verdict: 'reject', reason: 'Not of this crisis.' }))
    expect(await within(own)).toEqual({ ids: [sameDay, weekLater, elsewhere, nearTopic].map(({ entryId }) => entryId), isCut: false })
    expect(await within(own, 2)).toEqual({ ids: [sameDay, weekLater].map(({ entryId }) => entryId), isCut: true })
    const answers = { ...windowForAnswers(aChallenge(ouest)), of: { ...of, id: own.entryId }, anyTopic: true }
    expect((await opened.store.near.within(campaign.campaign.id, answers, 10)).ids).toHaveLength(1)
  })

  it('[ST111] folds many entries at once, as each alone, and says who links to one', async () => {
    const [challenge, action] = [author.record(aChallenge(ouest)), author.record(anAction(ouest))]
    await author.push(challenge, action)
    await author.push(author.change('link', { to: challenge.entryId, kind: 'answers', coverage: 'partly' }, { entryId: action.entryId, base: action.id }))
    const { near, entries } = opened.store
    const unknown = '0190a0b0-0000-7000-8000-00000000000a' as EntryId
    const states = await near.states(campaign.campaign.id, [challenge.entryId, unknown, action.entryId])
    expect([...states.keys()].toSorted()).toEqual([challenge.entryId, action.entryId].toSorted())
    expect(states.get(action.entryId)).toEqual(await entries.state(campaign.campaign.id, action.entryId))
    expect(await near.linkedFrom(campaign.campaign.id, challenge.entryId)).toEqual([action.entryId])
    expect((await near.rows(campaign.campaign.id, [action.entryId]))[0]).toEqual(await entries.row(campaign.campaign.id, action.entryId))
  })

  it('[ST112] a pair is apart in either order until that is taken back; both are acts of the log, once, and the pair is in the backup', async () => {
    const [a, b] = [author.record(aChallenge(ouest)), author.record(aChallenge(ouest))]
    await author.push(a, b)
    const { near } = opened.store
    const by = { memberId: coordinator.person.member.id, deviceId: coordinator.person.device.id, at: '2026-03-01T09:00:00Z' as never }
    const pair = (entries: readonly [EntryId, EntryId], apart = true) => ({ entries, as: 'same' as const, apart, by })
    await near.setApart(campaign.campaign.id, pair([b.entryId, a.entryId]))
    await near.setApart(campaign.campaign.id, pair([a.entryId, b.entryId]))
    expect([...(await near.apartFrom(campaign.campaign.id, a.entryId)).get('same') ?? []]).toEqual([b.entryId])
    expect([...(await near.apartFrom(campaign.campaign.id, b.entryId)).get('same') ?? []]).toEqual([a.entryId])
    expect((await near.apartFrom(campaign.campaign.id, a.entryId)).get('answers')?.size).toBe(0)
    const dumped: string[] = []
    await opened.store.backup.dump(async (rows) => {
      for await (const { table } of rows) dumped.push(table)
    })
    expect(dumped.filter((table) => table === 'entries_apart')).toHaveLength(1)
    await near.setApart(campaign.campaign.id, pair([a.entryId, b.entryId], false))
    expect((await near.apartFrom(campaign.campaign.id, b.entryId)).get('same')?.size).toBe(0)
    // What was so already was done by nobody.
    const { lines } = await opened.store.audit.page(campaign.campaign.id, { limit: 50 })
    expect(lines.flatMap((line) => (line.kind === 'act' && line.act.act.startsWith('pair.') ? [[line.act.act, line.act.words, line.act.by.memberId]] : []))).toEqual([
      ['pair.reopened', 'C-000001 · C-000002', by.memberId], ['pair.parted', 'C-000001 · C-000002', by.memberId],
    ])
  })
})

describe('what is near, as SQLite reads it', () => {
  it('[ST113] by indexes alone', async () => {
    const opened = await openSqliteInFolder()
    const db = new Kysely<Tables>({ dialect: createNodeSqliteDialect(openDatabase(opened.path)) })
    const [campaign, ids] = ['c' as CampaignId, ['a', 'b', 'c'] as unknown as readonly EntryId[]]
    const id = 'a' as EntryId
    const queries = [
      [foldedQuery(db, campaign, ids), 'changes', /changes_by_entry \(campaign_id=\? AND entry_id=\?\)/], [rowsQuery(db, campaign, ids), 'entries'], [linkedQuery(db, campaign, id), 'entry_links'],
      [apartQuery(db, campaign, { id, side: 'first_id' }), 'entries_apart'], [apartQuery(db, campaign, { id, side: 'second_id' }), 'entries_apart'],
    ] as const
    for (const [query, table, how = new RegExp(`SEARCH ${table} USING`)] of queries) {
      const plan = (await sql<{ detail: string }>`explain query plan ${sql.raw(query.compile().sql.replaceAll('?', "'1'"))}`.execute(db)).rows.map(({ detail }) => detail).join('\n')
      expect(plan).toMatch(how)
      expect(plan).not.toMatch(/SCAN /)
    }
    await db.destroy()
    await opened.remove()
  })
})
