import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Kysely, sql } from 'kysely'
import type { CampaignId, EntryId, Instant, MemberId } from '#domain/ids.ts'
import type { EntriesFilter } from '#server/store/entry-filters.ts'
import { sinceQuery } from '#server/store/sql/assignments.ts'
import type { Tx } from '#server/store/sql/db.ts'
import { entriesWithPeople } from '#server/store/sql/entry-people.ts'
import { assignedQuery } from '#server/store/sql/entry-lists.ts'
import type { Tables } from '#server/store/sql/schema.ts'
import { createNodeSqliteDialect } from '#server/store/sqlite/dialect.ts'
import { openDatabase, openSqliteStore } from '#server/store/sqlite/open-sqlite-store.ts'
import { openPostgresStore } from '#server/store/postgres/open-postgres-store.ts'
import type { BackupRow } from '#server/store/backup-store.ts'
import type { Store } from '#server/store/store.ts'
import { aChallenge } from '../../support/contents.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { openPostgresDatabase, openSqliteInFolder, stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'

const everything: EntriesFilter = { chosen: {}, from: null, to: null, q: null, sort: 'oldest', after: null, limit: 50, facets: ['assignee'] }

describe.each(stores)('who reads which entry, on $name', ({ open }) => {
  let opened: OpenedStore
  let campaign: CampaignOnStore
  let author: SealingDevice
  let ruth: SealingDevice
  let jean: SealingDevice
  let entries: readonly EntryId[]
  let id: CampaignId

  beforeEach(async () => {
    opened = await open()
    campaign = await CampaignOnStore.create(opened.store)
    id = campaign.campaign.id
    author = await campaign.join('volunteer')
    ruth = await campaign.join('coordinator')
    jean = await campaign.join('coordinator', 'Jean')
    const records = [author.record(aChallenge()), author.record(aChallenge()), author.record(aChallenge())]
    await author.push(...records)
    entries = records.map(({ entryId }) => entryId)
  })
  afterEach(() => opened.remove())

  const memberOf = ({ person }: SealingDevice) => person.member.id
  const by = () => ({ memberId: memberOf(ruth), deviceId: ruth.person.device.id, at: '2026-03-01T09:00:00Z' as Instant })
  const give = (to: MemberId | null, ...these: readonly (readonly [number, MemberId | null])[]) => opened.store.assignments.assign(id, { entries: these.map(([n, was]) => ({ id: entries[n] ?? ('' as EntryId), was })), to, by: by() }, ['coordinator'])
  const list = (chosen: EntriesFilter['chosen'] = {}, store: Store = opened.store) => store.entries.list(id, { ...everything, chosen })
  const listed = async (code: string, store?: Store) => (await list({ assignee: [code] }, store)).entries.map((row) => row.id)
  const acts = async () => (await opened.store.audit.page(id, { limit: 50 })).lines.flatMap((line) => (line.kind === 'act' && line.act.act.startsWith('entry.') ? [[line.act.act, line.act.subject, line.act.words, line.act.detail['count']]] : []))

  it('[ST120] what is given is one act of the log; what has gone to somebody else since stays there, and what is so already is no act', async () => {
    expect(await give(memberOf(jean), [0, null], [1, null])).toEqual([{ id: entries[0], assignee: { id: memberOf(jean), name: 'Jean' } }, { id: entries[1], assignee: { id: memberOf(jean), name: 'Jean' } }])
    expect(await give(memberOf(ruth), [1, null], [2, null])).toEqual([{ id: entries[1], assignee: { id: memberOf(jean), name: 'Jean' } }, { id: entries[2], assignee: { id: memberOf(ruth), name: 'Ruth' } }])
    await give(memberOf(ruth), [2, memberOf(ruth)])
    expect(await give(null, [0, memberOf(jean)])).toEqual([{ id: entries[0], assignee: null }])
    expect(await acts()).toEqual([
      ['entry.givenBack', '', 'C-000001', 1], ['entry.assigned', memberOf(ruth), 'C-000003', 1], ['entry.assigned', memberOf(jean), 'C-000001 · C-000002', 2],
    ])
  })

  it('[ST120] only who is here and has the role can be given anything, and no entry that is not there', async () => {
    expect(await give(memberOf(author), [0, null])).toBeNull()
    expect(await give(campaign.campaign.serverMemberId, [0, null])).toBeNull()
    await opened.store.members.change(id, memberOf(jean), { endedAt: '2026-03-02T09:00:00Z' as Instant }, by())
    expect(await give(memberOf(jean), [0, null])).toBeNull()
    expect(await opened.store.assignments.assign(id, { entries: [{ id: '0190a0b0-0000-7000-8000-00000000000a' as EntryId, was: null }], to: memberOf(ruth), by: by() }, ['coordinator'])).toEqual([])
    expect((await opened.store.assignments.reviewers(id, ['coordinator'])).map(({ name }) => name)).toEqual(['Ruth'])
    expect(await acts()).toEqual([])
    const other = await CampaignOnStore.create(opened.store, 'two')
    expect(await opened.store.assignments.assign(other.campaign.id, { entries: [{ id: entries[0] ?? ('' as EntryId), was: null }], to: memberOf(ruth), by: by() }, ['coordinator'])).toBeNull()
  })

  it('[ST121] lists, counts and rows know it at once, and hide no entry', async () => {
    expect((await list()).facets).toEqual({ assignee: { nobody: 3 } })
    await give(memberOf(jean), [0, null], [1, null])
    expect([(await list()).total, (await list()).facets, (await list()).names?.['assignee']]).toEqual([3, { assignee: { [memberOf(jean)]: 2, nobody: 1 } }, { [memberOf(jean)]: 'Jean' }])
    expect([await listed(memberOf(jean)), await listed('nobody')]).toEqual([[entries[0], entries[1]], [entries[2]]])
    expect((await list()).entries.map(({ assignee }) => assignee?.name ?? null)).toEqual(['Jean', 'Jean', null])
    expect((await opened.store.entries.row(id, entries[0] ?? ('' as EntryId)))?.assignee?.name).toBe('Jean')
    await give(null, [0, memberOf(jean)])
    expect(await listed('nobody')).toEqual([entries[0], entries[2]])
    await author.push(author.record(aChallenge()))
    expect((await listed('nobody')).length).toBe(3)
  })

  it('[ST122] an erased entry leaves no assignment, and the projection made anew keeps those of the others', async () => {
    await give(memberOf(jean), [0, null], [1, null])
    const [first = '' as EntryId] = entries
    await author.push(author.change('erase', { reason: 'Asked for it.' }, { entryId: first, base: null }))
    expect(await listed(memberOf(jean))).toEqual([entries[1]])
    // The number of what was erased is not given again: a list that has read it would miss the next.
    await give(memberOf(ruth), [2, null])
    expect(await listed(memberOf(ruth))).toEqual([entries[2]])
    await opened.damage(`update entries set topic = 'OTH'`)
    expect((await opened.store.entries.rebuild(id)).differing.length).toBe(2)
    expect([await listed(memberOf(jean)), await listed(memberOf(ruth))]).toEqual([[entries[1]], [entries[2]]])
    const dumped = await dump(opened.store)
    expect(new Set(dumped.filter(({ table }) => table === 'entry_assignments').map(({ row }) => row['entry_id']))).toEqual(new Set([entries[1], entries[2]]))
    expect(JSON.stringify(dumped.filter(({ table }) => table === 'entry_assignments'))).not.toContain(first)
  })

  it('[ST122] a backup brings them back, and they go on from there', async () => {
    await give(memberOf(jean), [0, null])
    const rows = await dump(opened.store)
    const target = await open()
    await target.store.backup.load(each(rows), null)
    expect(await listed(memberOf(jean), target.store)).toEqual([entries[0]])
    await target.store.assignments.assign(id, { entries: [{ id: entries[1] ?? ('' as EntryId), was: null }], to: memberOf(jean), by: by() }, ['coordinator'])
    expect(await listed(memberOf(jean), target.store)).toEqual([entries[0], entries[1]])
    await target.remove()
  })

  it('[ST123] who left or may not review any more holds nothing, and the act says how many', async () => {
    await give(memberOf(jean), [0, null], [1, null])
    await opened.store.members.change(id, memberOf(jean), { role: 'volunteer' }, by())
    expect((await list()).facets).toEqual({ assignee: { nobody: 3 } })
    await give(memberOf(ruth), [2, null])
    await opened.store.members.change(id, memberOf(ruth), { endedAt: '2026-03-02T09:00:00Z' as Instant }, by())
    expect((await list()).facets).toEqual({ assignee: { nobody: 3 } })
    const { lines } = await opened.store.audit.page(id, { limit: 50 })
    expect(lines.flatMap((line) => (line.kind === 'act' && ['member.role', 'member.ended'].includes(line.act.act) ? [line.act.detail['count']] : []))).toEqual([1, 2])
  })

  it('[ST123] nor does who was erased after the backup that is restored', async () => {
    await give(memberOf(jean), [0, null], [1, null])
    const rows = await dump(opened.store)
    const target = await open()
    const erased = { campaignId: id, memberId: memberOf(jean), at: '2026-03-02T09:00:00Z' as Instant }
    await target.store.backup.load(each(rows), { epoch: 'another', erasures: [erased], ended: [erased], rights: [], lost: [], reach: () => ({ challengeRef: 0, actionRef: 0 }) })
    expect(await listed(memberOf(jean), target.store)).toEqual([])
    expect((await target.store.entries.list(id, { ...everything, facets: ['assignee'] })).facets).toEqual({ assignee: { nobody: 3 } })
    await target.remove()
  })

  it('[ST124] what was given since an act is told once, no more than asked for', async () => {
    const { since } = opened.store.assignments
    const { number: start } = await since(id, null, 10)
    await give(memberOf(jean), [0, null], [1, null])
    await give(memberOf(ruth), [2, null])
    expect(await since(id, start, 10)).toMatchObject({ number: start + 2, assigned: [{ assignee: { name: 'Jean' } }, { assignee: { name: 'Jean' } }, { id: entries[2], assignee: { name: 'Ruth' } }] })
    const cut = await since(id, start, 3)
    expect([cut.number, cut.assigned.length]).toEqual([start + 1, 3])
    expect((await since(id, cut.number, 3)).assigned.map((one) => one.id)).toEqual([entries[2]])
    expect(await since(id, start + 2, 10)).toEqual({ number: start + 2, assigned: [] })
  })
})

