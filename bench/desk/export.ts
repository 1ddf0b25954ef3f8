import { kinds } from '../../src/domain/kinds.ts'
import { apiPrefix } from '../../src/protocol/version.ts'
import type { DatabaseName } from '../load/databases.ts'
import { KeepAlive } from '../load/keep-alive.ts'
import type { Benchmark, Samples } from '../runner/benchmark.ts'
import type { FilledStores } from './filled-store.ts'

/** All entries as CSV: one file for each kind, since their columns differ. */
export const exporting = (stores: FilledStores, { database, entries }: { readonly database: DatabaseName; readonly entries: number }): Benchmark => ({
  name: `export-${entries}-${database}`,
  about: `All ${entries.toLocaleString('en')} entries as CSV, both kinds: ${database}`,
  // Of a million, minutes each.
  warmUps: entries > 100_000 ? 0 : 1,
  rounds: entries > 100_000 ? 1 : 5,
  measures: [
    { name: 'both files', unit: 'ms', ...(entries > 100_000 ? {} : { goal: { of: 'median', limit: 'at most', value: entries * 0.03 } }) },
    { name: 'first byte', unit: 'ms', ...(entries > 100_000 ? {} : { goal: { of: 'median', limit: 'at most', value: 20 } }) },
    { name: 'processor of the server per entry', unit: 'ms' },
    { name: 'on the line', unit: 'kB' },
    { name: 'memory of the server, at most', unit: 'MB', ...(entries > 100_000 ? {} : { goal: { of: 'p95', limit: 'at most', value: 200 } }) },
  ],
  prepare: async () => {
    const { server, token, proofOf, stop } = await stores.start(database, entries)
    const client = new KeepAlive(server.url)
    return {
      round: async (): Promise<Samples> => {
        server.forgetPeak()
        const [before, began, firsts] = [server.used(), performance.now(), [] as number[]]
        let bytes = 0
        for (const kind of kinds) {
          const path = `/export?format=csv&kind=${kind}`
          const file = await client.drain({ path: `${apiPrefix}${path}`, token, headers: proofOf(path) })
          firsts.push(file.firstByteMs)
          bytes += file.bytes
        }
        const [took, used] = [performance.now() - began, server.used()]
        return {
          'both files': [took], 'first byte': firsts, 'processor of the server per entry': [(used.server - before.server + used.database - before.database) / entries],
          'on the line': [bytes / 1000], 'memory of the server, at most': [server.peakMB()],
        }
      },
      close: async () => {
        client.close()
        await stop()
      },
    }
  },
})
