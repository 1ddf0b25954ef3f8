import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditResponse } from '#protocol/audit.ts'
import { appendAsServer } from '#server/sync/server-device.ts'
import { importRows } from '#server/transfer/import-table.ts'
import type { TableImport } from '#server/transfer/import-table.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const constants = { country: 'HTI', severity: '3', sourceType: 'secondary', lang: 'en', populationGroup: 'GEN', topic: 'WSH' }
const plan = { kind: 'challenge', columns: { observedOn: 1, placeName: 2, description: 3 }, constants, values: {}, dayOrder: 'dmy' } as const
const listed = (list: string) => ({ ...plan, rowId: { column: 0, list } })
const who = () => ({ campaign: server.campaign, memberId: server.campaign.serverMemberId }) as never
const file = (...rows: readonly string[]) => `No,date,place,text\n${rows.join('\n')}\n`
const full = (text: string, how: unknown, more: { readonly again?: boolean; readonly isTrial?: boolean } = {}) => importRows(server.context, who(), { text, how: how as never, ...more })
const bring = async (text: string, how: unknown, more?: { readonly again?: boolean; readonly isTrial?: boolean }) => {
  const { accepted, duplicates, refused } = await full(text, how, more)
  return [accepted, duplicates, refused.map(({ row, reason }) => `${row} ${reason}`)]
}
const states = async () => [...(await server.context.store.near.states(server.campaign.id, await server.context.store.entries.ids(server.campaign.id, {}))).values()]
const saying = async (words: string) => (await states()).find(({ content }) => content.description === words)

it('[SE990] a row is known by its number in a list of somebody’s own, and one that was put right there is told, with its entry and its fields', async () => {
  const [first, second] = ['1,2026-02-03,Jacmel,The pump of the market is brocken.', '2,2026-02-04,Cayes,The school has no roof any more.']
  expect(await bring(file(first, second), listed('Dlo 2026'))).toEqual([2, 0, []])
  const right = '001,2026-02-05,Jakmel,The pump of the big market is broken since Monday.'
  const told = await full(file(right, second, '3,2026-02-09,Leogane,The road to the clinic is under water.'), listed(' DLO  2026'))
  const entry = await saying('The pump of the market is brocken.')
  expect([told.accepted, told.duplicates, told.otherwise]).toEqual([1, 1, 1])
  expect(told.refused).toEqual([{ row: 2, reason: 'here-otherwise', entry: { id: entry?.id, ref: entry?.ref }, fields: ['observedOn', 'placeName', 'description'] }])
  // Whoever means it brings it in all the same, once.
  expect([await bring(file(right), listed('Dlo 2026'), { again: true }), await bring(file(right), listed('Dlo 2026'), { again: true })]).toEqual([[1, 0, []], [0, 1, []]])
})

it('[SE990] once the entry says the same as the row that was put right, they are the same', async () => {
  expect(await bring(file('10,2026-02-03,Miragoane,The bridge is gone.'), listed('Bridges'))).toEqual([1, 0, []])
  const right = file('10,2026-02-03,Petit-Goave,The bridge is gone.')
  expect(await bring(right, listed('Bridges'))).toEqual([0, 0, ['2 here-otherwise']])
  const entry = await saying('The bridge is gone.')
  await appendAsServer(server.context, server.campaign, [{ entryId: entry?.id ?? ('' as never), type: 'correct', base: entry?.head ?? null, body: { set: { placeName: 'Petit-Goave' }, unset: [] } }])
  expect([await bring(right, listed('Bridges')), await bring(right, listed('Bridges'), { again: true })]).toEqual([[0, 1, []], [0, 1, []]])
})

it('[SE991] another list has the same numbers for other rows; under one name, numbers on other words altogether are told as those of another row', async () => {
  const march = file('1,2026-03-01,Aquin,The well behind the church is dry.', '2,2026-03-02,Aquin,No teacher has come since the storm.')
  const april = file('1,2026-04-01,Bainet,Rats have eaten the seed of the whole village.', '2,2026-04-02,Bainet,The generator of the hospital has no fuel.')
  expect([await bring(march, listed('Ayiti March')), await bring(april, listed('Ayiti April'))]).toEqual([[2, 0, []], [2, 0, []]])
  const may = april.replaceAll('2026-04', '2026-05').replaceAll('Bainet', 'Cotes').replace('Rats have eaten', 'Locusts ate').replace('seed of the whole village', 'maize').replace('generator of the hospital has no fuel', 'boat to the island sank')
  expect(await bring(may, listed('Ayiti March'))).toEqual([0, 0, ['2 number-of-another', '3 number-of-another']])
  expect(await bring(may, listed('Ayiti May'))).toEqual([2, 0, []])
})

