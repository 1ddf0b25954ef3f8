import type { Goal } from './benchmark.ts'

export interface Summary {
  readonly samples: number
  readonly least: number
  readonly lowerQuarter: number
  readonly median: number
  readonly upperQuarter: number
  readonly p95: number
  readonly most: number
}

/** Throws without samples: a benchmark that measured nothing has failed, and must not look like one that was fast. */
export function summarise(samples: readonly number[]): Summary {
  if (samples.length === 0 || samples.some((sample) => !Number.isFinite(sample))) throw new Error('there is nothing to summarise, or something that is no number')
  const sorted = samples.toSorted((one, other) => one - other)
  const at = (share: number): number => percentile(sorted, share)
  return { samples: sorted.length, least: at(0), lowerQuarter: at(0.25), median: medianOf(sorted), upperQuarter: at(0.75), p95: at(0.95), most: at(1) }
}

/** The nearest rank: a value that was really measured, and of few samples the worst rather than one that nobody saw. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2
  const [below = NaN, above = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return (below + above) / 2
}

export function isMet({ of, limit, value }: Goal, summary: Summary): boolean {
  return limit === 'at most' ? summary[of] <= value : summary[of] >= value
}
