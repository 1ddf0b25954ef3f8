import { Kysely, sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CampaignId } from '#domain/ids.ts'
import { soughtWords } from '#domain/words.ts'
import { openPostgres } from '#server/store/postgres/open-postgres-store.ts'
import { wordsQuery as postgresWords } from '#server/store/postgres/find-words.ts'
import { disclosedQuery, endsQuery, outputsQuery, tiedQuery } from '#server/store/sql/disclosed.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { linksQuery, storedQuery } from '#server/store/sql/append-ground.ts'
import { chainEndsQuery } from '#server/store/sql/chain.ts'
import { rowsQuery } from '#server/store/sql/entry-list.ts'
import { asideQuery, erasuresQuery, goneQuery } from '#server/store/sql/changes.ts'
import { actsQuery, changesQuery, refQuery, timeQuery } from '#server/store/sql/audit.ts'
import { quarantinedQuery } from '#server/store/sql/upkeep.ts'
import { nthNewest } from '#server/store/sql/persons.ts'
import { lastSettingAside } from '#server/store/sql/fresh.ts'
import { refsQuery } from '#server/store/sql/entries.ts'
import { allQuery, touchedQuery } from '#server/store/sql/entry-lists.ts'
import { entryChangesQuery } from '#server/store/sql/rebuild.ts'
import type { Tables } from '#server/store/sql/schema.ts'
import { changeQuery } from '#server/store/sql/settlements.ts'
import { writtenQuery } from '#server/store/sql/written-since.ts'
import { createNodeSqliteDialect } from '#server/store/sqlite/dialect.ts'
import { waitingQuery, wordsQuery as sqliteWords } from '#server/store/sqlite/find-words.ts'
import { openDatabase } from '#server/store/sqlite/open-sqlite-store.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import { openPostgresDatabase, openSqliteInFolder } from '../../support/contracts/stores.ts'

const sought = soughtWords('water school')
const seqs = Array.from({ length: 50 }, (_, n) => n * 3)

/** Everything that a list or a file reads; the rest is a walk in memory. */
const reads = [
  ['all of a campaign, in pieces', (db: Db, id: CampaignId) => allQuery(db as Tx, id, 500), 'entries_by_seq'],
  ['what was touched since', (db: Db, id: CampaignId) => touchedQuery(db as Tx, id, 19_990), 'entries_by_touch'],
  ['the last setting aside of a member', (db: Db, id: CampaignId) => lastSettingAside(db, id), 'acts_by_act'],
  ['entries by their names', (db: Db, id: CampaignId) => refsQuery(db, id, seqs.map((n) => `C-${String(n).padStart(6, '0')}` as never)), 'ref'],
  ['the rows of a page', (db: Db, id: CampaignId) => rowsQuery(db as Tx, id, seqs), 'entries_by_seq'],
  ['a page of a file', (db: Db, id: CampaignId) => disclosedQuery(db, id, { kind: 'challenge', after: 'C-010000' as never, limit: 100 }), 'disclosed_by_ref'],
  ['which of them are', (db: Db, id: CampaignId) => tiedQuery(db, id, ['e1' as never, 'e2' as never]), 'entry_links'],
  ['what they are tied to', (db: Db, id: CampaignId) => endsQuery(db, id, ['e1' as never, 'e2' as never]), 'disclosed_entries'],
  ['the most that was given', (db: Db, id: CampaignId) => outputsQuery(db, id), 'disclosed_by_outputs'],
] as const

