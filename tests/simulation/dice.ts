/** Chance of one history: the same seed throws the same. */
export interface Dice {
  /** A whole number from 0 to `below` − 1. */
  readonly below: (below: number) => number
  readonly pick: <Value>(values: readonly [Value, ...Value[]]) => Value
  readonly isOneIn: (times: number) => boolean
}

/** mulberry32: small, and good enough to choose steps. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return { below, pick: (values) => values[below(values.length)] ?? values[0], isOneIn: (times) => below(times) === 0 }
}
