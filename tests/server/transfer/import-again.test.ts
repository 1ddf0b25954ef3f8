import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { disclosedContent, sensitivityOf } from '#domain/disclosure.ts'
import type { ChangeId } from '#domain/ids.ts'
import { csvText } from '#exchange/csv.ts'
import { geojsonCsv } from '#exchange/geojson-rows.ts'
import { numberText } from '#exchange/read-cells.ts'
import { hashContent } from '#protocol/chain.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { appendAsServer } from '#server/sync/server-device.ts'
import { importRows } from '#server/transfer/import-table.ts'
import { aChallenge } from '../../support/contents.ts'
import { exportCsv, exported } from '../../support/exported.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

it('[SE118] a workbook that was brought in before its numbers were marked as such is known again', async () => {
  const [head, row] = [['date', 'place', 'latitude', 'longitude', 'description'], ['2026-02-03', 'Jacmel', 18.234, -72.535, 'The bridge is gone since the storm.']]
  const [before, today] = [csvText([head, row]), csvText([head, row.map((cell) => (typeof cell === 'number' ? numberText(cell) : cell))])]
  expect(today).not.toBe(before)
  const plan = { kind: 'challenge', columns: { observedOn: 0, placeName: 1, lat: 2, lon: 3, description: 4 }, constants: { country: 'HTI', topic: 'WSH', severity: '3', sourceType: 'secondary', lang: 'en', populationGroup: 'GEN' }, values: {}, dayOrder: 'dmy' } as never
  const who = { campaign: server.campaign, memberId: server.campaign.serverMemberId } as never
  const counts = []
  for (const text of [before, today]) {
    const { accepted, duplicates, refused } = await importRows(server.context, who, { text, how: plan })
    counts.push([accepted, duplicates, refused.length])
  }
  expect(counts).toEqual([[1, 0, 0], [0, 1, 0]])
})

it('[SE506] an import lays beside an entry what its row says, and makes nothing less sensitive than it would be in this campaign', async () => {
  const row = (words: string) => exported(aChallenge({ description: words }), { sensitivity: 'high', translation: 'There is no water.', translator: 'human' })
  const text = (words: string) => exportCsv('challenge', [{ ...row(words), disclosed: disclosedContent(aChallenge({ description: words }), { sensitivity: 'high', purpose: 'export', isReadTwice: true }) }])
  const levels = []
  for (const [words, defaultSensitivity] of [['The well of the camp is dry.', 'moderate'], ['The well of the town is dry.', 'severe']] as const) {
    const { accepted } = await importRows(server.context, { campaign: { ...server.campaign, defaultSensitivity }, memberId: server.campaign.serverMemberId } as never, { text: text(words) })
    const states = [...(await server.context.store.near.states(server.campaign.id, await server.context.store.entries.ids(server.campaign.id, {}))).values()]
    const entry = states.find(({ content }) => content.description === words)
    levels.push([accepted, entry === undefined ? null : sensitivityOf(entry, defaultSensitivity), entry?.corrections['descriptionEn']?.value])
  }
  const translation = { text: 'There is no water.', translator: 'human' }
  expect(levels).toEqual([[1, 'high', translation], [1, 'severe', translation]])
})

const usual = { country: 'HTI', severity: '3', sourceType: 'secondary', lang: 'en', populationGroup: 'GEN' }
const water = { columns: { observedOn: 0, placeName: 1, topic: 2, description: 3 }, constants: usual, values: { topic: { water: 'WSH' } }, dayOrder: 'dmy', kind: 'challenge' } as const
const header = 'date,place,topic,description\n'
const bring = async (text: string, how: unknown, again = false) => {
  const { accepted, duplicates, refused } = await importRows(server.context, { campaign: server.campaign, memberId: server.campaign.serverMemberId } as never, { text, how: how as never, again })
  return [accepted, duplicates, refused.length]
}