/** What a page of the log reads, by each filter: one walk along an index, from a place on and no further than asked. */
const walk = { before: { seq: 19_000, number: 1 }, floor: 5, ceiling: 19_500, rows: 51 }
const logReads = [
  ['all changes', (db: Db, id: CampaignId) => changesQuery(db, id, walk), /changes_pkey|autoindex_changes_1/],
  ['the changes of a person', (db: Db, id: CampaignId) => changesQuery(db, id, { ...walk, member: 'm5' as never }), /changes_by_member/],
  ['the changes of a type', (db: Db, id: CampaignId) => changesQuery(db, id, { ...walk, type: 'erase' }), /changes_by_type/],
  ['the changes of an entry', (db: Db, id: CampaignId) => changesQuery(db, id, { ...walk, entry: 'e7' as never }), /changes_by_entry/],
  ['where a day begins', (db: Db, id: CampaignId) => timeQuery(db, id, '2026-03-01T08:00:00.000Z' as never, 'before'), /changes_by_time/],
  ['where a day ends', (db: Db, id: CampaignId) => timeQuery(db, id, '2026-03-01T08:00:00.000Z' as never, 'after'), /changes_by_time/],
  ['erasures of what a person wrote on', (db: Db, id: CampaignId) => erasuresQuery(db, { campaignId: id, after: 19_000, rows: 51, had: { from: 0, to: 0 } }, 'm5' as never), /changes_by_type[^]*changes_by_entry/],
  ['what a person wrote and is erased', (db: Db, id: CampaignId) => goneQuery(db, { campaignId: id, after: 19_000, rows: 51, had: { from: 0, to: 0 } }, 'm5' as never), /changes_by_member/],
  ['what is set aside and waits for a person', (db: Db, id: CampaignId) => asideQuery(db, id), /(changes_quarantined[^]*(changes_campaign_id_key_key|changes_by_id|autoindex_changes_2)|(changes_campaign_id_key_key|changes_by_id|autoindex_changes_2)[^]*changes_quarantined)/],
  ['an entry by its name', (db: Db, id: CampaignId) => refQuery(db, id, 'C-000007' as never), /changes_by_ref/],
  ['all acts', (db: Db, id: CampaignId) => actsQuery(db, id, walk), /acts_pkey|autoindex_acts_1/],
  ['the acts of a person', (db: Db, id: CampaignId) => actsQuery(db, id, { ...walk, member: 'm5' as never }), /acts_by_member/],
  ['the newest of one member', (db: Db, id: CampaignId) => nthNewest(db, id, { member: 'm7' as never, behind: 19 }), /changes_by_member/],
  ['what one member wrote since then', (db: Db, id: CampaignId) => writtenQuery(db, id, { member: 'm7' as never, most: 2000, since: '2026-04-01T08:00:00.000Z' as never }), /(changes_by_member[^]*changes_by_time)|(changes_by_time[^]*changes_by_member)/],
  ['what one member wrote after a place', (db: Db, id: CampaignId) => writtenQuery(db, id, { member: 'm7' as never, most: 2000, after: 19_000 }), /changes_by_member/],
  ['the change that something was set aside as', (db: Db, id: CampaignId) => changeQuery(db, id, 'k7' as never), /(changes_campaign_id_key_key|autoindex_changes_2)[^]*changes_unproven/],
  ['the acts on an entry', (db: Db, id: CampaignId) => actsQuery(db, id, { ...walk, entry: 'e7' as never }), /(act_entries_pkey|autoindex_act_entries_1)[^]*(acts_pkey|autoindex_acts_1)/],
  ['the acts of a type', (db: Db, id: CampaignId) => actsQuery(db, id, { ...walk, type: 'member.ended' }), /acts_by_act/],
] as const

/** What is counted each time somebody watches the server. */
const watched = ['what was set aside', (db: Db) => quarantinedQuery(db), 'changes_quarantined'] as const

