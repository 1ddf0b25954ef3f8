import process from 'node:process'
import { composeReport } from '../../src/report/compose.ts'
import type { Benchmark, Group } from '../runner/benchmark.ts'
import { reportInput, streamedInput } from './report-data.ts'

const entries = 100_000

const composing: Benchmark = {
  name: 'compose',
  about: `A report on ${entries.toLocaleString('en')} entries, from folded entries to the tree`,
  warmUps: 1,
  rounds: 7,
  measures: [
    { name: 'composed', unit: 'ms', goal: { of: 'p95', limit: 'at most', value: 3000 } },
    { name: 'of it the processor’s time', unit: 'ms' },
    { name: 'tree as JSON', unit: 'kB' },
  ],
  prepare: () => {
    const input = reportInput(entries)
    return Promise.resolve({
      round: () => {
        const [began, used] = [performance.now(), process.cpuUsage()]
        const { tree } = composeReport(input)
        const [took, { user, system }] = [performance.now() - began, process.cpuUsage(used)]
        return Promise.resolve({ composed: [took], 'of it the processor’s time': [(user + system) / 1000], 'tree as JSON': [JSON.stringify(tree).length / 1000] })
      },
      close: () => Promise.resolve(),
    })
  },
}

/** Before the other one, which keeps its entries; once, because a second round would count what the first one left behind. */
const memory: Benchmark = {
  name: 'memory',
  about: 'A report on 100,000 entries that are read one by one, as from a store',
  warmUps: 0,
  rounds: 1,
  measures: [{ name: 'memory of the process', unit: 'MB', goal: { of: 'p95', limit: 'at most', value: 500 } }],
  prepare: () => {
    const input = streamedInput(entries)
    return Promise.resolve({
      round: () => {
        const { evidence } = composeReport(input)
        // What was composed is still held, evidence and all.
        const { rss } = process.memoryUsage()
        return Promise.resolve({ 'memory of the process': evidence.size > 0 ? [rss / 1e6] : [] })
      },
      close: () => Promise.resolve(),
    })
  },
}

export const report: Group = { name: 'report', about: 'What a report takes, on this machine alone: no browser, no database.', open: () => ({ benchmarks: [memory, composing], close: () => Promise.resolve() }) }
