import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Goal, Group, Measure, Samples, Unit } from './benchmark.ts'
import type { Machine } from './machine.ts'
import { isMet, summarise } from './statistics.ts'
import type { Summary } from './statistics.ts'

/** One run of one group: `bench/results/GROUP.json`. The last one stays; those before are in the history of the repository. */
export interface GroupResult {
  readonly group: string
  readonly about: string
  readonly machine: Machine
  readonly benchmarks: readonly BenchmarkResult[]
}

export interface BenchmarkResult {
  readonly name: string
  readonly about: string
  readonly warmUps: number
  readonly measures: readonly MeasureResult[]
  /** What each round gave, as it was measured. */
  readonly rounds: readonly Samples[]
  /** Why it could not be run to its end. It counts as missed. */
  readonly failed?: string
}

export interface MeasureResult {
  readonly name: string
  readonly unit: Unit
  readonly goal?: Goal
  readonly isMet?: boolean
  readonly summary: Summary
  /** This median by that of the measure it is compared with. */
  readonly against?: { readonly name: string; readonly ratio: number }
}

export function measured(measures: readonly Measure[], rounds: readonly Samples[]): readonly MeasureResult[] {
  const summaryOf = (name: string): Summary => summarise(rounds.flatMap((round) => round[name] ?? []))
  return measures.map(({ name, unit, goal, against }) => {
    const summary = summaryOf(name)
    return {
      name, unit, summary,
      ...(goal === undefined ? {} : { goal, isMet: isMet(goal, summary) }),
      ...againstOf(summary, against, summaryOf),
    }
  })
}

/** None where the other one was too short for its clock: nothing is so many times nothing. */
function againstOf({ median }: Summary, name: string | undefined, summaryOf: (name: string) => Summary): Pick<MeasureResult, 'against'> {
  const other = name === undefined ? 0 : summaryOf(name).median
  return name === undefined || other === 0 ? {} : { against: { name, ratio: median / other } }
}

/** Whatever has a goal and did not meet it, and whatever did not run. */
export function missed({ benchmarks }: GroupResult): readonly string[] {
  return benchmarks.flatMap(({ name, failed, measures }) => [
    ...(failed === undefined ? [] : [`${name}: ${failed}`]),
    ...measures.filter((measure) => measure.isMet === false).map((measure) => `${name}: ${measure.name}`),
  ])
}

export function writeResult(folder: string, result: GroupResult): void {
  // The samples of a round on one line: there may be thousands.
  const text = JSON.stringify(result, rounded, 1).replaceAll(/\[[\d\s.,e-]+\]/g, (numbers) => numbers.replaceAll(/\s+/g, ' '))
  writeFileSync(join(folder, `${result.group}.json`), `${text}\n`)
}

/** Every group that was ever run, in the order of the groups. */
export function readResults(folder: string, groups: readonly Pick<Group, 'name'>[]): readonly GroupResult[] {
  const present = new Set(readdirSync(folder))
  return groups.filter(({ name }) => present.has(`${name}.json`)).map(({ name }) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as GroupResult)
}

/** Microseconds are noise in every number here. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value
}
