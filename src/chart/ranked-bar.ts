import type { Drawing, Paint } from '#chart/drawing.ts'
import { tenth } from '#chart/drawing.ts'
import type { Direction } from '#i18n/direction.ts'

const size = { width: 100, height: 8 } as const
const least = 0.8

/** One line of a ranking: as long as its share of the largest. */
export function rankedBar(count: number, { largest, paint, direction }: { readonly largest: number; readonly paint: Paint; readonly direction: Direction }): Drawing {
  const width = count === 0 || largest <= 0 ? 0 : Math.max(least, (count / largest) * size.width)
  const x = direction === 'rtl' ? size.width - width : 0
  return { ...size, title: '', text: '', shapes: width === 0 ? [] : [{ shape: 'rect', x: tenth(x), y: 0, width: tenth(width), height: size.height, paint }] }
}
