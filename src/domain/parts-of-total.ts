import { isSmall, smallest } from '#domain/small-cells.ts'

/** Counts by sex and age, or what a newer version parts people by. */
interface Parts {
  readonly [part: string]: unknown
}

/**
 * Counts that stand beside their total, as many of them as may be shown: where a small one would follow from the total and the others, the least
 * other one is not shown either, and where there is none, none of the parts is. Undefined when nothing is left.
 */
export function partsBeside(parts: unknown, totals: readonly unknown[]): unknown {
  if (!isParts(parts)) return parts
  const counts = countsIn(parts)
  const small = counts.filter((count) => isSmall(count))
  const others = counts.filter((count) => count >= smallest)
  if (!totals.some((total) => isTold(total, { small: small.length, others: sum(others) }))) return parts
  return others.length === 0 ? undefined : without(parts, Math.min(...others))
}

/** Whether what the total has more than the parts that are shown can be no more than the small ones: then each of them is more or less known. */
function isTold(total: unknown, { small, others }: { readonly small: number; readonly others: number }): boolean {
  const rest = typeof total === 'number' ? total - others : 0
  return rest >= small && rest <= small * (smallest - 1) && small > 0
}

function countsIn(parts: Parts): readonly number[] {
  return Object.values(parts).flatMap((part) => (typeof part === 'number' ? [part] : isParts(part) ? countsIn(part) : []))
}

/** Where several are as many, all of them: which one it was is nobody's guess. */
function without(parts: Parts, count: number): Parts {
  return Object.fromEntries(Object.entries(parts).flatMap(([name, part]) => {
    if (!isParts(part)) return part === count ? [] : [[name, part] as const]
    const left = without(part, count)
    return Object.keys(left).length === 0 ? [] : [[name, left] as const]
  }))
}

function isParts(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
