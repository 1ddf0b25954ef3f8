import type { Drawing, Shape } from '#chart/drawing.ts'
import { tenth } from '#chart/drawing.ts'
import type { Direction } from '#i18n/direction.ts'

/** One week; `label` names it in words, `axis` stands under it when a new month begins. */
export interface WeekCounts {
  /** Its Monday, `YYYY-MM-DD`. */
  readonly id: string
  readonly label: string
  readonly axis: string | null
  /** Null: a number that is not shown. */
  readonly challenges: number | null
  readonly actions: number | null
}

export interface WeekBarsAbout {
  readonly title: string
  readonly text: string
  readonly direction: Direction
  readonly chosen: ReadonlySet<string>
  readonly number: (value: number) => string
}

const height = { value: 16, up: 96, middle: 3, down: 64, axis: 34 } as const
const leastBar = 2
/** What is not shown: a hatched mark, no measure. */
const hiddenBar = 8
/** Below this there is no room for a number at each bar: the highest alone have theirs, by which the others are measured. */
const roomForValue = 22
/** Of the letters of a number, so that none is cut off at an end. */
const halfDigit = 3.5
const width = 720
/** That of the longest name of a month, shortened as languages do. */
const nameWidth = 48

/** Challenges stand up, actions hang down, on one scale: what grows and what answers it are seen side by side. */
export function weekBars(weeks: readonly WeekCounts[], { title, text, direction, chosen, number }: WeekBarsAbout): Drawing {
  const step = width / Math.max(1, weeks.length)
  const bar = Math.min(44, step * 0.78)
  const scale = Math.min(height.up / most(weeks, 'challenges'), height.down / most(weeks, 'actions'))
  const base = height.value + height.up
  const fullHeight = base + height.middle + height.down + height.axis
  const axisLabels: Shape[] = []
  const highest = { challenges: highestOf(weeks, 'challenges'), actions: highestOf(weeks, 'actions') }
  const groups = weeks.map((week, index): Shape => {
    const middle = tenth(placed((index + 0.5) * step))
    const x = tenth(middle - bar / 2)
    const [up, down] = [lengthOf(week.challenges, scale), lengthOf(week.actions, scale)]
    if (week.axis !== null && hasRoom(index)) axisLabels.push({ shape: 'text', x: tenth(placed(index * step + (step - bar) / 2)), y: fullHeight - 6, anchor: direction === 'rtl' ? 'end' : 'start', lettering: 'axis', text: week.axis })
    const shapes: Shape[] = [
      ...(chosen.has(week.id) ? [{ shape: 'rect', x: tenth(middle - step / 2), y: 0, width: tenth(step), height: fullHeight - height.axis, paint: 'chosen' } as const] : []),
      ...(up > 0 ? [{ shape: 'rect', x, y: tenth(base - up), width: tenth(bar), height: tenth(up), paint: week.challenges === null ? 'silent' : 'challenge' } as const] : []),
      ...(down > 0 ? [{ shape: 'rect', x, y: base + height.middle, width: tenth(bar), height: tenth(down), paint: week.actions === null ? 'silent' : 'action' } as const] : []),
      ...valueAt(week.challenges, { middle, y: base - up - 4, isShown: step >= roomForValue || index === highest.challenges }),
      ...valueAt(week.actions, { middle, y: base + height.middle + down + 11, isShown: step >= roomForValue || index === highest.actions }),
    ]
    return { shape: 'group', id: week.id, label: week.label, isChosen: chosen.has(week.id), shapes }
  })
  const line: Shape = { shape: 'rect', x: 0, y: base + 1, width, height: 1, paint: 'axis' }
  return { width, height: fullHeight, title, text, shapes: [line, ...groups, ...axisLabels] }

  function valueAt(count: number | null, { middle, y, isShown }: { readonly middle: number; readonly y: number; readonly isShown: boolean }): readonly Shape[] {
    if (count === null || count === 0 || !isShown) return []
    const text = number(count)
    const half = text.length * halfDigit
    return [{ shape: 'text', x: tenth(Math.min(width - half, Math.max(half, middle))), y: tenth(y), anchor: 'middle', lettering: 'value', text }]
  }

  /** A month of which one week is left at the start gives way to the next one; at the end its name would be cut off. */
  function hasRoom(index: number): boolean {
    const next = weeks.findIndex(({ axis }, later) => later > index && axis !== null && later * step + nameWidth <= width)
    const end = next < 0 ? width : next * step
    return index * step + nameWidth <= end
  }

  function placed(x: number): number {
    return direction === 'rtl' ? width - x : x
  }
}

/** The first of them; -1 where none is shown. */
function highestOf(weeks: readonly WeekCounts[], field: 'challenges' | 'actions'): number {
  const largest = weeks.reduce((before, week) => Math.max(before, week[field] ?? 0), 0)
  return largest === 0 ? -1 : weeks.findIndex((week) => week[field] === largest)
}

function most(weeks: readonly WeekCounts[], field: 'challenges' | 'actions'): number {
  return weeks.reduce((largest, week) => Math.max(largest, week[field] ?? 0), 1)
}

/** What is there is seen, however little it is beside the most. */
function lengthOf(count: number | null, scale: number): number {
  if (count === null) return hiddenBar
  return count === 0 ? 0 : Math.max(leastBar, count * scale)
}
