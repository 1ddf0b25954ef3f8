import { brotliCompressSync, constants } from 'node:zlib'
import type { EntryContent } from '../../src/domain/entry.ts'
import { fieldEntries } from '../load/field-entries.ts'
import type { Benchmark, Measure, Samples } from '../runner/benchmark.ts'
import { countedLine } from './counted-line.ts'
import type { CountedLine, Passed } from './counted-line.ts'
import { submitAll } from './open-rosa.ts'
import { startPlainServer } from './plain-server.ts'
import { document, openPouchLine } from './pouch-line.ts'
import type { PouchLine } from './pouch-line.ts'
import { openTerrainLine } from './terrain-line.ts'
import type { TerrainLine } from './terrain-line.ts'

const batches = [{ count: 1 }, { count: 10, goal: 520 }, { count: 100, goal: 380 }] as const
const bound = (count: number) => `bound: brotli 11 of all that is sent, ${entriesOf(count)}`

const overHttp2 = 'nothing to sync, over HTTP/2, on a connection that is open'
const entryOverHttp2 = 'one entry, over HTTP/2, on a connection that is open'

/** What one entry costs on the line, from a phone that is up to date but for what it has to send. */
export const bytesPerEntry: Benchmark = {
  name: 'bytes-per-entry',
  about: 'Bytes per entry, both ways, headers and all, as Chromium sends them without TLS',
  warmUps: 1,
  rounds: 5,
  measures: [...batches.flatMap(measuresOf), ...restMeasures()],
  prepare: async ({ chromium }) => {
    const [terrain, pouch, plain] = [await openTerrainLine(chromium), await openPouchLine(chromium), await startPlainServer()]
    const deployed = [await openTerrainLine(chromium, 'HTTP/2'), await openPouchLine(chromium, 'HTTP/2')] as const
    const [line, entry] = [await countedLine(plain.port), fieldEntries()]
    let written = 0
    return {
      round: async () => {
        const samples: Record<string, readonly number[]> = {}
        for (const { count } of batches) {
          const contents = Array.from({ length: count }, () => entry((written += 1)))
          const own = await terrain.flush(contents, 'fast')
          const peer = await pouch.flush(contents, 'fast')
          Object.assign(samples, ownBytes(own, count), { [`PouchDB: ${entriesOf(count)}`]: [total(peer) / count] }, await plainBytes(line, contents))
        }
        const [idle, peerIdle] = [await terrain.nothing(), await pouch.nothing()]
        const [second, peerSecond] = [await afterFirst(deployed[0], [entry((written += 1))]), await afterFirst(deployed[1], [entry(written)])]
        const [first, peerFirst] = [await terrain.firstSync(), await pouch.firstSync()]
        return {
          ...samples, 'nothing to sync': [total(idle)], 'nothing to sync: of it headers': [idle.headers], 'nothing to sync: requests': [idle.requests],
          'PouchDB: nothing to sync': [total(peerIdle)], 'PouchDB: nothing to sync: requests': [peerIdle.requests],
          [overHttp2]: [second.nothing], [`PouchDB: ${overHttp2}`]: [peerSecond.nothing], [entryOverHttp2]: [second.entry], [`PouchDB: ${entryOverHttp2}`]: [peerSecond.entry],
          'first sync of a second phone': [total(first) / first.entries], 'PouchDB: first sync': [total(peerFirst) / peerFirst.entries],
        }
      },
      close: async () => {
        for (const one of deployed) await one.close()
        await terrain.close()
        await pouch.close()
        await line.close()
        await plain.close()
      },
    }
  },
}

function measuresOf({ count, ...rest }: { readonly count: number; readonly goal?: number }): readonly Measure[] {
  const name = entriesOf(count)
  const goal = 'goal' in rest && rest.goal !== undefined ? { goal: { of: 'median', limit: 'at most', value: rest.goal } as const } : {}
  return [
    { name, unit: 'B', against: bound(count), ...goal },
    { name: `${name}: of it up`, unit: 'B' },
    { name: `${name}: of it headers`, unit: 'B' },
    { name: `${name}: requests`, unit: 'count' },
    { name: bound(count), unit: 'B' },
    { name: `plain JSON, one request: ${name}`, unit: 'B' },
    { name: `plain JSON, a request each: ${name}`, unit: 'B' },
    { name: `OpenRosa: ${name}`, unit: 'B' },
    { name: `PouchDB: ${name}`, unit: 'B' },
  ]
}

function restMeasures(): readonly Measure[] {
  return [
    { name: 'nothing to sync', unit: 'B', against: 'PouchDB: nothing to sync', goal: { of: 'median', limit: 'at most', value: 600 } },
    { name: 'nothing to sync: of it headers', unit: 'B' },
    { name: 'nothing to sync: requests', unit: 'count', goal: { of: 'median', limit: 'at most', value: 1 } },
    { name: 'PouchDB: nothing to sync', unit: 'B' },
    { name: 'PouchDB: nothing to sync: requests', unit: 'count' },
    { name: overHttp2, unit: 'B', against: `PouchDB: ${overHttp2}`, goal: { of: 'median', limit: 'at most', value: 600 } },
    { name: `PouchDB: ${overHttp2}`, unit: 'B' },
    { name: entryOverHttp2, unit: 'B', against: `PouchDB: ${entryOverHttp2}` },
    { name: `PouchDB: ${entryOverHttp2}`, unit: 'B' },
    { name: 'first sync of a second phone', unit: 'B', against: 'PouchDB: first sync' },
    { name: 'PouchDB: first sync', unit: 'B' },
  ]
}

/** What a connection costs that is open already, as behind a proxy: HPACK sends what stands in each request once. */
async function afterFirst(line: Pick<TerrainLine | PouchLine, 'nothing' | 'flush'>, contents: readonly EntryContent[]): Promise<{ readonly nothing: number; readonly entry: number }> {
  await line.nothing()
  return { nothing: total(await line.nothing()), entry: total(await line.flush(contents, 'fast')) }
}

function ownBytes(passed: Passed, count: number): Samples {
  const name = entriesOf(count)
  const run = Buffer.from(passed.bodies.toSorted((one, other) => other.length - one.length)[0] ?? '')
  const packed = brotliCompressSync(run, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: run.length } })
  return { [name]: [total(passed) / count], [`${name}: of it up`]: [passed.up / count], [`${name}: of it headers`]: [passed.headers / count], [`${name}: requests`]: [passed.requests], [bound(count)]: [packed.length / count] }
}

/** Node's own client sends fewer headers than a browser does: that is in their favour. */
async function plainBytes(line: CountedLine, contents: readonly EntryContent[]): Promise<Samples> {
  const name = entriesOf(contents.length)
  const post = async (body: unknown) => void (await (await fetch(`${line.url}/entries`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${'t'.repeat(43)}` }, body: JSON.stringify(body) })).text())
  const documents = contents.map(document)
  const together = await line.during(() => post(documents))
  const alone = await line.during(async () => {
    for (const one of documents) await post(one)
  })
  const openRosa = await line.during(() => submitAll(line.url, contents))
  return { [`plain JSON, one request: ${name}`]: [total(together) / contents.length], [`plain JSON, a request each: ${name}`]: [total(alone) / contents.length], [`OpenRosa: ${name}`]: [total(openRosa) / contents.length] }
}

function total({ up, down }: Passed): number {
  return up + down
}

function entriesOf(count: number): string {
  return count === 1 ? 'one entry' : `batch of ${count}`
}
