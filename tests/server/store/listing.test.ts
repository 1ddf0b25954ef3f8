import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EntryContent } from '#domain/entry.ts'
import type { ChangeId, EntryId, Instant } from '#domain/ids.ts'
import { facetNames } from '#protocol/desk.ts'
import type { EntriesFilter } from '#server/store/entry-filters.ts'
import { aChallenge, anAction } from '../../support/contents.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { openPostgresDatabase, openSqliteInFolder, stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'
import { openPostgres, openPostgresStore } from '#server/store/postgres/open-postgres-store.ts'
import { openDatabase } from '#server/store/sqlite/open-sqlite-store.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'

const everything: EntriesFilter = { chosen: {}, from: null, to: null, q: null, sort: 'oldest', after: null, limit: 50, facets: [] }
const question = { id: '00000000-0000-7000-8000-000000000001' as never, field: 'placeName', text: 'Where?' }

describe.each(stores)('listing on $name', ({ open }) => {
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

  const list = (about: Partial<EntriesFilter> = {}) => opened.store.entries.list(campaign.campaign.id, { ...everything, ...about })
  const found = async (q: string) => (await list({ q })).entries.map(({ ref }) => ref)
  const push = async (...contents: readonly EntryContent[]): Promise<readonly EntryId[]> => {
    const records = contents.map((content) => author.record(content))
    await author.push(...records)
    return records.map(({ entryId }) => entryId)
  }
  const decide = async (entryId: EntryId, about: Parameters<SealingDevice['decide']>[1]) => {
    const change = await coordinator.decide(entryId, about)
    await coordinator.push(change)
    return change
  }

  it('[ST61] every facet counts what there is, chooses by it, and leaves its own choice aside', async () => {
    const [first = '' as EntryId, second = '' as EntryId] = await push(
      aChallenge({ severity: 5, country: 'MLI', adm1Code: 'ML01', lang: 'fr', sourceType: 'rumour', photos: [aPhoto], consentPhoto: true, description: 'Ask Mrs Baptiste, she is at 3705 1234 every day.' }),
      anAction({ topic: 'PRO' }), aChallenge({ severity: 1 }), aChallenge({ severity: 1 }),
    )
    await decide(first, { verdict: 'askBack', questions: [question] })
    await author.push(author.change('revise', { set: { placeName: 'Kayes' }, unset: [], answers: [question.id] }, { entryId: first }))
    await decide(second, { verdict: 'askBack', questions: [question] })
    const { facets, names = {} } = await list({ facets: facetNames })
    const [device, member] = [author.person.device.id, author.person.member.id]
    expect(facets).toEqual({
      kind: { challenge: 3, action: 1 }, state: { received: 2, edited: 1, hasIssues: 1 }, severity: { 1: 2, 5: 1 }, topic: { EDU: 3, PRO: 1 }, sensitivity: { moderate: 3, high: 1 },
      country: { HTI: 3, MLI: 1 }, adm1: { ML01: 1, Ouest: 2, Sud: 1 }, organisation: {}, author: { [member]: 4 }, device: { [device]: 4 }, lang: { en: 3, fr: 1 },
      source: { affected_person: 2, direct_observation: 1, rumour: 1 }, photo: { yes: 1, no: 3 }, conflict: {}, question: { answered: 1, open: 1 }, warning: { 'personal-honorific': 1, 'personal-phone': 1 }, assignee: { nobody: 4 }, second: {},
    })
    expect(names).toEqual({ author: { [member]: 'Awa' }, device: { [device]: 'Awa' }, assignee: {}, adm1: { ML01: 'Ouest' } })
    for (const name of facetNames) {
      for (const [code, count] of Object.entries(facets[name] ?? {})) {
        const chosen = await list({ chosen: { [name]: [code] }, facets: [name] })
        expect([name, code, chosen.total, chosen.facets[name]]).toEqual([name, code, count, facets[name]])
      }
    }
    expect((await list({ chosen: { kind: ['challenge'], severity: ['1', '5'] }, facets: ['kind', 'severity', 'topic'] })).facets).toEqual({ kind: { challenge: 3 }, severity: { 1: 2, 5: 1 }, topic: { EDU: 3 } })
  })

  it('[ST61] two values of one field, and two verdicts on one revision, are conflicts that can be listed', async () => {
    const [one = '' as EntryId, two = '' as EntryId] = await push(aChallenge(), aChallenge())
    const { head } = await state(one)
    await author.push(author.change('revise', { set: { placeName: 'Jacmel' }, unset: [], answers: [] }, { entryId: one, base: head }))
    await coordinator.push(coordinator.change('correct', { set: { placeName: 'Jérémie' }, unset: [] }, { entryId: one, base: head }))
    const tom = await campaign.join('coordinator', 'Tom')
    const [yes, no] = [await coordinator.decide(two, { verdict: 'approve' }), await tom.decide(two, { verdict: 'reject', reason: 'no' })]
    await coordinator.push(yes)
    await tom.push(no)
    expect((await list({ facets: ['conflict'] })).facets['conflict']).toEqual({ fields: 1, verdicts: 1 })
    expect((await list({ chosen: { conflict: ['verdicts'] } })).entries.map(({ id }) => id)).toEqual([two])
  })

  it('[ST62] a list knows each change at once: a new entry, an edit, a decision, an erasure', async () => {
    expect((await list()).total).toBe(0)
    const [first = '' as EntryId, second = '' as EntryId] = await push(aChallenge(), aChallenge({ topic: 'HEA' }))
    expect((await list({ facets: ['topic'] })).facets).toEqual({ topic: { EDU: 1, HEA: 1 } })
    await author.push(author.change('revise', { set: { topic: 'WSH' }, unset: [], answers: [] }, { entryId: first }))
    await decide(second, { verdict: 'approve' })
    expect((await list({ facets: ['topic', 'state'] })).facets).toEqual({ topic: { WSH: 1, HEA: 1 }, state: { edited: 1, approved: 1 } })
    await author.push(author.change('erase', { reason: 'mine' }, { entryId: first }))
    const { total, entries, facets } = await list({ facets: ['topic'] })
    expect([total, entries.map(({ id }) => id), facets]).toEqual([1, [second], { topic: { HEA: 1 } }])
  })

  it('[ST62] what was mended past the appends is read anew', async () => {
    const [first = ''] = await push(aChallenge(), aChallenge())
    await opened.damage(`update entries set topic = 'HEA' where id = '${first}'`)
    expect((await list({ facets: ['topic'] })).facets).toEqual({ topic: { EDU: 1, HEA: 1 } })
    await opened.store.entries.rebuild(campaign.campaign.id)
    expect((await list({ facets: ['topic'] })).facets).toEqual({ topic: { EDU: 2 } })
  })

  it('[ST63] in the order of waiting, who was answered last stands last', async () => {
    const [first = '' as EntryId, second = '' as EntryId] = await push(aChallenge(), aChallenge())
    await author.push(author.change('revise', { set: { topic: 'WSH' }, unset: [], answers: [] }, { entryId: first }))
    expect((await list({ sort: 'waiting' })).entries.map(({ id }) => id)).toEqual([second, first])
    const page = await list({ sort: 'waiting', limit: 1 })
    expect((await list({ sort: 'waiting', limit: 1, after: page.next })).entries.map(({ id }) => id)).toEqual([first])
  })

  it('[ST64] words of six languages are found by their beginnings, with the article or without, and both must be there', async () => {
    await push(
      aChallenge({ description: 'L’école est fermée, les élèves attendent.', lang: 'fr' }), aChallenge({ description: 'La escuela no tiene baños y los niños esperan.', lang: 'es' }),
      aChallenge({ description: 'المدرسةُ مغلقة والأطفال في البيت منذ ٣٤ يوماً', lang: 'ar' }), aChallenge({ description: 'Школа закрыта, ещё нет воды.', lang: 'ru' }),
      aChallenge({ description: '学校已经关闭，孩子们没有水喝。', lang: 'zh' }), aChallenge({ description: 'The school is closed and children wait.', lang: 'en' }),
    )
    expect(await found('ÉCOLE eleves')).toEqual(['C-000001'])
    expect(await found('nino banos')).toEqual(['C-000002'])
    expect(await found('مدرسة')).toEqual(['C-000003'])
    expect(await found('المدرسه اطفال 34')).toEqual(['C-000003'])
    expect(await found('школ еще')).toEqual(['C-000004'])
    expect(await found('学校')).toEqual(['C-000005'])
    expect(await found('水 孩子')).toEqual(['C-000005'])
    expect(await found('校学')).toEqual([])
    expect(await found('schoo')).toEqual(['C-000006'])
    expect(await found('school niños')).toEqual([])
    expect(await found('chool')).toEqual([])
  })

  it('[ST64] a ref, a place, an author, a translation and the words of before a correction find the entry, and signs find none', async () => {
    const [first = '' as EntryId] = await push(aChallenge({ description: 'Dlo a pa pwòp nan pi a.', lang: 'ht', placeName: 'Gonaïves' }), anAction({ orgName: 'Fanm Vanyan' }))
    await coordinator.push(coordinator.change('correct', { set: { descriptionEn: 'The water of the well is dirty.', placeName: 'Ennery' }, unset: [] }, { entryId: first }))
    for (const q of ['C-000001', 'c-1', 'gonaives', 'ennery', 'dlo pwop', 'dirty well', 'C-1 water awa']) expect([q, await found(q)]).toEqual([q, ['C-000001']])
    expect(await found('awa')).toEqual(['C-000001', 'A-000001'])
    expect(await found('awa vanyan')).toEqual(['A-000001'])
    for (const q of ['C-2', '%', '_', '"', `' or 1=1 --`, 'ruth']) expect([q, await found(q)]).toEqual([q, []])
    const { entries: [row] } = await list({ q: 'dirty' })
    expect(row?.found).toEqual({ field: 'descriptionEn', text: 'The water of the well is dirty.' })
    expect((await list({ q: 'dlo' })).entries[0]?.found).toBeUndefined()
  })

  it('[ST64] a ref is found as people write it, and what has the same letters as a word is found beside it', async () => {
    await push(aChallenge({ description: 'The A1 is blocked.' }), anAction({ description: 'People over 80 got water.' }), ...Array.from({ length: 7 }, () => aChallenge()))
    for (const q of ['c8', 'C 8', 'c000008', 'C–8', 'c‑٨', '  c8 ']) expect([q, await found(q)]).toEqual([q, ['C-000008']])
    expect([await found('000001'), await found('a1'), await found('A-1')]).toEqual([['C-000001', 'A-000001'], ['C-000001', 'A-000001'], ['A-000001']])
    expect([await found('80'), await found('c9'), await found('c8 water'), await found('a 8')]).toEqual([['A-000001'], [], [], []])
  })

  it('[ST65] what was withdrawn is found by its ref alone, and what was erased by nothing', async () => {
    const [first = '' as EntryId, second = '' as EntryId] = await push(aChallenge({ description: 'A zebraquux stands at the gate.' }), aChallenge({ description: 'Another zebraquux, at the well.' }))
    expect(await found('zebraquux')).toEqual(['C-000001', 'C-000002'])
    await author.push(author.change('withdraw', { reason: 'no' }, { entryId: first }), author.change('erase', { reason: 'mine' }, { entryId: second }))
    expect([await found('zebraquux'), await found('C-000001'), await found('C-000002')]).toEqual([[], ['C-000001'], []])
    await decide(first, { verdict: 'reopen', reason: 'asked for' })
    expect(await found('zebraquux')).toEqual(['C-000001'])
  })

  it('[ST67] sets of filters are counted as their lists count them', async () => {
    await push(aChallenge(), aChallenge({ topic: 'HEA', description: 'The school is closed since May.' }), anAction())
    const filters = [{}, { chosen: { topic: ['HEA'] } }, { chosen: { kind: ['challenge'] }, q: 'school' }, { q: 'nowhere' }, { from: '2026-02-26', to: '2026-02-26' }].map((about) => ({ ...everything, ...about }))
    const totals = await Promise.all(filters.map(async (filter) => (await opened.store.entries.list(campaign.campaign.id, filter)).total))
    expect(await opened.store.entries.counts(campaign.campaign.id, filters)).toEqual(totals)
    expect(totals).toEqual([3, 1, 1, 0, 2])
  })

  it('[ST66] rows that an older version made are made anew at the start', async () => {
    await push(aChallenge({ description: 'The school is closed since May.' }))
    await opened.damage(`update entries set search = '', sensitivity = '', touched_seq = 0`)
    await opened.damage(`update meta set value = '1' where key = 'projection'`)
    const store = await opened.reopen()
    const { total, facets } = await store.entries.list(campaign.campaign.id, { ...everything, q: 'school', facets: ['sensitivity'] })
    expect([total, facets]).toEqual([1, { sensitivity: { moderate: 1 } }])
    expect((await store.entries.rebuild(campaign.campaign.id)).differing).toEqual([])
  })

  it('[ST68] a view is kept for its coordinator alone, in the order of saving, and not more than forty', async () => {
    const { savedViews } = opened.store
    const [id, mine, other] = [campaign.campaign.id, coordinator.person.member.id, (await campaign.join('coordinator')).person.member.id]
    const view = (n: number) => ({ id: `0190a0b0-0000-7000-8000-${String(n).padStart(12, '0')}`, name: `View ${n}`, search: `q=${n}`, at: `2026-03-01T08:00:${String(n).padStart(2, '0')}.000Z` as never })
    for (let n = 1; n <= 40; n += 1) expect(await savedViews.save(id, mine, view(n))).toBe(true)
    expect(await savedViews.save(id, mine, view(41))).toBe(false)
    expect(await savedViews.save(id, mine, { ...view(1), name: 'Another name' })).toBe(true)
    expect(await savedViews.save(id, other, view(2))).toBe(false)
    await savedViews.remove(id, other, view(3).id)
    expect((await savedViews.list(id, mine)).map(({ name }) => name)).toEqual(['Another name', ...Array.from({ length: 39 }, (_, n) => `View ${n + 2}`)])
    expect(await savedViews.list(id, other)).toEqual([])
    await savedViews.remove(id, mine, view(3).id)
    expect(await (await opened.reopen()).savedViews.list(id, mine)).toHaveLength(39)
  })

  it('[ST1] a list and a search of one campaign know nothing of another', async () => {
    await push(aChallenge({ description: 'The school is closed since May.' }))
    const other = await CampaignOnStore.create(opened.store, 'two')
    const stranger = await other.join('volunteer')
    await stranger.push(stranger.record(aChallenge({ description: 'Another school is open again.' })))
    for (const id of [campaign.campaign.id, other.campaign.id]) expect((await opened.store.entries.list(id, { ...everything, q: 'school', facets: ['kind'] })).facets).toEqual({ kind: { challenge: 1 } })
  })

  async function state(id: EntryId): Promise<{ readonly head: ChangeId }> {
    const entry = await opened.store.entries.state(campaign.campaign.id, id)
    if (entry === null) throw new Error('no such entry')
    return entry
  }
})

