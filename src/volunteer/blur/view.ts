import type { Point, Size } from '#volunteer/blur/marks.ts'

/** Where the picture lies on the stage: a point of it stands at `x + scale * point`. */
export interface View extends Point {
  readonly scale: number
}

const maxZoom = 8

/** The whole picture in the middle of the stage. */
export function fittingView(picture: Size, stage: Size): View {
  return placed({ scale: fittingScale(picture, stage), x: 0, y: 0 }, picture, stage)
}

/** Closer (or further away) around a point of the stage, which stays where it is as far as the edges allow. */
export function zoomed(view: View, { by, around, picture, stage }: { readonly by: number; readonly around: Point; readonly picture: Size; readonly stage: Size }): View {
  const least = fittingScale(picture, stage)
  const scale = Math.min(least * maxZoom, Math.max(least, view.scale * by))
  const grown = scale / view.scale
  return placed({ scale, x: around.x - (around.x - view.x) * grown, y: around.y - (around.y - view.y) * grown }, picture, stage)
}

export function moved(view: View, { by, picture, stage }: { readonly by: Point; readonly picture: Size; readonly stage: Size }): View {
  return placed({ ...view, x: view.x + by.x, y: view.y + by.y }, picture, stage)
}

export function onPicture(view: View, { x, y }: Point): Point {
  return { x: (x - view.x) / view.scale, y: (y - view.y) / view.scale }
}

function fittingScale(picture: Size, stage: Size): number {
  return Math.min(stage.width / picture.width, stage.height / picture.height)
}

/** Never with a gap where there is picture: in the middle while it is smaller than the stage, else up to its edges. */
function placed({ scale, x, y }: View, picture: Size, stage: Size): View {
  return { scale, x: within(x, picture.width * scale, stage.width), y: within(y, picture.height * scale, stage.height) }
}

function within(at: number, length: number, room: number): number {
  return length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, at))
}