it('[SE630] a file that comes again with another word mapped, or with more rows below, makes no second entry of the rows that were here', async () => {
  const rows = '2026-02-03,Jacmel,water,The pump of the market is broken.\n2026-02-04,Jacmel,water,The pump of the market is broken.\n2026-02-03,Jacmel,watter,The well of the market is dry.\n'
  const mapped = { ...water, values: { topic: { watter: 'WSH', water: 'WSH' } } }
  expect(await bring(header + rows, water)).toEqual([2, 0, 1])
  expect(await bring(header + rows, mapped)).toEqual([1, 2, 0])
  expect(await bring(`${header}${rows}2026-02-09,Cayes,school,The school is closed since Monday.\n`, { ...mapped, values: { topic: { ...mapped.values.topic, school: 'EDU' } } })).toEqual([1, 3, 0])
  // Two equal rows stay two, also where one of them is new.
  expect(await bring(`${header}${rows}${rows.split('\n')[0] ?? ''}\n`, mapped)).toEqual([1, 3, 0])
  expect(await bring(header + rows, { ...mapped, constants: { ...usual, severity: '4' } }, true)).toEqual([3, 0, 0])
})

it('[SE880] of two who bring in one table at the same moment, each reading it otherwise, the second is told that its rows are here', async () => {
  const rows = '2026-02-03,Aquin,water,The tank of Aquin has a hole.\n2026-02-04,Aquin,water,The pipe of Aquin was stolen.\n'
  const french = { ...water, constants: { ...usual, lang: 'fr', severity: '4' } }
  expect(await Promise.all([bring(header + rows, water), bring(header + rows, french), bring(header + rows, water)])).toEqual([[2, 0, 0], [0, 0, 2], [0, 2, 0]])
  // Who comes behind one that failed is not kept waiting.
  const [failed, next] = await Promise.allSettled([bring('what,no mapping,knows\n1,2,3\n', undefined), bring(header + rows, water)])
  expect([failed.status, next]).toEqual(['rejected', { status: 'fulfilled', value: [0, 2, 0] }])
})