describe('several processes on one PostgreSQL', () => {
  it('[ST62] what one has written, the other lists', async () => {
    const opened = await openPostgresDatabase()
    const second = await openPostgresStore({ url: opened.url, clock: steppedClock(), chance: seededChance('second') })
    const campaign = await CampaignOnStore.create(opened.store)
    const author = await campaign.join('volunteer')
    const total = async () => (await second.entries.list(campaign.campaign.id, { ...everything, facets: ['kind'] })).total
    expect(await total()).toBe(0)
    const [one, two] = [author.record(), author.record()]
    await author.push(one)
    expect(await total()).toBe(1)
    await author.push(two, author.change('erase', { reason: 'mine' }, { entryId: one.entryId }))
    expect(await total()).toBe(1)
    expect((await second.entries.list(campaign.campaign.id, everything)).entries.map(({ id }) => id)).toEqual([two.entryId])
    await second.close()
    await opened.remove()
  })
})

describe('the index of words in the file of SQLite', () => {
  it('[ST65] of an erased or withdrawn entry no word is left in the index, byte for byte', async () => {
    const opened = await openSqliteInFolder()
    const campaign = await CampaignOnStore.create(opened.store)
    const author = await campaign.join('volunteer')
    const records = [author.record(aChallenge({ description: 'A zebraquux stands there.' })), author.record(aChallenge({ description: 'One qwyjibo is enough for us.' })), ...Array.from({ length: 1000 }, (_, n) => author.record(aChallenge({ description: `Number ${n} has words of its own ${'abcdefgh'[n % 8] ?? ''}${n}zz.` })))]
    await author.push(...records)
    const bytes = () => {
      const database = openDatabase(opened.path)
      database.exec('pragma wal_checkpoint(truncate)')
      const index = database.prepare('select block from entry_words_data').all().map(({ block }) => Buffer.from(block as Uint8Array).toString('latin1')).join('\n')
      database.close()
      return { index, file: readFileSync(opened.path, 'latin1') }
    }
    expect(bytes().index).toContain('zebraquux')
    expect(bytes().index).toContain('qwyjibo')
    await author.push(author.change('withdraw', { reason: 'no' }, { entryId: records[0]?.entryId as EntryId }), author.change('erase', { reason: 'mine' }, { entryId: records[1]?.entryId as EntryId }))
    expect(bytes().index).not.toContain('zebraq')
    expect(bytes().index).not.toContain('qwyj')
    // The withdrawn words still stand in their changes; the erased ones nowhere in the file.
    expect(bytes().file).not.toContain('qwyj')
    await opened.remove()
  })
})

