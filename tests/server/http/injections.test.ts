// @vitest-environment jsdom
import { readdirSync, readFileSync } from 'node:fs'
import readXlsx from 'read-excel-file/universal'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withoutContacts } from '#domain/personal-data.ts'
import { asWritten, csvRows } from '#exchange/csv.ts'
import { isCell } from '#exchange/mapping.ts'
import { exportFormats } from '#protocol/export-order.ts'
import { createInvite } from '#server/auth/invites.ts'
import { injectionCount, injections } from '../../support/injections/all.ts'
import { inBrowser, takenSchemas } from '../../support/injections/places.ts'
import type { Placed } from '../../support/injections/spread.ts'
import { fromEverywhere } from '../../support/injections/world-ground.ts'
import { reportPeriod } from '../../support/injections/world-report.ts'
import { fillWorld } from '../../support/injections/world.ts'
import type { World } from '../../support/injections/world.ts'
import { openedByOffice, programsWhenDeep } from '../../support/office.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'
import { unzipped } from '../../support/unzipped.ts'

/** As in `tests/e2e/injections.spec.ts`, where the same world is looked at. */
const isDeep = process.env['TERRAIN_TEST'] === 'deep'
const turns = isDeep ? 40 : 3
const worlds = Array.from({ length: isDeep ? Math.ceil(injectionCount / turns) : 1 }, (_, index) => index)

