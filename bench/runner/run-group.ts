import type { Benchmark, Ground, Group, Prepared, Samples } from './benchmark.ts'
import { currentLoad } from './machine.ts'
import type { Machine } from './machine.ts'
import { measured } from './results.ts'
import type { BenchmarkResult, GroupResult } from './results.ts'

/** One benchmark after the other: side by side they would measure each other. */
export async function runGroup(group: Group, ground: Ground, machine: Machine): Promise<GroupResult> {
  const benchmarks: BenchmarkResult[] = []
  const { benchmarks: chosen, close } = group.open(ground)
  try {
    for (const benchmark of chosen) {
      ground.say(`${group.name}: ${benchmark.name}`)
      benchmarks.push(await runBenchmark(benchmark, ground))
    }
  } finally {
    await close()
  }
  return { group: group.name, about: group.about, machine: { ...machine, load: [machine.load[0], currentLoad()] }, benchmarks }
}

/** A benchmark that breaks is a result as well: the others go on, and the table says what happened. */
export async function runBenchmark(benchmark: Benchmark, ground: Ground): Promise<BenchmarkResult> {
  const { name, about, warmUps, measures } = benchmark
  const rounds: Samples[] = []
  try {
    const prepared = await benchmark.prepare(ground)
    try {
      await runRounds(benchmark, prepared, rounds, ground)
    } finally {
      await prepared.close()
    }
    return { name, about, warmUps, measures: measured(measures, rounds), rounds }
  } catch (thrown) {
    ground.say(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown))
    return { name, about, warmUps, measures: [], rounds, failed: reasonOf(thrown) }
  }
}

async function runRounds(benchmark: Benchmark, prepared: Prepared, rounds: Samples[], { say }: Ground): Promise<void> {
  for (let warmUp = 0; warmUp < benchmark.warmUps; warmUp += 1) await prepared.round()
  for (let round = 1; round <= benchmark.rounds; round += 1) {
    const samples = await prepared.round()
    rounds.push(samples)
    say(`  ${round}/${benchmark.rounds} ${Object.entries(samples).map(([name, [first = NaN, ...more]]) => `${name} ${Math.round(first * 10) / 10}${more.length > 0 ? ` and ${more.length} more` : ''}`).join(', ')}`)
  }
}

/** One line without what belongs to this machine. */
function reasonOf(thrown: unknown): string {
  const [line = ''] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')
  return line.replaceAll(/(?:\/[\w.+-]+){2,}/g, '…').slice(0, 200)
}
