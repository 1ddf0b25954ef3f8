import { kinds } from '../../src/domain/kinds.ts'
import { apiPrefix } from '../../src/protocol/version.ts'
import type { DatabaseName } from '../load/databases.ts'
import { KeepAlive } from '../load/keep-alive.ts'
import type { Benchmark, Samples } from '../runner/benchmark.ts'
import type { FilledStores } from './filled-store.ts'

/** What is approved of a campaign as CSV: one file for each kind, since their columns differ. Its goal is that of a row, since not all entries have one. */
export const exporting = (stores: FilledStores, { database, entries }: { readonly database: DatabaseName; readonly entries: number }): Benchmark => ({
  name: `export-${entries}-${database}`,
  about: `What is approved of ${entries.toLocaleString('en')} entries as CSV, both kinds: ${database}`,
  // Of a million, minutes each.
  warmUps: entries > 100_000 ? 0 : 1,
  rounds: entries > 100_000 ? 1 : 5,
  measures: [
    { name: 'both files', unit: 'ms' },
    { name: 'rows in them', unit: 'count' },
    { name: 'for a thousand rows', unit: 'ms', ...(entries > 100_000 ? {} : { goal: { of: 'median', limit: 'at most', value: 30 } }) },
    { name: 'first byte', unit: 'ms', ...(entries > 100_000 ? {} : { goal: { of: 'median', limit: 'at most', value: 20 } }) },
    { name: 'processor of the server per row', unit: 'ms' },
    { name: 'on the line', unit: 'kB' },
    { name: 'memory of the server, at most', unit: 'MB', ...(entries > 100_000 ? {} : { goal: { of: 'p95', limit: 'at most', value: 200 } }) },
  ],
  prepare: async () => {
    const { server, token, proofOf, stop } = await stores.start(database, entries)
    const client = new KeepAlive(server.url)
    const fileOf = (kind: (typeof kinds)[number]) => {
      const path = `/export?format=csv&kind=${kind}`
      return { path: `${apiPrefix}${path}`, token, headers: proofOf(path) }
    }
    // Counted once and apart: nothing that was made up for this has a line end in it.
    let rows = 0
    for (const kind of kinds) {
      const { headers, ...file } = fileOf(kind)
      await client.drain({ ...file, headers: { ...headers, 'accept-encoding': 'identity' } }, (piece) => (rows += piece.filter((byte) => byte === lineEnd).length))
      rows -= headLines
    }
    return {
      round: async (): Promise<Samples> => {
        server.forgetPeak()
        const [before, began, firsts] = [server.used(), performance.now(), [] as number[]]
        let bytes = 0
        for (const kind of kinds) {
          const file = await client.drain(fileOf(kind))
          firsts.push(file.firstByteMs)
          bytes += file.bytes
        }
        const [took, used] = [performance.now() - began, server.used()]
        return {
          'both files': [took], 'rows in them': [rows], 'for a thousand rows': [(took * 1000) / rows], 'first byte': firsts, 'processor of the server per row': [(used.server - before.server + used.database - before.database) / rows],
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

const lineEnd = 10
/** The names of the columns and their HXL tags. */
const headLines = 2
