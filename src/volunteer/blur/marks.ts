/** A place on the picture, in its own pixels. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** What somebody has hidden: a line drawn with a round brush (a tap is a line of one point), or a frame. */
export type Mark =
  | { readonly kind: 'line'; readonly points: readonly Point[]; readonly radius: number }
  | { readonly kind: 'frame'; readonly at: Point; readonly size: number }

/** The marks that hold, and those that were taken back and can be done again. */
export interface Marks {
  readonly done: readonly Mark[]
  readonly undone: readonly Mark[]
}

export const noMarks: Marks = { done: [], undone: [] }

export function withMark({ done }: Marks, mark: Mark): Marks {
  return { done: [...done, mark], undone: [] }
}

export function undoneOnce({ done, undone }: Marks): Marks {
  const last = done.at(-1)
  return last === undefined ? { done, undone } : { done: done.slice(0, -1), undone: [...undone, last] }
}

export function redoneOnce({ done, undone }: Marks): Marks {
  const last = undone.at(-1)
  return last === undefined ? { done, undone } : { done: [...done, last], undone: undone.slice(0, -1) }
}

/**
 * How coarse the picture becomes under a mark: so many cells lie along its longer side. The larger what is hidden, the coarser, or a face
 * that fills the picture would keep its features. A cell is the mean of thousands of pixels; nothing brings them back.
 */
export const coarseness = [20, 10, 5] as const
export type Coarseness = (typeof coarseness)[number]

/** At most about four cells across the shorter side of what is hidden. */
export function coarsenessOf(mark: Mark, picture: Size): Coarseness {
  const longest = Math.max(picture.width, picture.height)
  const across = shorterSide(mark)
  return coarseness.find((cells) => across / (longest / cells) <= 4) ?? 5
}

function shorterSide(mark: Mark): number {
  if (mark.kind === 'frame') return mark.size
  const [xs, ys] = [mark.points.map(({ x }) => x), mark.points.map(({ y }) => y)]
  return Math.min(spanOf(xs), spanOf(ys)) + 2 * mark.radius
}

function spanOf(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values)
}

/** Brushes and frames, by the longer side of the picture: from a number plate far away to a face close up. */
const widths = [0.02, 0.035, 0.06, 0.1, 0.16] as const
export const middleWidth = 2

export function radiusOf(step: number, { width, height }: Size): number {
  return Math.max(width, height) * (widths[step] ?? widths[middleWidth])
}

export function stepBeside(step: number, by: 1 | -1): number {
  return Math.min(widths.length - 1, Math.max(0, step + by))
}