it('[SE980] so it is where they come to two processes; one that was killed with its turn keeps nobody out, and one that has lost it while it stood still writes nothing', async () => {
  const { context: { store }, context, campaign } = server
  const who = { campaign, memberId: campaign.serverMemberId } as never
  const rows = '2026-02-03,Fond,water,The tank of Fond has a hole.\n'
  const french = { ...water, constants: { ...usual, lang: 'fr', severity: '4' } }
  const two = await Promise.all([context, { ...context }].map((process, at) => importRows(process, who, { text: header + rows, how: (at === 0 ? water : french) as never })))
  expect(two.map(({ accepted, refused }) => accepted + refused.length)).toEqual([1, 1])
  expect(two.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(1)
  // The lease of a killed process ends by its time.
  const lease = { id: `${campaign.id}.tables`, owner: 'killed', now: context.clock.now() - 20_000, expiresAt: context.clock.now(), ask: false }
  expect(await store.uploadLocks.take(lease)).toBe(true)
  expect(await bring(header + rows, two[0]?.accepted === 1 ? water : french)).toEqual([0, 1, 0])
  const lost = { ...context, store: { ...store, uploadLocks: { ...store.uploadLocks, renew: () => Promise.resolve('lost' as const) } } }
  const others = '2026-02-03,Fond,water,The road of Fond is cut.\n'
  await expect(importRows(lost, who, { text: header + others, how: water as never })).rejects.toMatchObject({ problem: { code: 'unavailable' } })
  expect(await bring(header + others, water)).toEqual([1, 0, 0])
  // A connection that breaks just when the turn is given back keeps nobody waiting for its time.
  const drop = vi.fn<typeof store.uploadLocks.drop>(store.uploadLocks.drop).mockRejectedValueOnce(new Error('Connection terminated unexpectedly'))
  const broken = { ...context, store: { ...store, uploadLocks: { ...store.uploadLocks, drop } } }
  expect(await importRows(broken, who, { text: header + others, how: water as never })).toMatchObject({ duplicates: 1 })
  expect(await store.uploadLocks.take({ ...lease, owner: 'next', now: context.clock.now(), expiresAt: context.clock.now() + 1 })).toBe(true)
  await store.uploadLocks.drop({ ...lease, owner: 'next' })
})

it('[SE690] rows that are here as somebody else read them are left out and told, until somebody says that they are meant', async () => {
  const rows = '2026-02-03,Limbe,water,The canal of Limbe is full of mud.\n2026-02-03,Limbe,water,The canal of Limbe is full of mud.\n2026-03-02,Limbe,water,The gate of the canal does not close.\n'
  const french = { ...water, constants: { ...usual, lang: 'fr', severity: '4' } }
  expect(await bring(header + rows, water)).toEqual([3, 0, 0])
  const told = await importRows(server.context, { campaign: server.campaign, memberId: server.campaign.serverMemberId } as never, { text: header + rows, how: french as never })
  expect(told).toMatchObject({ accepted: 0, duplicates: 0, otherwise: 3, refused: [2, 3, 4].map((row) => ({ row, reason: 'here-otherwise' })) })
  // Other codes for its words, another order of its days, other columns beside, another place of the columns.
  expect(await bring(header + rows, { ...water, values: { topic: { water: 'SHL' } } })).toEqual([0, 0, 3])
  expect(await bring(header + rows, { ...water, dayOrder: 'mdy' })).toEqual([0, 3, 0])
  expect(await bring(`date,place,topic,description,remark\n${rows.replaceAll('.\n', '.,seen by night\n')}`, french)).toEqual([0, 0, 3])
  // What is new of such a file comes in: a third equal row, another day, another number.
  expect(await bring(`${header}${rows}${rows.split('\n')[0] ?? ''}\n2026-02-05,Limbe,water,The gate of the canal does not close.\n`, french)).toEqual([2, 0, 3])
  expect(await bring(header + rows, french, true)).toEqual([3, 0, 0])
})

it('[SE690] a row with an id of where it was collected is known by that alone under another reading, also one that came in under the names of before', async () => {
  const plan = { ...water, columns: { observedOn: 1, placeName: 2, topic: 3, description: 4 } }
  const file = (id: string, words = 'The reservoir of Plaisance is empty.') => `_uuid,date,place,topic,description\n8c2a0f7e-0000-4000-8000-00000000001${id},2026-02-03,Plaisance,water,${words}\n`
  const french = { ...plan, constants: { ...usual, lang: 'fr', severity: '5' } }
  expect([await bring(file('1'), plan), await bring(file('1'), french), await bring(file('2'), french)]).toEqual([[1, 0, 0], [0, 0, 1], [1, 0, 0]])
  const { changes } = server.context.store
  const before = { ...server.context, store: { ...server.context.store, changes: { ...changes, held: (_campaign: unknown, ids: readonly ChangeId[]) => Promise.resolve(new Set(ids)) } } }
  const who = { campaign: server.campaign, memberId: server.campaign.serverMemberId } as never
  const old = file('3', 'The dam above Plaisance has a crack.')
  expect(await importRows(before, who, { text: old, how: plan as never })).toMatchObject({ accepted: 1 })
  expect([await bring(old, french), await bring(file('4', 'The dam above Plaisance has a crack.'), french)]).toEqual([[0, 0, 1], [1, 0, 0]])
})

it('[SE820] a row that was put right where it was collected, and comes again, is told to be here already', async () => {
  const plan = { ...water, columns: { observedOn: 4, placeName: 5, topic: 6, description: 7 } }
  const id = (n: number) => `8c2a0f7e-0000-4000-8000-0000000008${n}`
  // KoboToolbox and ODK Central call an edited row otherwise in one column, and as ever in another.
  const file = (words: string, { kobo = '', root = '', instance = '', key = '' }) => `_uuid,meta/rootUuid,meta-instanceID,KEY,date,place,topic,description\n${kobo},${root},${instance},${key},2026-02-03,Verrettes,water,${words}\n`
  const [wrong, right] = ['The sluice of Verettes is brocken.', 'The sluice of Verrettes is broken.']
  expect([await bring(file(wrong, { kobo: id(10), root: `uuid:${id(10)}` }), plan), await bring(file(right, { kobo: id(11), root: `uuid:${id(10)}` }), plan)]).toEqual([[1, 0, 0], [0, 0, 1]])
  expect([await bring(file(wrong, { instance: `uuid:${id(12)}`, key: `uuid:${id(12)}` }), plan), await bring(file(right, { instance: `uuid:${id(13)}`, key: `uuid:${id(12)}` }), plan)]).toEqual([[1, 0, 0], [0, 0, 1]])
  // Without an id that stays, and from a version that read the id of the edit alone.
  expect([await bring(file(wrong, { kobo: id(14) }), plan), await bring(file(wrong, { kobo: id(14), root: `uuid:${id(15)}` }), plan)]).toEqual([[1, 0, 0], [0, 1, 0]])
  expect(await bring(file(right, { kobo: id(10), root: `uuid:${id(10)}` }), plan, true)).toEqual([1, 0, 0])
  // What the same row tells of an action is an entry of its own.
  const action = { ...plan, kind: 'action', columns: { startOn: 4, placeName: 5, topic: 6, description: 7 }, constants: { country: 'HTI', actionType: 'education', status: 'ongoing', orgName: 'Dlo', orgType: '443', sourceType: 'secondary', lang: 'en', populationGroup: 'GEN' } }
  expect(await bring(file(right, { instance: `uuid:${id(13)}`, key: `uuid:${id(12)}` }), action)).toEqual([1, 0, 0])
})

it('[SE820] Epicollect5 calls a row by its id too, also one that came in before that was read', async () => {
  const plan = { ...water, columns: { observedOn: 1, placeName: 2, topic: 3, description: 4 } }
  const file = (words: string) => `ec5_uuid,1_Date,2_Place,3_Topic,4_Text\n8c2a0f7e-0000-4000-8000-000000000830,2026-02-03,Ennery,water,${words}\n`
  expect([await bring(file('The wel of Ennery is dry.'), plan), await bring(file('The well of Ennery is dry.'), plan)]).toEqual([[1, 0, 0], [0, 0, 1]])
  const unread = file('The brook of Ennery is dry.').replace('ec5_uuid', 'id')
  expect([await bring(unread, plan), await bring(file('The brook of Ennery is dry.'), plan)]).toEqual([[1, 0, 0], [0, 1, 0]])
})

it('[SE630] what a tool of collection gave an id is the same entry in its table and in its map; without one it is told to be alike', async () => {
  const columns = { observedOn: 1, placeName: 2, topic: 3, description: 4 }
  const file = (id: string) => `_uuid,date,place,topic,description,_location_latitude,_location_longitude\n${id},2026-02-03,Jacmel,water,The spring above the road is dry.,18.234,-72.535\n`
  const map = (id: string) => geojsonCsv(JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', geometry: { type: 'Point', coordinates: [-72.535, 18.234] }, properties: { date: '2026-02-03', place: 'Jacmel', topic: 'water', description: 'The spring above the road is dry.', 'meta/instanceID': id } }] })) ?? ''
  const both = async (id: string, named: string) => [await bring(file(id), { ...water, columns: { ...columns, lat: 5, lon: 6 } }), await bring(map(named), { ...water, columns: { observedOn: 0, placeName: 1, topic: 2, description: 3, lat: 5, lon: 6 } })]
  expect(await both('8C2A0F7E-0000-4000-8000-000000000001', 'uuid:8c2a0f7e-0000-4000-8000-000000000001')).toEqual([[1, 0, 0], [0, 1, 0]])
  expect(await both('8c2a0f7e-0000-4000-8000-000000000002', '8c2a0f7e-0000-4000-8000-000000000003')).toEqual([[1, 0, 0], [1, 0, 0]])
  expect(await both('17', '17')).toEqual([[0, 0, 1], [0, 0, 1]])
})

it('[SE630] a table that came in under the names of before is known again, also what was erased of it', async () => {
  const text = `${header}2026-02-03,Jacmel,water,The tank of the school leaks.\n`
  const { changes } = server.context.store
  const before = { ...server.context, store: { ...server.context.store, changes: { ...changes, held: (_campaign: unknown, ids: readonly ChangeId[]) => Promise.resolve(new Set(ids)) } } }
  const who = { campaign: server.campaign, memberId: server.campaign.serverMemberId } as never
  expect(await importRows(before, who, { text, how: water as never })).toMatchObject({ accepted: 1, duplicates: 0 })
  expect(await bring(text, water)).toEqual([0, 1, 0])
  const entry = [...(await server.context.store.near.states(server.campaign.id, await server.context.store.entries.ids(server.campaign.id, {}))).values()].find(({ content }) => content.description === 'The tank of the school leaks.')
  await appendAsServer(server.context, server.campaign, [{ entryId: entry?.id ?? ('' as never), type: 'erase', base: entry?.head ?? null, body: { reason: 'asked for' } }])
  expect(await bring(text, water)).toEqual([0, 0, 1])
})

const eraseSaying = async (words: string) => {
  const { entries, near } = server.context.store
  const entry = [...(await near.states(server.campaign.id, await entries.ids(server.campaign.id, {}))).values()].find(({ content }) => content.description === words)
  await appendAsServer(server.context, server.campaign, [{ entryId: entry?.id ?? ('' as never), type: 'erase', base: entry?.head ?? null, body: { reason: 'asked for' } }])
}

it('[SE750] a row whose entry was erased comes in under no other reading, whatever is said, and its equals and neighbours do', async () => {
  const rows = '2026-02-03,Gonave,water,The boat with water does not come.\n2026-02-03,Gonave,water,The boat with water does not come.\n2026-03-02,Gonave,water,The quay of the island is broken.\n'
  const french = { ...water, constants: { ...usual, lang: 'fr', severity: '4' } }
  expect(await bring(header + rows, water)).toEqual([3, 0, 0])
  await eraseSaying('The quay of the island is broken.')
  await eraseSaying('The boat with water does not come.')
  const told = await importRows(server.context, { campaign: server.campaign, memberId: server.campaign.serverMemberId } as never, { text: header + rows, how: french as never })
  // Of two equal rows it is the same which one is which.
  expect([told.accepted, told.otherwise, told.refused.map(({ reason }) => reason).sort()]).toEqual([0, 1, ['erased-here', 'erased-here', 'here-otherwise']])
  expect(await bring(header + rows, water)).toEqual([0, 1, 2])
  // The button is for the one that is here.
  expect(await bring(header + rows, french, true)).toEqual([1, 0, 2])
  // Another row of the same words, of another day, is another row.
  expect(await bring(`${header}2026-03-03,Gonave,water,The quay of the island is broken.\n`, french)).toEqual([1, 0, 0])
})

it('[SE750] nor does one that has an id of where it was collected, though its words were changed there since', async () => {
  const plan = { ...water, columns: { observedOn: 1, placeName: 2, topic: 3, description: 4 } }
  const file = (id: string, words: string) => `_uuid,date,place,topic,description\n8c2a0f7e-0000-4000-8000-00000000002${id},2026-02-03,Saut,water,${words}\n`
  expect(await bring(file('1', 'The fall of Saut is dry.'), plan)).toEqual([1, 0, 0])
  await eraseSaying('The fall of Saut is dry.')
  expect([await bring(file('1', 'The fall of Saut is dry, says Marie.'), plan), await bring(file('2', 'The fall of Saut is dry.'), plan)]).toEqual([[0, 0, 1], [1, 0, 0]])
})

it('[SE630] an export of another campaign is the same entries as table and as map', async () => {
  const there = await startTestServer()
  const [awa, ruth] = [await there.join('volunteer'), await there.join('coordinator')]
  const records = ['The cistern of the upper town is dry.', '=1+1 cups of water a day for each of us.'].map((description) => awa.change('record', { content: aChallenge({ description, need: ['water', 'food'], lat: 18.5123, lon: -72.2891, geoPrecisionM: 20 }) }))
  await awa.push(records)
  const digest = (text: string) => Promise.resolve(sha256Of(text))
  const decisions = await Promise.all(records.map(async ({ body }) => hashContent({ content: body.content, corrections: {} }, digest)))
  await ruth.push(records.map(({ id, entryId }, n) => ruth.change('decide', { revision: id, contentHash: decisions[n] ?? sha256Of(''), verdict: 'approve', questions: [] }, { entryId, base: id })))
  const taken = async (path: string) => (await there.send(`/api/v1${path}`, { method: 'GET', headers: { ...ruth.headers, ...(await ruth.proof('GET', path)) } })).text
  const [table, map] = [await taken('/export?format=csv&kind=challenge'), geojsonCsv(await taken('/export?format=geojson')) ?? '']
  await there.close()
  expect([await bring(table, undefined), await bring(map, undefined), await bring(table, undefined)]).toEqual([[2, 0, 0], [0, 2, 0], [0, 2, 0]])
})

it('[SE988] a day of today with a year of two digits comes in where it is tomorrow already', async () => {
  const evening = { ...server.context, clock: { now: () => Date.parse('2026-11-30T18:30:00Z') } }
  const at = async (day: string) => (await importRows(evening, { campaign: server.campaign, memberId: server.campaign.serverMemberId } as never, { text: `${header}${day},Jumla,water,The spring above the school is dry.\n`, how: water as never })).refused.map(({ reason }) => reason)
  expect([await at('01/12/26'), await at('02/12/26')]).toEqual([[], ['year-unclear']])
})