/** What an append looks up before it writes, for one change and for a run. */
const appendReads = [1, 500].flatMap((count) => {
  const names = Array.from({ length: count }, (_, n) => `k${n * 7}`)
  return [
    [`${count} changes by id, by hash and by entry`, (db: Db, id: CampaignId) => storedQuery(db, id, { names: [...names, ...names.map((name) => `~${name}`)], ids: names as never, entries: names.map((_, n) => `e${n * 3}`) as never }), [/changes_unproven/, /changes_campaign_id_key_key|autoindex_changes_2/, /changes_by_entry/]],
    [`the changes of ${count} entries`, (db: Db, id: CampaignId) => entryChangesQuery(db, id, names.map((_, n) => `e${n * 3}`) as never), [/changes_by_entry/]],
  ] as const
})
/** The same for the chains of one device, and of sixteen that append together. */
const chainReads = [1, 16].flatMap((count) => {
  const devices = Array.from({ length: count }, (_, n) => `d${n}` as never)
  return [
    [`what stands at the places of ${count} runs`, (db: Db, id: CampaignId) => linksQuery(db, devices.map((deviceId) => ({ campaignId: id, deviceId, from: 1, to: 3 })))],
    [`the ends of ${count} chains`, (db: Db, id: CampaignId) => chainEndsQuery(db, id, devices)],
  ] as const
})
/** SQLite tells how far into an index it looks: with the campaign alone it would walk through all of it. */
const wholeCampaign = /\(campaign_id=\?\)/

describe('what a list reads from SQLite', () => {
  let opened: Awaited<ReturnType<typeof openSqliteInFolder>>
  let db: Kysely<Tables>
  beforeAll(async () => {
    opened = await openSqliteInFolder()
    db = new Kysely<Tables>({ dialect: createNodeSqliteDialect(openDatabase(opened.path)) })
  })
  afterAll(async () => {
    await db.destroy()
    await opened.remove()
  })
  const planOf = async (compiled: { readonly sql: string }) => (await sql<{ detail: string }>`explain query plan ${sql.raw(compiled.sql.replaceAll('?', "'1'"))}`.execute(db)).rows.map(({ detail }) => detail).join('\n')

  it.each(reads)('[ST60] %s is read by an index, without sorting', async (_what, query, index) => {
    const plan = await planOf(query(db, 'c' as CampaignId).compile())
    expect(plan).toContain(index)
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN entries/)
  })

  it.each(logReads)('[ST94] %s of the log: by an index, without sorting', async (_what, query, index) => {
    const plan = await planOf(query(db, 'c' as CampaignId).compile())
    expect(plan).toMatch(index)
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN(?! written)/)
  })

  it('[ST130] what was set aside is counted along its own short index', async () => {
    const plan = await planOf(watched[1](db).compile())
    expect(plan).toContain(watched[2])
  })

  it.each(appendReads)('[ST129] %s are found by their index, not among all of the campaign', async (_what, query, indexes) => {
    const plan = await planOf(query(db, 'c' as CampaignId).compile())
    for (const index of indexes) expect(plan).toMatch(index)
    expect(plan).not.toMatch(wholeCampaign)
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN/)
  })

  it.each(chainReads)('[ST129] %s are found by their device', async (_what, query) => {
    const plan = await planOf(query(db, 'c' as CampaignId).compile())
    expect(plan).toMatch(/links USING PRIMARY KEY \(campaign_id=\? AND device_id=\?/)
    expect(plan).not.toMatch(wholeCampaign)
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN/)
  })

  it('[ST60] words are looked up in their index, within the campaign', async () => {
    const plan = await planOf(compiled(sqliteWords(sought, 2 ** 32), db))
    expect(plan).toMatch(/entry_words VIRTUAL TABLE INDEX \d+:\S*M/)
    expect(plan).not.toContain('TEMP B-TREE')
  })

  it('[ST205] words that wait for their index are read from where it ends', async () => {
    const plan = await planOf(compiled(waitingQuery(sought, 'c' as CampaignId, 64), db))
    expect(plan).toContain('entries_by_seq (campaign_id=? AND seq>?)')
  })
})

