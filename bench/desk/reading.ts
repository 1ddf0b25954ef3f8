import type { DatabaseName } from '../load/databases.ts'
import type { Benchmark, Goal, Measure } from '../runner/benchmark.ts'
import type { FilledStores } from './filled-store.ts'
import { DeskAsker, kinds } from './requests.ts'

interface Read {
  readonly database: DatabaseName
  readonly entries: number
  readonly rounds?: number
  /** Whether there are goals for so many; what has none is told all the same. */
  readonly hasGoals: boolean
}

const slowest: Readonly<Record<string, number>> = { 'filtered, sorted page of 50': 100, search: 100, 'page with the open facets': 300, 'search with the open facets': 300 }

/** What a coordinator's desk asks of the real server over HTTP, session, JSON and compression included. */
export const reading = (stores: FilledStores, { database, entries, rounds = 5, hasGoals }: Read): Benchmark => ({
  name: `reading-${entries}-${database}`,
  about: `A coordinator reads: ${entries.toLocaleString('en')} entries, ${database}`,
  warmUps: 1,
  rounds,
  measures: measuresFor(entries, hasGoals),
  prepare: async () => {
    const desk = await stores.start(database, entries)
    const asker = new DeskAsker(desk)
    // Of a server that has just started, once: nobody else has read yet.
    const first = await asker.get('/entries?state=received&state=edited&facets=kind,state,severity,topic,country')
    return {
      round: async () => {
        desk.server.forgetPeak()
        return { ...(await asker.round()), 'first list after a start': [first], 'memory of the server, at most': [desk.server.peakMB()] }
      },
      close: async () => {
        asker.close()
        await desk.stop()
      },
    }
  },
})

function measuresFor(entries: number, hasGoals: boolean): readonly Measure[] {
  const page: Goal = { of: 'median', limit: 'at most', value: entries > 10_000 ? 16 : 8 }
  return [
    ...Object.keys(kinds).flatMap((kind): readonly Measure[] => {
      const most = slowest[kind]
      return [
        { name: kind, unit: 'ms', ...(hasGoals && kind.startsWith('filtered') ? { goal: page } : {}) },
        ...(hasGoals && most !== undefined ? [{ name: `${kind}, the slow ones`, unit: 'ms', goal: { of: 'p95', limit: 'at most', value: most } } as const] : []),
        { name: `${kind}, processor`, unit: 'ms' },
      ]
    }),
    { name: 'first list after a start', unit: 'ms' },
    { name: 'memory of the server, at most', unit: 'MB', ...(hasGoals ? { goal: { of: 'p95', limit: 'at most', value: 200 } } as const : {}) },
  ]
}