/** What XML can hold of a text; blanks are told apart nowhere. */
const plain = (text: string): string => text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replaceAll(/\s+/g, ' ').trim()
const isFormula = (cell: string): boolean => /^[\s']*[=+\-@＝＋－＠]/u.test(cell) && !/^-?\d+(?:\.\d+)?$/.test(cell)

describe.each(worlds)('files with hostile words in all that people can write, world %i', { timeout: 600_000 }, (number) => {
  let server: TestServer
  let world: World
  /** What approved entries say, as far as it may leave. */
  let approved: readonly Placed[]
  beforeAll(async () => {
    server = await startTestServer()
    const { context, campaign } = server
    const { url: coordinatorLink } = await createInvite(context, { campaignId: campaign.id, role: 'coordinator', uses: 1, days: 1, note: null, createdBy: null })
    world = await fillWorld({ deps: { send: fromEverywhere(server.send), clock: context.clock, chance: context.chance }, coordinatorLink }, { texts: injections(injectionCount), turns, first: number * turns })
    approved = world.entries.flatMap(({ fate, recorded, said }) => (fate === 'approved' ? recorded : fate === 'corrected' ? said : []))
  }, 600_000)
  afterAll(() => server.close())

  const take = async (path: string): Promise<Buffer> => {
    const url = path.startsWith('/r/') ? path : `/api/v1${path}`
    const { statusCode, rawPayload } = await server.app.inject({ method: 'GET', url, headers: { ...world.coordinator.headers, ...(await world.coordinator.proof('GET', path)) } })
    expect([path, statusCode]).toEqual([path, 200])
    return rawPayload
  }
  const tables = exportFormats.flatMap((format) => (format === 'csv' || format === 'xlsx' ? [`/export?format=${format}&kind=challenge`, `/export?format=${format}&kind=action`] : format === 'json' || format === 'geojson' ? [] : [`/export?format=${format}`]))
  const documents = () => [`/r/${world.report.slug}/report.docx?language=en`, `/reports/working?from=${reportPeriod.from}&to=${reportPeriod.to}&language=en&format=docx`]
  const sheets = () => [...tables, '/audit/export?format=csv', `/r/${world.report.slug}/evidence.csv?language=en`, `/r/${world.report.slug}/changes.csv?language=en`]
  /** Fields whose words a table has in a column of their own. */
  const inTables = (kind: 'challenge' | 'action') => world.entries.filter((entry) => entry.kind === kind).flatMap(({ fate, recorded, said }) => (fate === 'approved' ? recorded : fate === 'corrected' ? said : [])).filter(({ place }) => !/photos|descriptionEn|newer/.test(place))

  it('[SE261] in CSV and XLSX no cell is one that a spreadsheet runs, and the words are there as they were written', async () => {
    for (const kind of ['challenge', 'action'] as const) {
      const cells = csvRows((await take(`/export?format=csv&kind=${kind}`)).toString('utf8')).flat()
      const [sheet] = await readXlsx(new Uint8Array(await take(`/export?format=xlsx&kind=${kind}`)).buffer)
      const written = (sheet?.data.flat() ?? []).map((cell) => plain(String(cell ?? '')))
      const [words, wordsOfSheet] = [cells.map((cell) => plain(asWritten(cell))).join('\n'), written.join('\n')]
      const missing = inTables(kind).filter(({ text }) => ![words, wordsOfSheet].every((all) => all.includes(plain(withoutContacts(text)))))
      expect(missing).toEqual([])
    }
    for (const path of sheets().filter((one) => !one.includes('xlsx'))) {
      const rows = csvRows((await take(path)).toString('utf8'))
      expect([path, rows.flat().filter((cell) => isFormula(cell) && !cell.startsWith("'"))]).toEqual([path, []])
      expect([path, new Set(rows.map((row) => row.length)).size]).toEqual([path, 1])
    }
  })

  it('[SE261] each part of a workbook and of a document is XML that can be read, and holds no formula, no field that is run and nothing that is fetched', async () => {
    for (const path of [...tables.filter((one) => one.includes('xlsx')), ...documents()]) {
      const parts = [...unzipped(await take(path))].filter(([name]) => /\.(?:xml|rels)$/.test(name))
      expect(parts.length).toBeGreaterThan(3)
      for (const [name, text] of parts) {
        const part = new DOMParser().parseFromString(text, 'application/xml')
        expect([path, name, part.querySelector('parsererror')?.textContent]).toEqual([path, name, undefined])
        const elements = [...part.getElementsByTagName('*')]
        // The number of a sheet and of all sheets are the only fields.
        const isPageNumber = ({ localName, textContent }: Element): boolean => localName === 'instrText' && ['PAGE', 'NUMPAGES'].includes(textContent.trim())
        expect([path, name, elements.filter((element) => !isPageNumber(element)).filter(({ localName }) => ['f', 'instrText', 'fldSimple', 'script', 'altChunk', 'object', 'externalLink'].includes(localName)).length]).toEqual([path, name, 0])
        expect([path, name, elements.filter((element) => element.getAttribute('TargetMode') === 'External').map((element) => element.getAttribute('Target'))]).toEqual([path, name, []])
      }
    }
  })

  it('[SE261] a document of the report shows the words, and so does what goes with a link to it', async () => {
    for (const path of documents()) {
      const body = new DOMParser().parseFromString(unzipped(await take(path)).get('word/document.xml') ?? '', 'application/xml')
      const words = plain([...body.getElementsByTagName('w:p')].map(({ textContent }) => textContent).join('\n'))
      // Handles are blotted out of what entries say, not of what coordinators write.
      const isThere = (text: string): boolean => words.includes(plain(text)) || words.includes(plain(withoutContacts(text)))
      expect(world.report.published.filter(({ place, text }) => place !== 'correctionRequest.text' && !isThere(text))).toEqual([])
    }
    expect((await take(`/r/${world.report.slug}/preview.png?language=en`)).subarray(1, 4).toString()).toBe('PNG')
  })

  it('[SE261] JSON is JSON, whatever it holds', async () => {
    const json = [...['json', 'geojson'].map((format) => `/export?format=${format}`), `/r/${world.report.slug}/report.json`]
    const [entries = '', points = ''] = await Promise.all(json.map(async (path) => JSON.stringify(JSON.parse((await take(path)).toString('utf8')))))
    const inside = (text: string): string => JSON.stringify(withoutContacts(text)).slice(1, -1)
    expect(approved.filter(({ place, text }) => !/photos|translation/.test(place) && !entries.includes(inside(text)))).toEqual([])
    expect(approved.filter(({ place, text }) => place.endsWith('description') && !points.includes(inside(text)))).toEqual([])
    for (const line of (await take('/audit/export?format=jsonl')).toString('utf8').trim().split('\n')) expect(JSON.parse(line)).toBeTypeOf('object')
    const held = unzipped(await take(`/members/${world.author.joined.member.id}/held`)).get('held.json') ?? ''
    expect(JSON.stringify(JSON.parse(held))).toContain(inside(world.author.joined.member.name))
  })

  // Only with the deep counts: a test that is left out counts as failed.
  it.each(programsWhenDeep)('[SE261] %s makes a formula of no cell of any table, and does of one that was not made harmless', { timeout: 1_200_000 }, async () => {
    const files = await Promise.all(sheets().map(async (path) => ({ name: path.includes('xlsx') ? 'a.xlsx' : 'a.csv', bytes: await take(path) })))
    const careless = { name: 'careless.csv', bytes: Buffer.from(injections(injectionCount).filter(({ sink }) => sink === 'sheet').map(({ text }) => `"${text.replaceAll('"', '""')}",x\r\n`).join('')) }
    const opened = await openedByOffice([...files, careless], 'fods')
    const formulas = opened.map((text) => (text.match(/table:formula=|<office:dde-source|<table:dde-link/g) ?? []).length)
    expect(formulas.slice(0, -1)).toEqual(files.map(() => 0))
    expect(formulas.at(-1)).toBeGreaterThan(injectionCount / 100)
    expect(opened.every((text) => text.includes('<table:table-row'))).toBe(true)
  })

  it('[SE260] each free text of the interface gets hostile words, here or in a browser', () => {
    expect(world.spread.left().toSorted()).toEqual(inBrowser.toSorted())
    // Each row of the table became an entry that tells its words, or names a cell that says nothing or is no text.
    expect(world.imported.map(({ told }) => told.length)).toEqual(Array.from({ length: turns - world.refused.length }, () => 1))
    expect(world.refused.filter(({ cell }) => cell === null || (isCell(asWritten(cell.trim())) && cell.isWellFormed()))).toEqual([])
    expect(world.refused.length).toBeLessThan(turns / 4)
  })
})

describe('what the server reads', () => {
  it('[SE260] every schema of a request is among those whose free texts are filled', () => {
    const files = readdirSync('src/server', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(`src/server/${name}`, 'utf8'))
    const read = files.flatMap((text) => [...text.matchAll(/parseInput\((\w+Schema)\b/g)].flatMap(([, name = '']) => (new RegExp(`const ${name}\\b`).test(text) || name === 'meResponseSchema' ? [] : [name])))
    expect(read.length).toBeGreaterThan(25)
    expect([...new Set(read)].toSorted()).toEqual(Object.keys(takenSchemas).toSorted())
  })
})
