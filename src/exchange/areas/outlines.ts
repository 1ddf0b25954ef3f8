import type { Outline } from '#domain/areas.ts'

/** A point in thousandths of a degree, longitude first. */
export type GridPoint = readonly [number, number]
export type Ring = readonly GridPoint[]

/** Together, whatever the number of areas: some 80 kB as text, a third of it on the way. */
const maxPoints = 12_000
const maxRings = 200
/** A ring of fewer points encloses nothing. */
const leastPoints = 4

/**
 * Makes outlines coarse enough for a phone, all together: what bends a border least goes first, by a measure that looks the same from
 * both sides, so that neighbours keep the border they share. Islands that are smaller than what is left out go with it.
 */
export function coarsened(outlines: readonly (readonly Ring[])[]): readonly Outline[] {
  let left = outlines.map((rings) => biggest(rings.map((ring) => thinned(ring, 0)), 0))
  for (let least = 1; countPoints(left) > maxPoints && least < 1e9; least *= 2) left = left.map((rings) => biggest(rings.map((ring) => thinned(ring, least)), least))
  return left.map((rings) => rings.map(deltas))
}

function countPoints(outlines: readonly (readonly Ring[])[]): number {
  return outlines.reduce((sum, rings) => sum + rings.reduce((count, ring) => count + ring.length, 0), 0)
}

/** The largest ring stays whatever happens: an area may be small, but it is somewhere. */
function biggest(rings: readonly Ring[], least: number): readonly Ring[] {
  const bySize = rings.filter((ring) => ring.length >= leastPoints - 1).toSorted((a, b) => size(b) - size(a))
  return bySize.filter((ring, index) => index === 0 || size(ring) > least * leastPoints).slice(0, maxRings)
}

/** Takes points away as long as one bends the line by less than `least` and less than both its neighbours do. */
function thinned(ring: Ring, least: number): Ring {
  const points = withoutRepeats(ring)
  const line = new Line(points)
  let looked: Iterable<number> = points.keys()
  for (;;) {
    const going = [...looked].filter((index) => line.has(index) && line.goes(index, least))
    if (going.length === 0 || line.left - going.length < leastPoints) return points.filter((_, index) => line.has(index))
    for (const index of going) line.take(index)
    // Whether a point goes depends on its neighbours and theirs: of all others it is known that they stay. Looking at every point each time takes
    // minutes where a border bends a little more from point to point.
    looked = new Set(going.flatMap((index) => line.around(index)))
  }
}

/** The points that are left of a ring, each with the next one on either side, and how much it bends the line. */
class Line {
  left: number
  readonly #points: Ring
  readonly #before: Int32Array
  readonly #after: Int32Array
  readonly #bends: Float64Array
  readonly #gone: Uint8Array

  constructor(points: Ring) {
    const count = points.length
    this.left = count
    this.#points = points
    this.#before = Int32Array.from(points, (_, index) => (index + count - 1) % count)
    this.#after = Int32Array.from(points, (_, index) => (index + 1) % count)
    this.#gone = new Uint8Array(count)
    this.#bends = new Float64Array(count)
    for (let index = 0; index < count; index += 1) this.#measure(index)
  }

  has(index: number): boolean {
    return this.#gone[index] === 0
  }

  goes(index: number, least: number): boolean {
    const [own, before, after] = [this.#bends[index] ?? 0, this.#bends[this.#beforeOf(index)] ?? 0, this.#bends[this.#afterOf(index)] ?? 0]
    return own <= least && own <= before && own < after
  }

  take(index: number): void {
    const [before, after] = [this.#beforeOf(index), this.#afterOf(index)]
    this.#gone[index] = 1
    this.left -= 1
    this.#after[before] = after
    this.#before[after] = before
    this.#measure(before)
    this.#measure(after)
  }

  /** Where taking this one away may have changed who goes next. */
  around(index: number): readonly number[] {
    // Two that lie side by side never go at once (one bends the line more): the ones beside are left.
    const [before, after] = [this.#beforeOf(index), this.#afterOf(index)]
    return [this.#beforeOf(before), before, after, this.#afterOf(after)]
  }

  #measure(index: number): void {
    this.#bends[index] = bend(at(this.#points, this.#beforeOf(index)), at(this.#points, index), at(this.#points, this.#afterOf(index)))
  }

  #beforeOf(index: number): number {
    return this.#before[index] ?? index
  }

  #afterOf(index: number): number {
    return this.#after[index] ?? index
  }
}

function withoutRepeats(ring: Ring): Ring {
  return ring.filter(([x, y], index) => {
    const [beforeX, beforeY] = at(ring, index - 1)
    return x !== beforeX || y !== beforeY || ring.length === 1
  })
}

/** Twice the triangle of a point and its neighbours. */
function bend([ax, ay]: GridPoint, [bx, by]: GridPoint, [cx, cy]: GridPoint): number {
  return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay))
}

function size(ring: Ring): number {
  return Math.abs(ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = at(ring, index + 1)
    return sum + x * nextY - nextX * y
  }, 0))
}

/** Round and round: a ring has no first and no last point. */
function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[(index + items.length) % items.length]
  if (item === undefined) throw new Error('an empty ring has no points')
  return item
}

function deltas(ring: Ring): number[] {
  return ring.flatMap(([x, y], index) => {
    const [beforeX, beforeY] = index === 0 ? [0, 0] : at(ring, index - 1)
    return [x - beforeX, y - beforeY]
  })
}
