export interface Span {
  readonly from: number
  readonly to: number
}

/** Numbers as spans without a gap: 41, 42, 43, 50 are 41–43 and 50. */
export function spansOf(numbers: readonly number[]): readonly Span[] {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b)
  return sorted.reduce<readonly Span[]>((spans, number) => {
    const last = spans.at(-1)
    return last !== undefined && last.to + 1 === number ? [...spans.slice(0, -1), { from: last.from, to: number }] : [...spans, { from: number, to: number }]
  }, [])
}
