import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Benchmark, Samples } from '../../bench/runner/benchmark.ts'
import { missed, readResults } from '../../bench/runner/results.ts'
import { runBenchmark, runGroup } from '../../bench/runner/run-group.ts'
import { loadOf, withNumbers } from '../../bench/runner/scale.ts'
import { withTables } from '../../bench/runner/table.ts'

const machine = { date: '2026-11-25T22:00:00.000Z', commit: 'abc1234', node: '24.21.0', browser: 'Chromium 1.2', system: 'Linux 6.1', processor: 'A processor', cores: 2, memoryGB: 4, load: [0.1, NaN] } as const
const ground = { chromium: '', say: () => undefined }
const readme = readFileSync('bench/README.md', 'utf8')

/** Gives these rounds, one after the other; the first is the warm-up. */
function aBenchmark(rounds: readonly Samples[], about: Partial<Benchmark> = {}): Benchmark {
  return {
    name: 'walk', about: 'A walk', warmUps: 1, rounds: rounds.length - 1,
    measures: [{ name: 'steps', unit: 'ms', goal: { of: 'median', limit: 'at most', value: 10 }, against: 'bare steps' }, { name: 'bare steps', unit: 'ms' }],
    prepare: async () => {
      const left = [...rounds]
      return { round: async () => left.shift() ?? {}, close: async () => undefined }
    },
    ...about,
  }
}

const walk = [{ steps: [99], 'bare steps': [99] }, { steps: [8], 'bare steps': [4] }, { steps: [10, 12], 'bare steps': [5] }, { steps: [6], 'bare steps': [6] }]

describe('a run', () => {
  it('[GR20] leaves the warm-up out, keeps every round, and compares with the peer of the same rounds', async () => {
    const { rounds, measures } = await runBenchmark(aBenchmark(walk), ground)
    expect(rounds).toEqual(walk.slice(1))
    expect(measures[0]).toMatchObject({ name: 'steps', isMet: true, summary: { samples: 4, median: 9, most: 12 }, against: { name: 'bare steps', ratio: 9 / 5 } })
  })

  it('[GR20] compares with nothing where the peer was too short for its clock', async () => {
    const { measures } = await runBenchmark(aBenchmark(walk.map(() => ({ steps: [8], 'bare steps': [0] }))), ground)
    expect(measures[0]?.summary.median).toBe(8)
    expect(measures[0]?.against).toBeUndefined()
  })

  it('[GR21] tells a missed goal and a broken benchmark, goes on behind it, and ends what was prepared', async () => {
    let closed = 0
    const slow = aBenchmark(walk.map(() => ({ steps: [11], 'bare steps': [1] })))
    const broken = aBenchmark(walk, { name: 'fall', prepare: async () => ({ round: () => Promise.reject(new Error('fell over /tmp/somewhere/else')), close: async () => void (closed += 1) }) })
    const result = await runGroup({ name: 'walks', about: 'Walks.', open: () => ({ benchmarks: [broken, slow], close: async () => undefined }) }, ground, machine)
    expect(missed(result)).toEqual(['fall: fell over …', 'walk: steps'])
    expect(closed).toBe(1)
    const table = withTables(readme, [result])
    expect(table).toContain('| **A walk** (0 rounds) | | | | | **missed** |')
    expect(table).toMatch(/\| steps \| 11 ms \(11 times bare steps\) \| 11 – 11 \| 11 \| ≤ 10 ms \| \*\*missed\*\* \|/)
  })

  it('[GR21] a measure without samples breaks its benchmark', async () => {
    expect(await runBenchmark(aBenchmark([{}, { steps: [1] }]), ground)).toMatchObject({ measures: [], failed: expect.any(String) })
  })
})

describe('bench/README.md', () => {
  it('[GR22] a run replaces what stands between the marks, however often, and nothing else', async () => {
    const result = await runGroup({ name: 'walks', about: 'Walks.', open: () => ({ benchmarks: [aBenchmark(walk)], close: async () => undefined }) }, ground, machine)
    const once = withTables(readme, [result])
    expect(withTables(once, [result])).toBe(once)
    expect(withTables(once, readResults('bench/results', groupsRun()))).toBe(readme)
    expect(() => withTables('no marks', [result])).toThrow()
  })

  it('[GR22] its tables are those of the results beside it', () => {
    expect(groupsRun().length).toBeGreaterThan(0)
    expect(withTables(readme, readResults('bench/results', groupsRun()))).toBe(readme)
  })
})

describe('docs/scale.md', () => {
  it('[GR22] its numbers are those of the results, and what has not been run says so', () => {
    const text = readFileSync('docs/scale.md', 'utf8')
    expect(withNumbers(text, readResults('bench/results', groupsRun()))).toBe(text)
    expect(withNumbers(text, [])).toContain('| a change in runs, SQLite | not run yet |')
  })

  it('[GR22] the load of its model is arithmetic: a fifth of a day in one hour', () => {
    const { changes, syncs, desk } = loadOf({ entries: 1_080_000, phones: 900 })
    expect([changes, syncs, desk]).toEqual([0.4, 1, 1.8])
  })
})

describe('bench/package.json', () => {
  it('[GR23] what only the bench needs is in no package of the product, and its lockfile names no registry', () => {
    const own = JSON.parse(readFileSync('bench/package.json', 'utf8')) as { readonly dependencies: Readonly<Record<string, string>> }
    const lock = readFileSync('bench/package-lock.json', 'utf8')
    const product = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { readonly packages: Readonly<Record<string, unknown>> }
    expect(Object.keys(own.dependencies).filter((name) => Object.hasOwn(product.packages, `node_modules/${name}`))).toEqual([])
    expect(Object.values(own.dependencies).filter((version) => !/^\d/.test(version))).toEqual([])
    expect(lock).not.toMatch(/"resolved"|https?:\/\/[^"]*registry/)
  })
})

/** In the order in which they stand in the README. */
function groupsRun() {
  return readdirSync('bench/results').map((file) => file.replace('.json', '')).sort((one, other) => readme.indexOf(`### ${one}\n`) - readme.indexOf(`### ${other}\n`)).map((name) => ({ name }))
}
