import process from 'node:process'
import { composeReport } from '../../src/report/compose.ts'
import type { Benchmark, Group } from '../runner/benchmark.ts'
import { reportInput } from './report-data.ts'

const entries = 100_000

const composing: Benchmark = {
  name: 'compose',
  about: `A report on ${entries.toLocaleString('en')} entries, from folded entries to the tree`,
  warmUps: 1,
  rounds: 7,
  measures: [
    { name: 'composed', unit: 'ms', goal: { of: 'p95', limit: 'at most', value: 3000 } },
    { name: 'of it the processor’s time', unit: 'ms' },
    { name: 'memory of the process, entries included', unit: 'MB', goal: { of: 'p95', limit: 'at most', value: 500 } },
    { name: 'tree as JSON', unit: 'kB' },
  ],
  prepare: () => {
    const input = reportInput(entries)
    return Promise.resolve({
      round: () => {
        const [began, used] = [performance.now(), process.cpuUsage()]
        const { tree } = composeReport(input)
        const [took, { user, system }] = [performance.now() - began, process.cpuUsage(used)]
        return Promise.resolve({ composed: [took], 'of it the processor’s time': [(user + system) / 1000], 'memory of the process, entries included': [process.memoryUsage().rss / 1e6], 'tree as JSON': [JSON.stringify(tree).length / 1000] })
      },
      close: () => Promise.resolve(),
    })
  },
}

export const report: Group = { name: 'report', about: 'What a report takes, on this machine alone: no browser, no database.', open: () => ({ benchmarks: [composing], close: () => Promise.resolve() }) }
