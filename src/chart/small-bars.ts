import type { Drawing, Paint, Shape } from '#chart/drawing.ts'
import { tenth } from '#chart/drawing.ts'
import type { Direction } from '#i18n/direction.ts'

const size = { width: 240, height: 64 } as const
const axis = 1
const least = 2
/** What is not shown has this height, hatched: a mark, no measure. */
const hidden = 8

/** One of several small charts side by side, all on the scale of `largest`: a bar a week, hatched where the number is not shown. */
export function smallBars(counts: readonly (number | null)[], { title, text, largest, paint, direction }: { readonly title: string; readonly text: string; readonly largest: number; readonly paint: Paint; readonly direction: Direction }): Drawing {
  const step = size.width / Math.max(1, counts.length)
  const width = tenth(Math.max(1, Math.min(28, step * 0.8)))
  const base = size.height - axis
  const bars = counts.flatMap((count, index): readonly Shape[] => {
    const middle = (index + 0.5) * step
    const x = tenth((direction === 'rtl' ? size.width - middle : middle) - width / 2)
    const height = count === null ? hidden : count === 0 ? 0 : tenth(Math.max(least, (count / Math.max(1, largest)) * (base - 2)))
    return height === 0 ? [] : [{ shape: 'rect', x, y: tenth(base - height), width, height, paint: count === null ? 'silent' : paint }]
  })
  return { ...size, title, text, shapes: [{ shape: 'rect', x: 0, y: base, width: size.width, height: axis, paint: 'axis' }, ...bars] }
}