describe('who reads which entry, in several processes', () => {
  it.each(['SQLite', 'PostgreSQL'] as const)('[ST121] what one has given, the lists of the other know, on %s', async (name) => {
    const [opened, other] = name === 'SQLite' ? await twoOnSqlite() : await twoOnPostgres()
    const campaign = await CampaignOnStore.create(opened.store)
    const [author, ruth] = [await campaign.join('volunteer'), await campaign.join('coordinator')]
    const record = author.record(aChallenge())
    await author.push(record)
    const filter = { ...everything, chosen: { assignee: [ruth.person.member.id] } }
    const assign = (was: MemberId | null, to: MemberId | null) => opened.store.assignments.assign(campaign.campaign.id, { entries: [{ id: record.entryId, was }], to, by: { memberId: ruth.person.member.id, deviceId: ruth.person.device.id, at: '2026-03-01T09:00:00Z' as Instant } }, ['coordinator'])
    const total = async () => (await other.entries.list(campaign.campaign.id, filter)).total
    expect(await total()).toBe(0)
    await assign(null, ruth.person.member.id)
    expect(await total()).toBe(1)
    await assign(ruth.person.member.id, null)
    expect(await total()).toBe(0)
    await other.close()
    await opened.remove()
  })

  it('[ST124] is read by indexes alone, without sorting', async () => {
    const opened = await openSqliteInFolder()
    const db = new Kysely<Tables>({ dialect: createNodeSqliteDialect(openDatabase(opened.path)) })
    const campaign = 'c' as CampaignId
    for (const query of [sinceQuery(db, campaign, { after: 5, limit: 10 }), assignedQuery(db as Tx, campaign, 5), entriesWithPeople(db).where('entries.campaign_id', '=', campaign).where('entries.id', 'in', ['a' as EntryId])]) {
      const plan = (await sql<{ detail: string }>`explain query plan ${sql.raw(query.compile().sql.replaceAll('?', "'1'"))}`.execute(db)).rows.map(({ detail }) => detail).join('\n')
      expect(plan).toMatch(/SEARCH entry_assignments USING/)
      expect(plan).not.toMatch(/SCAN |TEMP B-TREE/)
    }
    await db.destroy()
    await opened.remove()
  })
})

async function dump(store: Store): Promise<readonly BackupRow[]> {
  const rows: BackupRow[] = []
  await store.backup.dump(async (all) => {
    for await (const row of all) rows.push(row)
  })
  return rows
}

async function* each(rows: readonly BackupRow[]): AsyncGenerator<BackupRow> {
  yield* rows
}

async function twoOnSqlite(): Promise<readonly [OpenedStore, Store]> {
  const opened = await openSqliteInFolder()
  return [opened, await openSqliteStore({ path: opened.path, clock: steppedClock(), chance: seededChance('two') })]
}

async function twoOnPostgres(): Promise<readonly [OpenedStore, Store]> {
  const opened = await openPostgresDatabase()
  return [opened, await openPostgresStore({ url: opened.url, clock: steppedClock(), chance: seededChance('two') })]
}
