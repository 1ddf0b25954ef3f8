import type { Drawing, Paint, Shape } from '#chart/drawing.ts'
import { tenth } from '#chart/drawing.ts'
import type { Direction } from '#i18n/direction.ts'

/** Challenges of one cell by how far actions answer them. */
export interface GapCounts {
  readonly none: number
  readonly little: number
  readonly partly: number
  readonly mostly: number
}

export const gapSteps = ['none', 'little', 'partly', 'mostly'] as const satisfies readonly (keyof GapCounts)[]

const size = { width: 100, height: 8 } as const
const gap = 1.5

export function totalOf(counts: GapCounts): number {
  return gapSteps.reduce((sum, step) => sum + counts[step], 0)
}

/** At least four in five have no action linked: the cell is framed. A single report frames nothing. */
export function isLargeGap(counts: GapCounts): boolean {
  const total = totalOf(counts)
  return total >= 3 && counts.none >= total * 0.8
}

/** One bar, as long for three reports as for thirty: it shows the shares, and the number beside it the amount. */
export function gapBar(counts: GapCounts, { title, text, direction }: { readonly title: string; readonly text: string; readonly direction: Direction }): Drawing {
  const total = totalOf(counts)
  const shown = gapSteps.filter((step) => counts[step] > 0)
  const room = size.width - gap * Math.max(0, shown.length - 1)
  const shapes: Shape[] = []
  let start = 0
  for (const step of shown) {
    const width = (room * counts[step]) / total
    shapes.push({ shape: 'rect', x: tenth(direction === 'rtl' ? size.width - start - width : start), y: 0, width: tenth(width), height: size.height, paint: `gap-${step}` satisfies Paint })
    start += width + gap
  }
  return { ...size, title, text, shapes }
}
