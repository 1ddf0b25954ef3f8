import type { Drawing, Shape } from '#chart/drawing.ts'
import { tenth } from '#chart/drawing.ts'
import type { Direction } from '#i18n/direction.ts'

const size = { width: 720, height: 16 } as const
/** One week of years is seen on a phone as well. */
const least = 5

export interface StripAbout {
  readonly title: string
  readonly text: string
  readonly direction: Direction
  /** Steps before which a line stands: where a year begins. */
  readonly marks: readonly number[]
}

/** Time as one line of silence, with a mark where something was heard. Steps in a row are one shape, so that years of weeks are few. */
export function heardStrip(silent: readonly boolean[], { title, text, direction, marks }: StripAbout): Drawing {
  const step = size.width / Math.max(1, silent.length)
  const rect = (from: number, width: number, paint: 'silent' | 'heard' | 'axis'): Shape => ({ shape: 'rect', x: tenth(direction === 'rtl' ? size.width - from - width : from), y: 0, width: tenth(width), height: size.height, paint })
  const heard = silent.flatMap((isSilent, index): readonly Shape[] => {
    if (isSilent || silent[index - 1] === false) return []
    const next = silent.indexOf(true, index)
    const width = Math.max(least, ((next === -1 ? silent.length : next) - index) * step)
    return [rect(Math.min(index * step, size.width - width), width, 'heard')]
  })
  return { ...size, title, text, shapes: [rect(0, size.width, 'silent'), ...marks.map((at) => rect(at * step, 2, 'axis')), ...heard] }
}
