/** What a photo may weigh and measure: words travel first, and a picture must get through a slow connection too. */
export const photoLimit = { longestSide: 1600, bytes: 400_000 } as const
export const thumbLimit = { longestSide: 320, bytes: 20_000 } as const

/** Encoder qualities from good to poor, tried in this order. */
export const qualities: readonly number[] = [0.82, 0.7, 0.58, 0.45, 0.32, 0.2]

export interface Size {
  readonly width: number
  readonly height: number
}

/** The largest size of the same shape that fits; a small picture is not made larger. */
export function fittingSize({ width, height }: Size, longestSide: number): Size {
  const scale = Math.min(1, longestSide / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** One size after another that is tried when no quality is poor enough: a hundred steps of noise must end somewhere. */
export function smallerSides(longestSide: number): readonly number[] {
  return [1, 0.75, 0.5, 0.35, 0.25].map((part) => Math.round(longestSide * part))
}