describe('the words apart, in PostgreSQL', () => {
  it('[ST65] they are those of the entries whatever is written, made anew or altered there, and of an erased or withdrawn one none is left', async () => {
    const opened = await openPostgresDatabase()
    const campaign = await CampaignOnStore.create(opened.store)
    const author = await campaign.join('volunteer')
    const records = ['A zebraquux stands there.', 'One qwyjibo is enough for us.', 'The well is dry.', 'The bridge is gone.'].map((description) => author.record(aChallenge({ description })))
    await author.push(...records)
    const db = openPostgres(opened.url)
    const kept = async () => (await sql<{ readonly words: string }>`select words::text as words from entry_words order by seq`.execute(db)).rows.map(({ words }) => words)
    const differing = async () => (await sql`
      select 1 from entries full join entry_words on entry_words.campaign_id = entries.campaign_id and entry_words.entry_id = entries.id
      where entry_words.seq is distinct from entries.seq or entry_words.words is distinct from array_to_tsvector(string_to_array(entries.search, ' '))`.execute(db)).rows
    expect((await kept()).join(' ')).toMatch(/zebraquux.*qwyjibo/)
    await author.push(author.change('withdraw', { reason: 'no' }, { entryId: records[0]?.entryId as EntryId }), author.change('erase', { reason: 'mine' }, { entryId: records[1]?.entryId as EntryId }))
    expect((await kept()).join(' ')).toMatch(/dry.*bridge/)
    expect((await kept()).join(' ')).not.toMatch(/zebraq|qwyj/)
    expect([(await kept()).length, await differing()]).toEqual([3, []])
    await opened.damage(`update entries set search = 'misleading', seq = seq + 100`)
    expect(await differing()).toEqual([])
    expect((await opened.store.entries.rebuild(campaign.campaign.id)).differing.length).toBe(3)
    expect((await kept()).join(' ')).not.toContain('misleading')
    expect(await differing()).toEqual([])
    await opened.store.erasures.campaign(campaign.campaign.id, '2026-03-01T08:00:00.000Z' as Instant)
    expect(await kept()).toEqual([])
    await db.destroy()
    await opened.remove()
  })
})

const aPhoto = { sha256: 'a'.repeat(64) as never, bytes: 1000, type: 'image/jpeg' as const, width: 100, height: 80, thumb: { sha256: 'b'.repeat(64) as never, bytes: 100 } }

