import { tenth } from '#chart/drawing.ts'

export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

interface PlacedLine {
  readonly x: number
  readonly y: number
  readonly text: string
}

/** Gives each label its room, first come first served. */
export interface LabelRoom {
  /** What stands in `mark` is told by these lines: below it, or where that is taken above or beside it. As they fit, pushed in from the edge; none where there is no room. */
  readonly take: (mark: Box, lines: readonly string[]) => readonly PlacedLine[]
}

/** Two lines of Arabic do not touch. */
export const lineHeight = 13

/**
 * No font is measured here. At the edge letters are as wide as a wide font (DejaVu Sans, bold, 11 pixels) has them, since they would be cut there; beside a neighbour
 * as most fonts have them, since a label without room is not there at all. Those of Chinese, Japanese and Korean are squares.
 */
const letters = [{ kind: /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/u, widest: 11, usual: 11 }, { kind: /[\p{Lu}\p{Script=Cyrillic}]/u, widest: 8.5, usual: 7 }, { kind: /./u, widest: 7, usual: 6 }] as const

function widthOf(lines: readonly string[], measure: 'widest' | 'usual'): number {
  return Math.max(...lines.map((line) => [...line].reduce((sum, letter) => sum + (letters.find(({ kind }) => kind.test(letter))?.[measure] ?? 0), 0)))
}

/** `marks` stand where they stand, and no label on them. */
export function createLabelRoom({ width, height }: { readonly width: number; readonly height: number }, marks: readonly Box[]): LabelRoom {
  const taken: Box[] = []
  const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))
  return {
    take: (mark, lines) => {
      const [widest, half] = [widthOf(lines, 'widest') / 2, widthOf(lines, 'usual') / 2]
      const tall = (lines.length - 1) * lineHeight
      const [x, y] = [(mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2]
      const [below, above, beside] = [mark.bottom + lineHeight, mark.top - tall - 3, y - tall / 2 + 4]
      const [toRight, toLeft] = [mark.left + half, mark.right - half]
      const wanted = [[x, below], [x, above], [toRight, below], [toLeft, below], [toRight, above], [toLeft, above], [mark.right + half + 4, beside], [mark.left - half - 4, beside]] as const
      const spots = wanted.map(([at, base]) => {
        const [middle, first] = [within(at, widest + 2, width - widest - 2), within(base, lineHeight, height - 3 - tall)]
        return { middle, first, box: { left: middle - half, right: middle + half, top: first - lineHeight, bottom: first + tall + 2 } }
      }).filter(({ box }) => !taken.some((other) => areOver(box, other)))
      // The first one, which is the largest, keeps its words in any case.
      const spot = spots.find(({ box }) => !marks.some((other) => areOver(box, other))) ?? (taken.length === 0 ? spots[0] : undefined)
      if (spot === undefined) return []
      taken.push(spot.box)
      return lines.map((text, index) => ({ x: tenth(spot.middle), y: tenth(spot.first + index * lineHeight), text }))
    },
  }
}

function areOver(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
}
