import { createHash } from 'node:crypto'
import { check } from '@placemarkio/check-geojson'
import readXlsx from 'read-excel-file/universal'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvRows } from '#exchange/csv.ts'
import { readTable } from '#exchange/table.ts'
import type { DisclosedEntry } from '#domain/disclosed-entry.ts'
import type { EntryContent } from '#domain/entry.ts'
import type { Ref } from '#domain/ids.ts'
import { hashContent } from '#protocol/chain.ts'
import { exportFormats } from '#protocol/export-order.ts'
import { canonicalJson } from '#protocol/jcs.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import type { DisclosedStore } from '#server/store/disclosed-store.ts'
import { exportFile } from '#server/transfer/export-file.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge, anAction } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { openedByOffice, programsWhenDeep } from '../../support/office.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'
import { unzipped } from '../../support/unzipped.ts'

/** Every file that can be taken out. */
const orders = exportFormats.flatMap((format) => (format === 'csv' || format === 'xlsx' ? [`format=${format}&kind=challenge`, `format=${format}&kind=action`] : [`format=${format}`]))

/** Words and points that no file may hold, each in an entry of its own. */
const secrets = ['Awa Diallo', '18.5123', '-72.2987', 'blue gate of the mill', 'my neighbour the baker', 'whom they came for', '3705-1234', '509 3705', 'marie@', 'nobody has read', 'taken back by its author', 'consentBasis', 'consentQuote', 'guardian']