describe('what a list reads from PostgreSQL', () => {
  let opened: Awaited<ReturnType<typeof openPostgresDatabase>>
  let db: Db
  let id: CampaignId
  beforeAll(async () => {
    opened = await openPostgresDatabase()
    const { campaign } = await CampaignOnStore.create(opened.store)
    id = campaign.id
    db = openPostgres(opened.url)
    await opened.damage(`insert into entries (campaign_id, id, seq, ref, author_id, kind, state, topic, country, severity, observed_on, search, row, touched_seq)
      select '${id}', 'e' || n, n, 'C-' || n, '${campaign.serverMemberId}', 'challenge', 'received', 'EDU', 'HTI', 1, '2026-01-01', 'word' || n || ' everywhere' || case when n % 500 = 0 then ' water school' else '' end, '{}', n from generate_series(1, 20000) n`)
    await opened.damage('vacuum analyze entries')
    await opened.damage('analyze entry_words')
    await opened.damage(`insert into changes (campaign_id, seq, key, id, entry_id, device_id, member_id, carried_by, author_id, received_at, type, change_hash, proven, text, ref, released)
      select '${id}', n, 'k' || n, 'k' || n, 'e' || n / 4, 'd', 'm' || n % 200, 'm', 'm', to_char(timestamp '2026-01-01' + n * interval '10 minutes', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), case when n % 100 = 0 then 'erase' else 'comment' end, 'h', 1, '{}', case when n % 4 = 0 then 'C-' || lpad((n / 4)::text, 6, '0') end, 0 from generate_series(1, 20000) n`)
    await opened.damage(`insert into acts (campaign_id, seq, number, at, act, member_id, detail)
      select '${id}', n, 1000, '2026-01-01', case when n % 100 = 0 then 'member.ended' else 'invite.made' end, 'm' || n % 200, '{}' from generate_series(1, 20000) n`)
    await opened.damage('vacuum analyze changes')
    await opened.damage(`insert into act_entries (campaign_id, entry_id, seq, number) select '${id}', 'e' || n % 500, n, 1000 from generate_series(1, 20000) n`)
    await opened.damage('vacuum analyze acts')
    await opened.damage(`insert into disclosed_entries (campaign_id, entry_id, author_id, kind, ref, outputs, body) select '${id}', 'e' || n, 'm', 'challenge', 'C-' || lpad(n::text, 6, '0'), n % 3, '{}' from generate_series(1, 20000) n`)
    await opened.damage('vacuum analyze disclosed_entries')
    await opened.damage('vacuum analyze act_entries')
  })
  afterAll(async () => {
    await db.destroy()
    await opened.remove()
  })

  it.each(reads)('[ST60] %s is read by an index, without sorting', async (_what, query, index) => {
    const plan = (await query(db, id).explain<{ readonly 'QUERY PLAN': string }>()).map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain(index)
    expect(plan).not.toMatch(/Sort|Seq Scan on entries/)
  })

  it.each(logReads)('[ST94] %s of the log: by an index, without sorting', async (_what, query, index) => {
    const plan = (await query(db, id).explain<{ readonly 'QUERY PLAN': string }>()).map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toMatch(index)
    expect(plan).not.toMatch(/Sort|Seq Scan/)
  })

  it('[ST130] what was set aside is counted along its own short index', async () => {
    const plan = (await watched[1](db).explain<{ readonly 'QUERY PLAN': string }>()).map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain(watched[2])
  })

  // Of twenty thousand, PostgreSQL finds five hundred faster by looking through all: it counts what it has.
  it.each(appendReads.slice(0, 2))('[ST129] %s are found by their index, not among all of the campaign', async (_what, query, indexes) => {
    const plan = (await query(db, id).explain<{ readonly 'QUERY PLAN': string }>()).map((row) => row['QUERY PLAN']).join('\n')
    for (const index of indexes) expect(plan).toMatch(index)
    expect(plan).not.toMatch(/Seq Scan/)
  })

  // What stands in every entry is where a planner that counts words would rather read all of them; and nobody has tidied the index since they came.
  it.each(['water school', 'everywhere ', 'everywhere', 'w', 'w everywhere school'])('[ST60] “%s” is looked up in the index of words', async (q) => {
    const { rows } = await sql<{ readonly 'QUERY PLAN': string }>`explain ${postgresWords(soughtWords(q), id)}`.execute(db)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).toContain('entry_words_by_word')
    expect(plan).not.toMatch(/Seq Scan/)
  })
})

function compiled(query: RawBuilder<unknown>, db: Db): { readonly sql: string } {
  return query.compile(db)
}
