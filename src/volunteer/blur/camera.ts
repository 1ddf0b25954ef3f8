import type { Point, Size } from '#volunteer/blur/marks.ts'
import { fittingView, moved, onPicture, zoomed } from '#volunteer/blur/view.ts'
import type { View } from '#volunteer/blur/view.ts'

/** Which part of the picture the stage shows. */
export interface Camera {
  readonly get: () => { readonly view: View; readonly stage: Size }
  readonly isClose: () => boolean
  readonly resize: (stage: Size) => void
  readonly zoom: (by: number, around: Point | undefined) => void
  /** Two fingers went from `before` to `now`: their middle carries the picture along, their distance brings it closer. */
  readonly pinch: (before: readonly [Point, Point], now: readonly [Point, Point]) => void
  readonly onPicture: (at: Point) => Point
}

export function createCamera(picture: Size): Camera {
  let stage: Size = picture
  let view: View = fittingView(picture, stage)
  const isClose = (): boolean => view.scale > fittingView(picture, stage).scale * 1.01
  const middle = (): Point => ({ x: stage.width / 2, y: stage.height / 2 })
  return {
    get: () => ({ view, stage }),
    isClose,
    resize: (next) => {
      const wasClose = isClose()
      const looked = onPicture(view, middle())
      stage = next
      const to = middle()
      view = wasClose ? moved(view, { by: { x: to.x - view.x - looked.x * view.scale, y: to.y - view.y - looked.y * view.scale }, picture, stage }) : fittingView(picture, stage)
    },
    zoom: (by, around = middle()) => {
      view = zoomed(view, { by, around, picture, stage })
    },
    pinch: (before, now) => {
      const [from, to] = [middleOf(before), middleOf(now)]
      // Closer first: a picture that just fits has no room to be carried.
      const closer = zoomed(view, { by: distance(now) / Math.max(1, distance(before)), around: from, picture, stage })
      view = moved(closer, { by: { x: to.x - from.x, y: to.y - from.y }, picture, stage })
    },
    onPicture: (at) => onPicture(view, at),
  }
}

function middleOf([one, other]: readonly [Point, Point]): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }
}

function distance([one, other]: readonly [Point, Point]): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}
