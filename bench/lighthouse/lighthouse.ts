import type { Group } from '../runner/benchmark.ts'

export const lighthouse: Group = { name: 'lighthouse', about: '', benchmarks: [] }
