import { coarseness, coarsenessOf } from '#volunteer/blur/marks.ts'
import type { Coarseness, Mark, Point, Size } from '#volunteer/blur/marks.ts'

/** The picture with what is hidden in it. */
export interface Painter extends Size {
  readonly canvas: HTMLCanvasElement
  /** Adds a mark to what is there. */
  readonly paint: (mark: Mark) => void
  /** The picture anew, with these marks and no others. */
  readonly repaint: (marks: readonly Mark[]) => void
  readonly close: () => void
}

/**
 * Paints with the coarse picture as if it were a colour: a pattern that lies exactly over the fine one. So a stroke costs as much as any
 * other line, on a cheap phone too, and what is under it is replaced, not covered.
 */
export function createPainter(picture: ImageBitmap, newCanvas: (size: Size) => HTMLCanvasElement): Painter {
  const { width, height } = picture
  const canvas = newCanvas({ width, height })
  const context = contextOf(canvas)
  const coarse = new Map<Coarseness, CanvasPattern>()
  /** Once something large is hidden, small marks over it must not bring finer cells back. */
  let coarsest: Coarseness = coarseness[0]
  context.drawImage(picture, 0, 0)

  function patternOf(cells: Coarseness): CanvasPattern {
    const known = coarse.get(cells) ?? context.createPattern(coarsePicture(picture, cells, newCanvas), 'no-repeat')
    if (known === null) throw new Error('a canvas makes a pattern')
    coarse.set(cells, known)
    return known
  }

  function paint(mark: Mark): void {
    const own = coarsenessOf(mark, picture)
    coarsest = own < coarsest ? own : coarsest
    const pattern = patternOf(coarsest)
    context.fillStyle = pattern
    context.strokeStyle = pattern
    if (mark.kind === 'frame') context.fillRect(mark.at.x - mark.size / 2, mark.at.y - mark.size / 2, mark.size, mark.size)
    else line(context, mark.points, mark.radius)
  }

  return {
    width, height, canvas, paint,
    repaint: (marks) => {
      context.drawImage(picture, 0, 0)
      coarsest = coarseness[0]
      marks.forEach(paint)
    },
    close: () => picture.close(),
  }
}

function line(context: CanvasRenderingContext2D, points: readonly Point[], radius: number): void {
  context.lineWidth = 2 * radius
  context.lineCap = 'round'
  context.lineJoin = 'round'
  const [first, ...rest] = points
  if (first === undefined) return
  context.beginPath()
  // A tap is a round spot: a line without length draws nothing.
  context.arc(first.x, first.y, radius, 0, 2 * Math.PI)
  context.fill()
  context.beginPath()
  context.moveTo(first.x, first.y)
  for (const { x, y } of rest) context.lineTo(x, y)
  context.stroke()
}

/**
 * The picture as a handful of cells, and large again: their means are all that is left. Half blocks, half smooth, so that one sees that
 * something was hidden and no edge of a block can be mistaken for what was there.
 */
function coarsePicture(picture: ImageBitmap, cells: Coarseness, newCanvas: (size: Size) => HTMLCanvasElement): HTMLCanvasElement {
  const { width, height } = picture
  const cell = Math.max(width, height) / cells
  const few = newCanvas({ width: Math.max(1, Math.round(width / cell)), height: Math.max(1, Math.round(height / cell)) })
  halved(picture, few, newCanvas)
  const large = newCanvas({ width, height })
  const context = contextOf(large)
  context.imageSmoothingEnabled = false
  context.drawImage(few, 0, 0, width, height)
  context.globalAlpha = 0.5
  context.imageSmoothingEnabled = true
  context.drawImage(few, 0, 0, width, height)
  return large
}

/** Down by halves: some browsers look only at the nearest pixels when they make a picture small in one step, and these would stay. */
function halved(picture: ImageBitmap, few: HTMLCanvasElement, newCanvas: (size: Size) => HTMLCanvasElement): void {
  let source: CanvasImageSource & Size = picture
  while (source.width > few.width * 2 && source.height > few.height * 2) {
    const half = newCanvas({ width: Math.ceil(source.width / 2), height: Math.ceil(source.height / 2) })
    smooth(half, source)
    source = half
  }
  smooth(few, source)
}

function smooth(canvas: HTMLCanvasElement, source: CanvasImageSource): void {
  const context = contextOf(canvas)
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('a new canvas has a 2d context')
  return context
}

export function newCanvas({ width, height }: Size): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return canvas
}