it('[SE991] a list that was sorted and numbered anew makes no second entry of a row that was here', async () => {
  const [one, two] = ['2026-03-01,Jeremie,The market hall burnt down in the night.', '2026-03-09,Jeremie,Nobody clears the canal behind the houses.']
  expect(await bring(file(`1,${one}`), listed('Jeremie'))).toEqual([1, 0, []])
  expect(await bring(file(`1,${two}`, `2,${one}`), listed('Jeremie'))).toEqual([1, 0, ['3 here-otherwise']])
  // One that says the same under a number of its own is told, and can come in.
  expect([await bring(file(`3,${two}`), listed('Jeremie')), await bring(file(`3,${two}`), listed('Jeremie'), { again: true })]).toEqual([[0, 0, ['2 here-otherwise']], [1, 0, []]])
})

it('[SE990] rows that came in before their number was said are the same, and rows without a number are known by their cells', async () => {
  const rows = file('7,2026-01-03,Hinche,The scale of the health post is broken.', ',2026-01-04,Hinche,The fence of the garden was stolen.')
  expect(await bring(rows, plan)).toEqual([2, 0, []])
  expect(await bring(rows, listed('Hinche'))).toEqual([0, 2, []])
})

it('[SE992] a row that nothing names and that says nearly the same of one day and place as an entry which no row is any more is told to look like it', async () => {
  const [a, b] = ['2026-06-01,Belladere,The ambulance of the border post has stood still for 12 days.', '2026-06-01,Belladere,The ambulance of the town has no tyres.']
  expect(await bring(file(`x,${a}`, `x,${b}`), plan)).toEqual([2, 0, []])
  const right = a.replace('12', '21')
  expect(await bring(file(`x,${right}`, `x,${b}`), plan)).toEqual([0, 1, ['2 looks-here']])
  // The entry of a row that still stands there is that row’s alone.
  expect(await bring(file(`x,${a}`, `x,${right}`, `x,${b}`), plan)).toEqual([1, 2, []])
})

it('[SE993] a trial says what would come of a table, and writes nothing', async () => {
  const before = (await states()).length
  const rows = file('1,2026-07-01,Mirebalais,The dam lets no water through.', '1,2026-07-02,Mirebalais,The dam has a crack.', '3,2026-07-03,Mirebalais,The turbine is silent.')
  expect(await bring(rows, listed('Dams'), { isTrial: true })).toEqual([1, 0, ['2 number-twice', '3 number-twice']])
  expect((await states()).length).toBe(before)
  expect([await bring(rows, listed('Dams')), await bring(rows, listed('Dams'), { isTrial: true })]).toEqual([[1, 0, ['2 number-twice', '3 number-twice']], [0, 1, ['2 number-twice', '3 number-twice']]])
})

it('[SE993] [SE132] a trial over HTTP is no act of the log, and the act of an import names the list of its numbers', async () => {
  const ruth = await server.join('coordinator')
  const body = JSON.stringify({ text: file('1,2026-08-01,Ouanaminthe,The customs house has no light.'), plan: listed('Border') })
  const send = async (format: string) => JSON.parse((await server.send(`/api/v1/import?format=${format}`, { method: 'POST', headers: { ...ruth.headers, 'content-type': 'application/json' }, body })).text) as TableImport
  expect([await send('trial'), await send('table'), await send('trial')].map(({ accepted, duplicates }) => [accepted, duplicates])).toEqual([[1, 0], [1, 0], [0, 1]])
  const log = JSON.parse((await server.send('/api/v1/audit?type=file.imported', { method: 'GET', headers: ruth.headers })).text) as AuditResponse
  expect(log.lines).toMatchObject([{ act: 'file.imported', count: 1, list: 'Border', subject: 'table · Border' }])
})
