import { fieldEntries } from '../load/field-entries.ts'
import { KeepAlive } from '../load/keep-alive.ts'
import type { DatabaseName, Databases } from '../load/databases.ts'
import { startMeasuredServer } from '../load/measured-server.ts'
import { startPouch } from '../peers/pouch.ts'
import type { Benchmark, Measure, Samples } from '../runner/benchmark.ts'
import { campaignOfPhones } from './campaign.ts'

const entries = 10_000
const idleRequests = 200

/** What is there already, read by a phone that knows nothing of it, and asked for again by one that knows it all. */
export const pulling = (database: DatabaseName, databases: Databases): Benchmark => ({
  name: `pulling-${database}`,
  about: `A phone reads ${entries.toLocaleString('en')} changes in pages of 500, and asks again when nothing is new: ${database}`,
  warmUps: 1,
  rounds: 5,
  measures: measuresOn(database),
  prepare: async () => {
    const { server, made: { phones: [author], coordinator } } = await startMeasuredServer({ database, databases, fill: (context) => campaignOfPhones(context, 1) })
    if (author === undefined) throw new Error('nobody writes')
    const [entry, client] = [fieldEntries(), new KeepAlive(server.url)]
    for (const request of await author.seal(Array.from({ length: entries }, (_, n) => entry(n)), 500)) await author.send(client, request)
    const pouch = database === 'SQLite' ? await startPouch() : null
    if (pouch !== null) {
      await pouch.run({ act: 'fill', name: 'source', docs: entries })
      await pouch.run({ act: 'to', name: 'source', url: `http://127.0.0.1:${pouch.port}/entries` })
    }
    let round = 0
    return {
      round: async (): Promise<Samples> => {
        round += 1
        coordinator.forgetPlace()
        server.forgetPeak()
        const [before, began] = [server.used().server, performance.now()]
        let [items, pages] = [0, 0]
        for (let more = true; more; pages += 1) {
          const answer = await coordinator.send(client, coordinator.nothing())
          items += answer.items.length
          more = answer.more
        }
        if (items < entries) throw new Error(`only ${items} changes came`)
        const [took, used, peak] = [performance.now() - began, server.used().server, server.peakMB()]
        const idle: number[] = []
        for (let at = 0; at < idleRequests; at += 1) {
          const asked = performance.now()
          await coordinator.send(client, coordinator.nothing())
          idle.push(performance.now() - asked)
        }
        const own = { 'all read': [took], pages: [pages], 'processor of the server per change read': [(used - before) / items], 'memory of the server, at most': [peak], 'nothing new': idle, 'processor of the server per request without news': [(server.used().server - used) / idleRequests] }
        if (pouch === null) return own
        const url = `http://127.0.0.1:${pouch.port}/entries`
        const [first, again] = [await pouch.run({ act: 'from', name: `copy-${round}`, url }), await pouch.run({ act: 'from', name: `copy-${round}`, url })]
        return { ...own, 'PouchDB: all read': [first.ms], 'PouchDB: nothing new': [again.ms] }
      },
      close: async () => {
        client.close()
        await pouch?.stop()
        await server.stop()
      },
    }
  },
})

function measuresOn(database: DatabaseName): readonly Measure[] {
  const hasPeer = database === 'SQLite'
  return [
    { name: 'all read', unit: 'ms', ...(hasPeer ? { against: 'PouchDB: all read' } : {}) },
    { name: 'pages', unit: 'count' },
    { name: 'processor of the server per change read', unit: 'ms' },
    { name: 'memory of the server, at most', unit: 'MB', goal: { of: 'p95', limit: 'at most', value: 200 } },
    { name: 'nothing new', unit: 'ms', ...(hasPeer ? { against: 'PouchDB: nothing new' } : {}) },
    { name: 'processor of the server per request without news', unit: 'ms' },
    ...(hasPeer ? [{ name: 'PouchDB: all read', unit: 'ms' }, { name: 'PouchDB: nothing new', unit: 'ms' }] as const : []),
  ]
}
