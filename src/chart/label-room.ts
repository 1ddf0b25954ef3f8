import { tenth } from '#chart/drawing.ts'

interface Box {
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
  /** `y` is the base of the first line. The lines as they fit, pushed in from the edge; none where another label stands already. */
  readonly take: (label: { readonly x: number; readonly y: number; readonly lines: readonly string[] }) => readonly PlacedLine[]
}

const lineHeight = 11
/**
 * No font is measured here: letters are taken for as wide as a wide font (DejaVu Sans, bold, 11 pixels) has them, and those of Chinese, Japanese
 * and Korean for a square.
 */
const widths = [[/[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/u, 11], [/[\p{Lu}\p{Script=Cyrillic}]/u, 8.5], [/./u, 7]] as const

function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (widths.find(([kind]) => kind.test(letter))?.[1] ?? 0), 0)
}

export function createLabelRoom({ width, height }: { readonly width: number; readonly height: number }): LabelRoom {
  const taken: Box[] = []
  return {
    take: ({ x, y, lines }) => {
      const half = Math.max(...lines.map(widthOf)) / 2
      const middle = Math.min(width - half - 2, Math.max(half + 2, x))
      const base = Math.min(height - 3 - (lines.length - 1) * lineHeight, Math.max(lineHeight, y))
      const box = { left: middle - half, right: middle + half, top: base - lineHeight, bottom: base + (lines.length - 1) * lineHeight + 2 }
      if (taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) return []
      taken.push(box)
      return lines.map((text, index) => ({ x: tenth(middle), y: tenth(base + index * lineHeight), text }))
    },
  }
}
