import { fieldEntries } from '../load/field-entries.ts'
import type { Benchmark } from '../runner/benchmark.ts'
import { countedLine, modelledMs } from './counted-line.ts'
import { submitAll } from './open-rosa.ts'
import { startPlainServer } from './plain-server.ts'
import { openPouchLine } from './pouch-line.ts'
import { openTerrainLine } from './terrain-line.ts'

const waiting = 100

export const slowFlush: Benchmark = {
  name: 'slow-flush',
  about: `${waiting} waiting entries over 400 kbit/s and 400 ms, as Chromium slows the page down`,
  warmUps: 1,
  rounds: 5,
  measures: [
    { name: 'until nothing waits', unit: 'ms', goal: { of: 'median', limit: 'at most', value: 1800 }, against: 'PouchDB: until nothing waits' },
    { name: 'requests', unit: 'count', goal: { of: 'median', limit: 'at most', value: 2 } },
    { name: 'modelled: a round trip a request and the bytes', unit: 'ms' },
    { name: 'PouchDB: until nothing waits', unit: 'ms' },
    { name: 'PouchDB: requests', unit: 'count' },
    { name: 'OpenRosa, modelled: one request behind the other', unit: 'ms' },
    { name: 'OpenRosa: requests', unit: 'count' },
  ],
  prepare: async ({ chromium }) => {
    const [terrain, pouch, plain] = [await openTerrainLine(chromium), await openPouchLine(chromium), await startPlainServer()]
    const [line, entry] = [await countedLine(plain.port), fieldEntries()]
    let written = 0
    return {
      round: async () => {
        const contents = Array.from({ length: waiting }, () => entry((written += 1)))
        const own = await terrain.flush(contents, 'slow')
        const peer = await pouch.flush(contents, 'slow')
        let requests = 0
        const openRosa = await line.during(async () => {
          requests = await submitAll(line.url, contents)
        })
        return {
          'until nothing waits': [own.ms], requests: [own.requests], 'modelled: a round trip a request and the bytes': [modelledMs(own)],
          'PouchDB: until nothing waits': [peer.ms], 'PouchDB: requests': [peer.requests],
          'OpenRosa, modelled: one request behind the other': [modelledMs({ ...openRosa, requests })], 'OpenRosa: requests': [requests],
        }
      },
      close: async () => {
        await terrain.close()
        await pouch.close()
        await line.close()
        await plain.close()
      },
    }
  },
}
