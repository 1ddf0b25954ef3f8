import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Kysely, sql } from 'kysely'
import type { CampaignId } from '#domain/ids.ts'
import type { ChangeEnvelope } from '#domain/change.ts'
import { leavingQuery, sendOffQuery } from '#server/store/sql/files.ts'
import { maxAreas } from '#domain/areas.ts'
import { topics } from '#domain/codes/code-lists.ts'
import { answersQuery, grouped, mostGroups, sameEventsQuery } from '#server/store/sql/overview.ts'
import type { Tables } from '#server/store/sql/schema.ts'
import { createNodeSqliteDialect } from '#server/store/sqlite/dialect.ts'
import { openDatabase } from '#server/store/sqlite/open-sqlite-store.ts'
import type { ListFilter } from '#server/store/entry-filters.ts'
import { aChallenge, anAction } from '../../support/contents.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { openSqliteInFolder, stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

const everything: ListFilter = { chosen: {}, from: null, to: null, q: null }
const [ouest, nord] = [{ country: 'HTI', adm1Code: 'HT01', adm1Name: 'Ouest' }, { country: 'HTI', adm1Code: 'HT03', adm1Name: 'Nord' }] as const

describe.each(stores)('an overview from the store on $name', ({ open }) => {
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

  const overview = (about: Partial<ListFilter> = {}) => opened.store.entries.overview(campaign.campaign.id, { ...everything, ...about })
  const approve = async (entry: ChangeEnvelope) => coordinator.push(await coordinator.decide(entry.entryId, { verdict: 'approve' }))
  const answers = (action: ChangeEnvelope, challenge: ChangeEnvelope, coverage?: 'little' | 'partly' | 'mostly' | 'fully' | 'unknown') =>
    author.change('link', { to: challenge.entryId, kind: 'answers', ...(coverage === undefined ? {} : { coverage }) }, { entryId: action.entryId, base: action.id })

  it('[ST81] counts areas with their authors, and the middle of what was reported there', async () => {
    const other = await campaign.join('volunteer')
    await author.push(author.record(aChallenge({ ...ouest, lat: 18.5, lon: -72.3 })), author.record(anAction({ ...ouest, lat: 18.7, lon: -72.5 })), author.record(aChallenge(nord)))
    await other.push(other.record(aChallenge(ouest)))
    const { areas, total, authors } = await overview()
    expect([total, authors]).toEqual([4, 2])
    expect(areas.map(({ adm1, challenges, actions, authors: own, point }) => [adm1, challenges, actions, own, point])).toEqual([['HT01', 2, 1, 2, [-72.4, 18.6]], ['HT03', 1, 0, 1, null]])
  })

  it('[ST82] a challenge counts once, by the best that an approved action does about it', async () => {
    const challenges = Array.from({ length: 5 }, () => author.record(aChallenge(ouest)))
    const actions = [author.record(anAction(ouest)), author.record(anAction(ouest))]
    const [first, second, third, fourth] = challenges as [ChangeEnvelope, ChangeEnvelope, ChangeEnvelope, ChangeEnvelope]
    const [approved, received] = actions as [ChangeEnvelope, ChangeEnvelope]
    await author.push(...challenges, ...actions)
    await author.push(answers(approved, first, 'little'), answers(approved, first, 'partly'), answers(approved, second, 'fully'), answers(approved, third), answers(received, fourth, 'mostly'))
    expect((await overview()).cells).toEqual([{ ...cell, none: 5, little: 0, partly: 0, mostly: 0 }])
    await approve(approved)
    expect((await overview()).cells).toEqual([{ ...cell, none: 2, little: 1, partly: 1, mostly: 1 }])
    await approve(received)
    expect((await overview()).cells).toEqual([{ ...cell, none: 1, little: 1, partly: 1, mostly: 2 }])
    // The projection made anew says the same.
    expect((await opened.store.entries.rebuild(campaign.campaign.id)).differing).toEqual([])
  })
  const cell = { country: 'HTI', adm1: 'HT01', topic: 'EDU' }

  it('[ST82] what is planned answers a little, and what was called off nothing', async () => {
    const [first, second] = [author.record(aChallenge(ouest)), author.record(aChallenge(ouest))]
    const { reached: _reached, ...unreached } = anAction({ ...ouest, status: 'planned' }) as ReturnType<typeof anAction> & { reached?: unknown }
    const [planned, cancelled] = [author.record(unreached as ReturnType<typeof anAction>), author.record(anAction({ ...ouest, status: 'cancelled' }))]
    await author.push(first, second, planned, cancelled)
    await author.push(answers(planned, first, 'fully'), answers(cancelled, second, 'fully'))
    await approve(planned)
    await approve(cancelled)
    expect((await overview()).cells).toEqual([{ ...cell, none: 1, little: 1, partly: 0, mostly: 0 }])
  })

  it('[ST82] what answers one report of an event answers the others that somebody else than their author tied to it; what was only heard of answers none', async () => {
    const [told, again, own, alone] = Array.from({ length: 4 }, () => author.record(aChallenge(ouest))) as [ChangeEnvelope, ChangeEnvelope, ChangeEnvelope, ChangeEnvelope]
    const [action, rumour] = [author.record(anAction(ouest)), author.record(anAction({ ...ouest, sourceType: 'rumour' }))]
    await author.push(told, again, own, alone, action, rumour)
    await author.push(answers(action, again, 'partly'), answers(rumour, alone, 'mostly'), author.change('link', { to: again.entryId, kind: 'duplicateOf' }, { entryId: own.entryId, base: own.id }))
    await approve(action)
    await approve(rumour)
    expect((await overview()).cells).toEqual([{ ...cell, none: 3, little: 0, partly: 1, mostly: 0 }])
    const tie = coordinator.change('link', { to: told.entryId, kind: 'duplicateOf' }, { entryId: again.entryId, base: again.id })
    await coordinator.push(tie)
    expect((await overview()).cells).toEqual([{ ...cell, none: 2, little: 0, partly: 2, mostly: 0 }])
    await coordinator.push(coordinator.change('unlink', { link: tie.id }, { entryId: again.entryId, base: again.id }))
    expect((await overview()).cells).toEqual([{ ...cell, none: 3, little: 0, partly: 1, mostly: 0 }])
    expect((await opened.store.entries.rebuild(campaign.campaign.id)).differing).toEqual([])
  })

  it('[ST191] a region of the campaign is one however it was named, in the overview, the filters and the queue, from the moment on that it is of the campaign', async () => {
    const places = [{ adm1Code: 'HT01' }, { adm1Name: 'OUEST' }, { adm1Name: 'Lwès' }, { adm1Code: 'HT0111' }, { adm2Code: 'HT0111' }, { adm1Name: 'Nippes' }]
    await author.push(...places.map((place) => {
      const { adm1Code: _code, adm1Name: _name, ...bare } = aChallenge() as ReturnType<typeof aChallenge> & { adm1Code?: string }
      return author.record({ ...bare, ...place } as ReturnType<typeof aChallenge>)
    }))
    const read = async () => {
      const { areas } = await overview()
      const { facets } = await opened.store.entries.list(campaign.campaign.id, { ...everything, after: null, limit: 50, sort: 'oldest', facets: ['adm1'] } as never)
      return [areas.map(({ adm1, challenges }) => [adm1, challenges]), facets['adm1']]
    }
    expect((await read())[0]).toEqual([['HT01', 1], ['HT0111', 2], ['Lwès', 1], ['Nippes', 1], ['OUEST', 1]])
    const areas = [{ code: 'HT01', name: 'Ouest', names: { ht: 'Lwès' }, country: 'HTI' }, { code: 'HT0111', name: 'Port-au-Prince', country: 'HTI', within: 'HT01' }]
    await opened.store.campaigns.change(campaign.campaign.id, { revision: 0, at: '2026-03-01T09:00:00Z' as never, memberId: coordinator.person.member.id, settle: (now) => ({ campaign: { ...now, areas }, changes: [{ setting: 'areas', before: null, after: null }] }) })
    expect(await read()).toEqual([[['HT01', 5], ['Nippes', 1]], { HT01: 5, Nippes: 1 }])
    expect((await overview({ chosen: { adm1: ['HT01'] } })).total).toBe(5)
    await author.push(author.record(aChallenge({ adm1Name: 'ouest' })))
    expect((await overview({ chosen: { adm1: ['HT01'] } })).total).toBe(6)
  })

  it('[ST860] after another list of areas a region with a code of before is the one that its name means, and is found by either code', async () => {
    await author.push(author.record(aChallenge(ouest)), author.record(aChallenge(ouest)), author.record(aChallenge(nord)), author.record(aChallenge({ adm1Code: 'HT-OU' })))
    const areas = [{ code: 'HT-OU', name: 'Ouest', country: 'HTI' }, { code: 'HT-NI', name: 'Nippes', country: 'HTI' }]
    await opened.store.campaigns.change(campaign.campaign.id, { revision: 0, at: '2026-03-01T09:00:00Z' as never, memberId: coordinator.person.member.id, settle: (now) => ({ campaign: { ...now, areas }, changes: [{ setting: 'areas', before: null, after: null }] }) })
    expect((await overview()).areas.map(({ adm1, challenges }) => [adm1, challenges])).toEqual([['HT-OU', 3], ['HT03', 1]])
    expect(await regions(['HT-OU'])).toEqual([3, { 'HT-OU': 3, HT03: 1 }])
    // What is in no list is called as its entries call it.
    expect((await overview()).names).toEqual({ HT03: 'Nord' })
    expect((await opened.store.entries.list(campaign.campaign.id, { ...everything, after: null, limit: 50, sort: 'oldest', facets: ['adm1'] } as never)).names?.['adm1']).toEqual({ HT03: 'Nord' })
    // A saved view or an address of before.
    expect((await regions(['HT01']))[0]).toBe(3)
    expect((await overview({ chosen: { adm1: ['HT03'] } })).total).toBe(1)
  })

  it('[ST245] a region that no list has is one in whatever spelling, in the overview, the filters and the queue, as in the report', async () => {
    await author.push(...['Ouest', 'ouest', ' OUEST', 'Grand’Anse', "Grand'Anse", 'Nord'].map((adm1Name) => author.record(aChallenge({ adm1Name }))))
    expect((await overview()).areas.map(({ adm1, challenges }) => [adm1, challenges])).toEqual([['Grand’Anse', 2], ['Nord', 1], ['Ouest', 3]])
    expect(await regions([])).toEqual([6, { Ouest: 3, 'Grand’Anse': 2, Nord: 1 }])
    expect((await regions(['Ouest']))[0]).toBe(3)
    // An address of before names it as somebody wrote it.
    expect((await regions(['OUEST']))[0]).toBe(3)
    expect((await overview({ chosen: { adm1: ['ouest'] } })).total).toBe(3)
  })

  const regions = async (adm1: readonly string[]) => {
    const { total, facets } = await opened.store.entries.list(campaign.campaign.id, { ...everything, chosen: { adm1 }, after: null, limit: 50, sort: 'oldest', facets: ['adm1'] } as never)
    return [total, facets['adm1']]
  }
  const bare = () => {
    const { adm1Code: _code, adm1Name: _name, ...rest } = aChallenge() as ReturnType<typeof aChallenge> & { adm1Code?: string }
    return rest as ReturnType<typeof aChallenge>
  }

  it('[CO247] entries of a country that name no region are a list of their own, with as many as the overview counts, also beside a region of another country', async () => {
    await author.push(author.record(bare()), author.record(bare()), author.record(aChallenge(ouest)), author.record({ ...bare(), country: 'MLI' }), author.record(aChallenge({ country: 'MLI', adm1Code: 'ML01' })))
    const { areas } = await overview()
    expect(areas.map(({ country, adm1, challenges }) => [country, adm1, challenges])).toEqual([['HTI', null, 2], ['HTI', 'HT01', 1], ['MLI', null, 1], ['MLI', 'ML01', 1]])
    const all = { '/HTI': 2, '/MLI': 1, HT01: 1, ML01: 1 }
    expect(await regions(['/HTI'])).toEqual([2, all])
    expect(await regions(['/HTI', 'ML01'])).toEqual([3, all])
    expect((await overview({ chosen: { country: ['HTI', 'MLI'], adm1: ['/HTI', 'ML01'] } })).total).toBe(3)
  })

  it('[CO248] a filter that names a region as somebody wrote it finds what is listed under its code since, and is counted so', async () => {
    await author.push(author.record({ ...bare(), adm1Name: 'OUEST' }), author.record({ ...bare(), adm1Name: 'OUEST' }), author.record({ ...bare(), adm1Name: 'Nippes' }))
    expect(await regions(['OUEST'])).toEqual([2, { Nippes: 1, OUEST: 2 }])
    const areas = [{ code: 'HT01', name: 'Ouest', country: 'HTI' }, { code: 'ML01', name: 'Kayes', country: 'MLI' }]
    await opened.store.campaigns.change(campaign.campaign.id, { revision: 0, at: '2026-03-01T09:00:00Z' as never, memberId: coordinator.person.member.id, settle: (now) => ({ campaign: { ...now, areas }, changes: [{ setting: 'areas', before: null, after: null }] }) })
    expect(await regions(['OUEST'])).toEqual([2, { HT01: 2, Nippes: 1, OUEST: 2 }])
    expect((await overview({ chosen: { adm1: ['OUEST', 'Nippes'] } })).total).toBe(3)
  })

  it('[ST82] an approved action answers also while its author’s edit waits to be read, and no longer once it is withdrawn', async () => {
    const [challenge, action] = [author.record(aChallenge(ouest)), author.record(anAction(ouest))]
    await author.push(challenge, action)
    await author.push(answers(action, challenge, 'mostly'))
    await approve(action)
    const reached = async () => (await overview()).cells.map(({ none, mostly }) => [none, mostly])
    expect(await reached()).toEqual([[0, 1]])
    await author.push(author.change('revise', { set: { title: 'Other words' }, unset: [], answers: [] }, { entryId: action.entryId, base: action.id }))
    expect(await reached()).toEqual([[0, 1]])
    await author.push(author.change('withdraw', {}, { entryId: action.entryId, base: action.id }))
    expect(await reached()).toEqual([[1, 0]])
  })

  it('[ST81] an organisation is one however its name is written', async () => {
    await author.push(...['Fanm Vanyan', 'FANM-VANYAN', ' fanm  vanyàn', 'Lekòl'].map((orgName) => author.record(anAction({ ...ouest, orgName }))))
    expect((await overview()).who.map(({ org, actions }) => [org, actions])).toEqual([['Fanm Vanyan', 3], ['Lekòl', 1]])
  })

  it('[CO266] the actions of an organisation are listed as they are counted: by its name however it is written, and by no other words', async () => {
    await author.push(...['Fanm Vanyan', 'FANM-VANYAN', ' fanm  vanyàn', 'Fanm Vanyan Nord'].map((orgName) => author.record(anAction({ ...ouest, orgName }))))
    await author.push(author.record(anAction({ ...ouest, orgName: 'Lekòl', description: 'Done together with Fanm Vanyan.', partners: ['Fanm Vanyan'] })), author.record(aChallenge({ ...ouest, description: 'Fanm Vanyan wrote this.' })))
    const list = async (doer: string) => opened.store.entries.list(campaign.campaign.id, { ...everything, chosen: { kind: ['action'] }, doer, sort: 'oldest', after: null, limit: 50, facets: [] })
    const { who } = await overview()
    expect(who.map(({ actions }) => actions)).toEqual([3, 1, 1])
    for (const { org, actions } of who) expect([org, (await list(org)).total]).toEqual([org, actions])
    expect((await list('fanm vanyan')).total).toBe(3)
    expect((await list('')).total).toBe(0)
    expect(await opened.store.entries.counts(campaign.campaign.id, [{ ...everything, doer: 'LEKOL' }])).toEqual([1])
  })

  it('[ST81] each part is counted under the filters of the others and without its own', async () => {
    await author.push(
      author.record(aChallenge({ ...ouest, topic: 'EDU', severity: 2, observedOn: '2026-02-02' })), author.record(aChallenge({ ...ouest, topic: 'HEA', severity: 4, observedOn: '2026-02-10' })),
      author.record(aChallenge({ ...nord, topic: 'EDU', severity: 4, observedOn: '2026-02-10' })), author.record(anAction({ ...nord, topic: 'EDU', observedOn: '2026-02-10' })),
    )
    const chosen = await overview({ chosen: { adm1: ['HT03'], topic: ['EDU'], severity: ['4'] }, from: '2026-02-08' })
    expect(chosen.total).toBe(1)
    // Another area, another topic, another week and another severity stay visible where they would be chosen.
    expect(chosen.areas.map(({ adm1 }) => adm1)).toEqual(['HT03'])
    expect(chosen.cells.map(({ adm1, topic }) => `${adm1} ${topic}`)).toEqual(['HT01 HEA', 'HT03 EDU'])
    expect(chosen.severities).toEqual([{ topic: 'EDU', severity: 4, count: 1 }])
    const byWeek = await overview({ from: '2026-02-08' })
    expect(byWeek.days).toEqual([{ day: '2026-02-02', challenges: 1, actions: 0 }, { day: '2026-02-10', challenges: 2, actions: 1 }])
    expect(byWeek.topicDays).toEqual([{ day: '2026-02-02', topic: 'EDU', count: 1 }, { day: '2026-02-10', topic: 'EDU', count: 2 }, { day: '2026-02-10', topic: 'HEA', count: 1 }])
    expect(byWeek.who).toEqual([{ org: 'Fanm Vanyan', topic: 'EDU', country: 'HTI', adm1: 'HT03', actions: 1 }])
    expect(byWeek.severities).toEqual([{ topic: 'EDU', severity: 4, count: 1 }, { topic: 'HEA', severity: 4, count: 1 }])
  })

  it('[ST81] every filter of the queue narrows it, words and organisations too', async () => {
    await author.push(author.record(aChallenge({ ...ouest, description: 'The well is dry since Monday.' })), author.record(aChallenge({ ...nord, description: 'The school is closed.' })))
    expect((await overview({ q: 'well' })).areas.map(({ adm1 }) => adm1)).toEqual(['HT01'])
    expect((await overview({ chosen: { kind: ['action'] } })).total).toBe(0)
  })

  it('[ST81] what was erased or withdrawn from counting is in no count', async () => {
    const record = author.record(aChallenge(ouest))
    await author.push(record)
    await author.push(author.change('erase', { reason: 'withdrawn' }, { entryId: record.entryId, base: record.id }))
    expect(await overview()).toEqual({ total: 0, authors: 0, areas: [], cells: [], days: [], topicDays: [], who: [], severities: [], names: {}, leftOut: { areas: 0, cells: 0, who: 0 } })
  })
})

