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
  let points = withoutRepeats(ring)
  for (;;) {
    const bends = points.map((point, index) => bend(at(points, index - 1), point, at(points, index + 1)))
    const kept = points.filter((_, index) => !goes(bends, index, least))
    if (kept.length === points.length || kept.length < leastPoints) return points
    points = kept
  }
}

function goes(bends: readonly number[], index: number, least: number): boolean {
  const [own, before, after] = [bends[index] ?? 0, at(bends, index - 1), at(bends, index + 1)]
  return own <= least && own <= before && own < after
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
