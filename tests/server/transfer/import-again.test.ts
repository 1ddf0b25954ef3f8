import { afterAll, beforeAll, expect, it } from 'vitest'
import { disclosedContent, sensitivityOf } from '#domain/disclosure.ts'
import { csvText } from '#exchange/csv.ts'
import { numberText } from '#exchange/read-cells.ts'
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