describe('what goes by itself', () => {
  it('[SE74] originals that are to go are found by an index of nothing else', async () => {
    const opened = await openSqliteInFolder()
    const db = new Kysely<Tables>({ dialect: createNodeSqliteDialect(openDatabase(opened.path)) })
    const query = leavingQuery(db, 200).compile()
    const { rows } = await sql<{ detail: string }>`explain query plan ${sql.raw(query.sql.replaceAll('?', '200'))}`.execute(db)
    expect(rows.map(({ detail }) => detail)).toEqual([expect.stringContaining('USING INDEX files_leaving')])
    const { rows: sent } = await sql<{ detail: string }>`explain query plan ${sql.raw(sendOffQuery(db, 'c' as CampaignId).compile().sql.replaceAll('?', "'x'"))}`.execute(db)
    expect(sent.map(({ detail }) => detail)).toEqual([expect.stringMatching(/USING (COVERING )?INDEX files_kept/)])
    await db.destroy()
    await opened.remove()
  })
})

describe('an overview of many entries', () => {
  const keys = ['b', 'a', 'c', 'b', 'd', 'c', 'c']
  const places = keys.map((_, place) => place)
  const keyOf = (place: number) => [keys[place] ?? '']
  const read = ({ groups, leftOut }: ReturnType<typeof grouped>) => [groups.map(({ key: [key], places: here }) => [key, here.length]), leftOut]

  it('[ST190] keeps the groups with the most entries in their order, and says how many others there are', () => {
    expect(read(grouped(places, keyOf))).toEqual([[['a', 1], ['b', 2], ['c', 3], ['d', 1]], 0])
    expect(read(grouped(places, keyOf, { most: 3 }))).toEqual([[['a', 1], ['b', 2], ['c', 3]], 1])
    expect(read(grouped(places, keyOf, { most: 2 }))).toEqual([[['b', 2], ['c', 3]], 2])
  })

  it('[ST190] of days it keeps the last ones, however few entries they have', () => {
    expect(read(grouped(places, keyOf, { keep: 'last', most: 2 }))).toEqual([[['c', 3], ['d', 1]], 2])
  })

  it('[ST190] has room for every topic in every area that a campaign can have', () => {
    expect(mostGroups).toBeGreaterThanOrEqual(maxAreas * topics.length)
  })

  it('[ST83] reads of the links only an index', async () => {
    const opened = await openSqliteInFolder()
    const db = new Kysely<Tables>({ dialect: createNodeSqliteDialect(openDatabase(opened.path)) })
    for (const query of [answersQuery(db, 'c' as CampaignId).compile(), sameEventsQuery(db, 'c' as CampaignId).compile()]) {
      const { rows } = await sql<{ detail: string }>`explain query plan ${sql.raw(query.sql.replaceAll('?', "'x'"))}`.execute(db)
      expect(rows.map(({ detail }) => detail)).toEqual([expect.stringContaining('USING COVERING INDEX entry_links_by_target')])
    }
    await db.destroy()
    await opened.remove()
  })
})