describe.each(databases)('what is taken out, on %s', (database) => {
  let server: TestServer
  let coordinator: ScriptDevice
  let volunteer: ScriptDevice
  beforeAll(async () => {
    server = await startTestServer({ database })
    coordinator = await server.join('coordinator')
    volunteer = await server.join('volunteer', { name: 'Awa Diallo', organisation: 'Fanm Vanyan' })
    const point = { lat: 18.512345, lon: -72.298765 }
    const contents: readonly EntryContent[] = [
      aChallenge({ ...point, description: '=The well has been dry since Monday.', quote: 'We wait.', consentQuote: true, affectedMin: 40 }),
      aChallenge({ ...point, topic: 'PRO', description: 'Women report threats on the way to the market.', placeName: 'blue gate of the mill', quote: 'whom they came for', consentQuote: true, adm1Code: 'HT01' }),
      aChallenge({ focusGroup: ['LGB'], description: 'People are driven out, my neighbour the baker among them.' }),
      aChallenge({ ...point, consentPlace: false, placeName: 'blue gate of the mill', description: 'The school has no roof.', consentBasis: 'guardian' }),
      anAction({ description: 'Call +509 3705-1234 or write to marie@example.org.', output: [{ item: 'food boxes', quantity: 3300 }], reached: 3, targeted: 120, reachedMethod: 'register' }),
      anAction({ orgName: 'FANM VANYAN', status: 'completed', endOn: '2026-02-20', reached: 320 }),
    ]
    const approve = async ({ id, entryId, body }: ReturnType<typeof record>) => coordinator.change('decide', { revision: id, contentHash: await hashContent({ content: body.content, corrections: {} }, (text) => Promise.resolve(sha256Of(text))), verdict: 'approve', questions: [] }, { entryId, base: id })
    const record = (content: EntryContent) => volunteer.change('record', { content })
    const records = contents.map(record)
    const [waiting, withdrawn] = [record(aChallenge({ description: 'This nobody has read so far.' })), record(aChallenge({ description: 'This was taken back by its author.' }))]
    await volunteer.push([...records, waiting, withdrawn])
    const { results } = await coordinator.push(await Promise.all([...records, withdrawn].map(approve)))
    if (results.some(({ status }) => status !== 'stored')) throw new Error('every approval is stored')
    await volunteer.push([volunteer.change('withdraw', {}, { entryId: withdrawn.entryId, base: withdrawn.id })])
  })
  afterAll(() => server.close())

  const take = async (query: string) => server.app.inject({ method: 'GET', url: `/api/v1/export?${query}`, headers: { ...coordinator.headers, ...(await coordinator.proof('GET', `/export?${query}`)) } })

  it('[SE160] every file holds the same approved revisions, and none what is withheld: no point, no name, no word that was not agreed to', async () => {
    for (const order of orders) {
      const { statusCode, rawPayload, headers } = await take(order)
      expect([order, statusCode]).toEqual([order, 200])
      const text = order.includes('xlsx') ? [...unzipped(rawPayload).values()].join('\n') : rawPayload.toString('utf8')
      // A code book has the names of what is asked; that somebody agreed is in no file with entries.
      expect([order, order === 'format=codebook' ? [] : secrets.filter((secret) => text.includes(secret))]).toEqual([order, []])
      expect(headers['content-disposition']).toMatch(/^attachment; filename="[a-z0-9]+\.(csv|xlsx|json|geojson)"$/)
      const holdsChallenges = order.endsWith('kind=challenge') || order === 'format=json' || order === 'format=geojson'
      expect([order, text.includes('The well has been dry since Monday.')]).toEqual([order, holdsChallenges])
    }
    expect((await take('format=geojson')).payload).not.toContain('Women report threats')
    // Of what is highly sensitive the row is there, and its words once two people have judged them.
    expect((await take('format=csv&kind=challenge')).payload).not.toContain('Women report threats')
  })

  // Only with the deep counts: a test that is left out counts as failed.
  it.each(programsWhenDeep)('[SE160] %s opens each table: the cells are ours, and what looks like a formula is text', { timeout: 600_000 }, async () => {
    const tables = orders.filter((order) => order !== 'format=json' && order !== 'format=geojson')
    const files = await Promise.all(tables.map(async (order) => ({ name: order.includes('xlsx') ? 'a.xlsx' : 'a.csv', bytes: (await take(order)).rawPayload })))
    const opened = await openedByOffice(files, 'fods')
    for (const [index, order] of tables.entries()) {
      const text = opened[index] ?? ''
      expect([order, text.includes('table:formula')]).toEqual([order, false])
      expect([order, (text.match(/<table:table-row/g) ?? []).length >= 2]).toEqual([order, true])
      expect([order, !order.endsWith('kind=challenge') || text.includes('=The well has been dry since Monday.')]).toEqual([order, true])
    }
  })

  it('[SE160] XLSX has the cells of the CSV: text as text, numbers as numbers', async () => {
    for (const [sheet, table] of [['format=xlsx&kind=challenge', 'format=csv&kind=challenge'], ['format=xlsx&kind=action', 'format=csv&kind=action'], ['format=5w-xlsx', 'format=5w']] as const) {
      const bytes = (await take(sheet)).rawPayload
      const [read] = await readXlsx(new Uint8Array(bytes).buffer)
      const expected = csvRows((await take(table)).payload).map((row) => row.map((cell) => cell.replace(/^'=/, '=')))
      const width = Math.max(...(read?.data ?? []).map((row) => row.length))
      expect(read?.data.map((row) => Array.from({ length: width }, (_, index) => String(row[index] ?? '')))).toEqual(expected.map((row) => row.slice(0, width)))
      expect(read?.data.length).toBeGreaterThan(2)
    }
    const [sheet] = await readXlsx(new Uint8Array((await take('format=xlsx&kind=challenge')).rawPayload).buffer)
    const at = sheet?.data[1]?.indexOf('#affected+min') ?? -1
    expect(sheet?.data[2]?.[at]).toBe(40)
  })

  it('[SE160] the 5W and the points are what their standards say, in the language that is asked for', async () => {
    const { rows, headers } = readTable((await take('format=5w&lang=fr')).payload)
    expect(headers).toContain('Type d’organisation')
    expect(rows.map((row) => [row.tagged('#org+impl+name'), row.tagged('#reached'), row.tagged('#targeted'), row.tagged('#status+code')])).toEqual([['Fanm Vanyan', '', '120', 'ongoing'], ['Fanm Vanyan', '320', '', 'completed']])
    const text = (await take('format=geojson')).payload
    const collection = check(text) as { readonly features: readonly { readonly geometry: { readonly coordinates: readonly number[] } | null }[]; readonly bbox?: readonly number[] }
    expect(collection.features.map(({ geometry }) => geometry?.coordinates ?? null)).toEqual([[-72.3, 18.51], null, null, null])
    expect(collection.bbox).toEqual([-72.3, 18.51, -72.3, 18.51])
    expect(JSON.parse((await take('format=geojson&kind=action')).payload)).not.toHaveProperty('bbox')
  })

  it('[SE161] whoever has the JSON can check it: each entry with its revision and hash, and one hash over the whole', async () => {
    for (const query of ['format=json', 'format=json&kind=action']) {
      const { sha256, ...rest } = JSON.parse((await take(query)).payload) as { readonly sha256: string; readonly entries: readonly { readonly ref: string; readonly sensitivity: string; readonly revision: string | null; readonly contentHash: string | null }[] }
      expect(createHash('sha256').update(canonicalJson(rest)).digest('hex')).toBe(sha256)
      const altered = { ...rest, entries: rest.entries.slice(1) }
      expect(createHash('sha256').update(canonicalJson(altered)).digest('hex')).not.toBe(sha256)
      const withHash = rest.entries.filter(({ contentHash }) => contentHash !== null)
      // Of the others a point, a place, a day or an address is held back, and a hash would tell which.
      expect(withHash.map(({ ref }) => ref)).toEqual(['A-000002'])
      for (const { ref, sensitivity, revision, contentHash } of rest.entries) {
        const id = await server.context.store.audit.entryOf(server.campaign.id, ref as Ref)
        const state = id === null ? null : await server.context.store.entries.state(server.campaign.id, id)
        expect([ref, revision, contentHash ?? state?.approved?.contentHash]).toEqual([ref, sensitivity === 'high' ? null : state?.approved?.revision, state?.approved?.contentHash])
      }
    }
    expect(JSON.parse((await take('format=json')).payload)).toMatchObject({ format: 'terrain-entries', version: 1, campaign: 'Solidarity Network', madeAt: expect.stringMatching(/^2026-03-01T/) as string })
  })

  it('[SE620] nothing in the JSON tells when in its month something highly sensitive was written: no day, no moment, and no id that was made of one', async () => {
    const { entries } = JSON.parse((await take('format=json')).payload) as { readonly entries: readonly { readonly ref: string; readonly sensitivity: string; readonly receivedOn: string }[] }
    const high = entries.filter(({ sensitivity }) => sensitivity === 'high')
    expect(high.map(({ ref, receivedOn }) => [ref, receivedOn])).toEqual([['C-000002', '2026-03']])
    expect(JSON.stringify(high)).not.toMatch(/\d{4}-\d\d-\d\d|[0-9a-f]{8}-[0-9a-f]{4}-7/)
  })

  it('[SE162] a file is made while it is read: no entry is read before it is wanted, and a reader who leaves ends it', async () => {
    const { context, campaign } = server
    const [first] = await context.store.entries.disclosed(campaign.id, { kind: 'challenge', after: null, limit: 1 })
    if (first === undefined) throw new Error('an approved challenge')
    let read = 0
    const entries = { ...context.store.entries, disclosed: endless(first, 50_000, (count) => (read += count)) }
    const slow: Pick<ServerContext, 'store' | 'clock'> = { clock: context.clock, store: { ...context.store, entries } }
    for (const format of ['csv', 'xlsx', 'geojson', 'json'] as const) {
      read = 0
      const { body } = await exportFile(slow, campaign, { format, kind: 'challenge' })
      expect(read).toBe(0)
      let bytes = 0
      for await (const piece of body) {
        bytes += Buffer.byteLength(piece)
        if (bytes > 12_000) break
      }
      expect(read).toBeGreaterThan(0)
      expect(read).toBeLessThan(5000)
    }
  })

  it('[SE162] others have their turn while a file is made', async () => {
    const { context, campaign } = server
    const [first] = await context.store.entries.disclosed(campaign.id, { kind: 'action', after: null, limit: 1 })
    if (first === undefined) throw new Error('an approved action')
    let read = 0
    // A store that answers at once, as SQLite does: nothing but the export itself gives way.
    const entries = { ...context.store.entries, disclosed: endless(first, 4000, (count) => (read += count)) }
    const { body } = await exportFile({ clock: context.clock, store: { ...context.store, entries } }, campaign, { format: 'csv', kind: 'action' })
    const written = async () => {
      for await (const piece of body) expect(piece.length).toBeGreaterThan(0)
    }
    let turns = 0
    const other = async () => {
      while (read < 4000) {
        await new Promise((resolve) => {
          setImmediate(resolve)
        })
        turns += 1
      }
    }
    await Promise.all([written(), other()])
    expect(turns).toBeGreaterThanOrEqual(4000 / 100 - 1)
  })

  it('[SE163] every file that was taken out is an act with its format, and what does not fit is refused and is none', async () => {
    const acts = async () => (JSON.parse((await server.app.inject({ method: 'GET', url: '/api/v1/audit?type=file.exported&limit=200', headers: { ...coordinator.headers } })).payload) as { readonly lines: readonly { readonly subject: string; readonly by: { readonly name: string } | null }[] }).lines
    const before = (await acts()).length
    for (const order of orders) await take(order)
    const after = await acts()
    expect(after.length - before).toBe(orders.length)
    expect(after.slice(0, orders.length).map(({ subject }) => subject).toReversed()).toEqual(orders.map((order) => new URLSearchParams(order).get('format')))
    expect(new Set(after.map(({ by }) => by?.name))).toEqual(new Set(['Ruth']))
    for (const [wrong, at] of [['format=xlsx', '/kind'], ['format=csv', '/kind'], ['format=ods&kind=action', '/format'], ['format=5w&lang=xx', '/lang'], ['format=json&kind=rumour', '/kind']] as const) {
      const { statusCode, payload } = await take(wrong)
      expect([wrong, statusCode, (JSON.parse(payload) as { readonly at: unknown }).at]).toEqual([wrong, 400, [at]])
    }
    expect((await server.app.inject({ method: 'GET', url: '/api/v1/export?format=5w', headers: { ...volunteer.headers } })).statusCode).toBe(403)
    expect((await acts()).length).toBe(after.length)
  })
})

/** A store with so many entries, all the same but for their references. */
function endless(entry: DisclosedEntry, count: number, onRead: (entries: number) => void): DisclosedStore['disclosed'] {
  return (_campaign, { after, limit }) => {
    const from = after === null ? 0 : Number(after.slice(2)) + 1
    const page = Array.from({ length: Math.max(0, Math.min(limit, count - from)) }, (_, index) => ({ ...entry, ref: `${entry.ref.slice(0, 2)}${String(from + index).padStart(6, '0')}` as Ref }))
    onRead(page.length)
    return Promise.resolve(page)
  }
}
