import { createCamera } from '#volunteer/blur/camera.ts'
import type { Camera } from '#volunteer/blur/camera.ts'
import { middleWidth, noMarks, radiusOf, redoneOnce, stepBeside, undoneOnce, withMark } from '#volunteer/blur/marks.ts'
import type { Mark, Marks, Point, Size } from '#volunteer/blur/marks.ts'
import type { Painter } from '#volunteer/blur/painter.ts'
import type { View } from '#volunteer/blur/view.ts'

/** What the tools beside the stage show. */
export interface DrawingState {
  readonly marks: Marks
  readonly brush: number
  readonly isClose: boolean
}

/** Fingers, pens and mice: one draws, two move the picture. `id` tells them apart, places are those of the stage. */
export interface Hands {
  readonly down: (id: number, at: Point) => void
  readonly move: (id: number, at: Point) => void
  readonly up: (id: number) => void
  /** The pointer was taken away by the system: the line is not meant. */
  readonly cancel: (id: number) => void
}

/** What the screen sees of one picture that is drawn on. */
export interface Drawing extends Hands {
  readonly get: () => DrawingState
  readonly subscribe: (onChange: () => void) => () => void
  readonly undo: () => void
  readonly redo: () => void
  readonly changeBrush: (by: 1 | -1) => void
  readonly zoom: (by: number, around?: Point) => void
  readonly resize: (stage: Size) => void
  /** The frame of the keyboard, by steps of its own size; shown from the first step on. */
  readonly moveFrame: (dx: -1 | 0 | 1, dy: -1 | 0 | 1, isFine: boolean) => void
  readonly hideFrame: () => void
  /** Called when there is something new to see. */
  readonly watchScene: (onChange: () => void) => () => void
  /** What is to be drawn now. */
  readonly scene: () => { readonly view: View; readonly stage: Size; readonly frame: { readonly at: Point; readonly size: number } | null }
}

type PainterOfMarks = Pick<Painter, 'width' | 'height' | 'paint' | 'repaint'>

/** Everything that can be done to a picture, without a screen: the screen only says what fingers and keys do, and draws `scene`. */
export function createDrawing(painter: PainterOfMarks): Drawing {
  const picture: Size = { width: painter.width, height: painter.height }
  const camera = createCamera(picture)
  let state: DrawingState = { marks: noMarks, brush: middleWidth, isClose: false }
  let frame: Point | null = null
  const [listeners, watchers] = [new Set<() => void>(), new Set<() => void>()]
  const radius = (): number => radiusOf(state.brush, picture)
  const centre: Point = { x: picture.width / 2, y: picture.height / 2 }

  const onScene = (): void => watchers.forEach((call) => call())

  function show(next: Partial<DrawingState>): void {
    state = { ...state, ...next, isClose: camera.isClose() }
    for (const listener of listeners) listener()
    onScene()
  }
  function setMarks(marks: Marks): void {
    painter.repaint(marks.done)
    show({ marks })
  }
  function add(mark: Mark): void {
    painter.paint(mark)
    show({ marks: withMark(state.marks, mark) })
  }

  return {
    ...createHands({
      camera,
      onBegin: () => {
        frame = null
      },
      radius,
      onPart: (mark) => {
        painter.paint(mark)
        onScene()
      },
      // A mark larger than its parts may be coarser than they were: it is painted once more as a whole.
      onLine: add,
      onDrop: () => setMarks(state.marks),
      onPinch: () => show({}),
    }),
    get: () => state,
    subscribe: (onChange) => {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    watchScene: (onChange) => {
      watchers.add(onChange)
      return () => watchers.delete(onChange)
    },
    undo: () => setMarks(undoneOnce(state.marks)),
    redo: () => setMarks(redoneOnce(state.marks)),
    changeBrush: (by) => show({ brush: stepBeside(state.brush, by) }),
    zoom: (by, around) => {
      camera.zoom(by, around)
      show({})
    },
    resize: (stage) => {
      camera.resize(stage)
      show({})
    },
    moveFrame: (dx, dy, isFine) => {
      const step = radius() * (isFine ? 0.25 : 1)
      const from = frame ?? centre
      frame = { x: within(from.x + dx * step, picture.width), y: within(from.y + dy * step, picture.height) }
      onScene()
    },
    hideFrame: () => {
      frame ??= centre
      add({ kind: 'frame', at: frame, size: 2 * radius() })
    },
    scene: () => ({ ...camera.get(), frame: frame === null ? null : { at: frame, size: 2 * radius() } }),
  }
}

interface HandsGround {
  readonly camera: Camera
  readonly radius: () => number
  readonly onBegin: () => void
  /** The newest part of a line that is still being drawn. */
  readonly onPart: (part: Mark) => void
  readonly onLine: (line: Mark) => void
  readonly onDrop: () => void
  readonly onPinch: () => void
}

function createHands({ camera, radius, onBegin, onPart, onLine, onDrop, onPinch }: HandsGround): Hands {
  const fingers = new Map<number, Point>()
  let line: { readonly points: Point[]; readonly radius: number } | null = null

  function drop(): void {
    line = null
    onDrop()
  }
  return {
    down: (id, at) => {
      fingers.set(id, at)
      onBegin()
      if (fingers.size > 1) return drop()
      line = { points: [camera.onPicture(at)], radius: radius() }
      onPart({ kind: 'line', ...line })
    },
    move: (id, at) => {
      const before = fingers.get(id)
      const other = [...fingers].find(([key]) => key !== id)?.[1]
      if (before === undefined) return
      fingers.set(id, at)
      if (other !== undefined) {
        camera.pinch([before, other], [at, other])
        return onPinch()
      }
      const last = line?.points.at(-1)
      if (line === null || last === undefined) return
      const next = camera.onPicture(at)
      line.points.push(next)
      onPart({ kind: 'line', points: [last, next], radius: line.radius })
    },
    up: (id) => {
      fingers.delete(id)
      if (line !== null) onLine({ kind: 'line', ...line })
      line = null
    },
    cancel: (id) => {
      fingers.delete(id)
      drop()
    },
  }
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(0, value))
}
