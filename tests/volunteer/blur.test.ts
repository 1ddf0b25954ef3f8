import { describe, expect, it } from 'vitest'
import { createDrawing } from '#volunteer/blur/drawing.ts'
import { coarsenessOf, radiusOf, redoneOnce, stepBeside, undoneOnce, withMark, noMarks } from '#volunteer/blur/marks.ts'
import type { Mark } from '#volunteer/blur/marks.ts'
import { fittingView, moved, onPicture, zoomed } from '#volunteer/blur/view.ts'

const picture = { width: 1600, height: 1200 }
const stage = { width: 320, height: 480 }
const tap = (x: number, y: number, radius = 96): Mark => ({ kind: 'line', points: [{ x, y }], radius })

/** A painter that remembers what is on the picture. */
function aPainter() {
  let painted: Mark[] = []
  return {
    ...picture,
    painted: () => painted,
    paint: (mark: Mark) => void painted.push(mark),
    repaint: (marks: readonly Mark[]) => {
      painted = [...marks]
    },
  }
}

function aDrawing() {
  const painter = aPainter()
  const drawing = createDrawing(painter)
  drawing.resize(stage)
  return { painter, drawing }
}

describe('what is hidden', () => {
  it('[VO58] can be taken back and done again until it is saved; something new ends what could be done again', () => {
    const two = withMark(withMark(noMarks, tap(1, 1)), tap(2, 2))
    const back = undoneOnce(undoneOnce(undoneOnce(two)))
    expect([back.done, redoneOnce(back).done, redoneOnce(redoneOnce(redoneOnce(back)))]).toEqual([[], [tap(1, 1)], two])
    expect(redoneOnce(withMark(undoneOnce(two), tap(3, 3)))).toEqual({ done: [tap(1, 1), tap(3, 3)], undone: [] })
  })

  it('[VO59] is the coarser the larger it is: never more than four or so means across', () => {
    for (const radius of [32, 56, 96, 160, 256]) {
      for (const length of [0, 100, 400, 800]) {
        const line: Mark = { kind: 'line', points: [{ x: 400, y: 400 }, { x: 400 + length, y: 400 + length }], radius }
        const across = length + 2 * radius
        const cell = 1600 / coarsenessOf(line, picture)
        expect([length, radius, across / cell <= 4 || cell === 320]).toEqual([length, radius, true])
        expect(cell).toBeGreaterThanOrEqual(80)
      }
    }
    expect(coarsenessOf({ kind: 'frame', at: { x: 0, y: 0 }, size: 100 }, picture)).toBe(20)
    expect(coarsenessOf({ kind: 'frame', at: { x: 0, y: 0 }, size: 700 }, picture)).toBe(5)
  })

  it('[VO58] brushes grow with the picture and end at both ends', () => {
    expect([radiusOf(0, picture), radiusOf(4, picture), radiusOf(0, { width: 160, height: 120 })]).toEqual([32, 256, 3.2])
    expect([stepBeside(0, -1), stepBeside(4, 1), stepBeside(2, 1)]).toEqual([0, 4, 3])
  })
})

describe('where the picture lies', () => {
  it('[VO58] it fits, comes closer around a finger, and never shows a gap where there is picture', () => {
    const fitting = fittingView(picture, stage)
    expect(fitting).toEqual({ scale: 0.2, x: 0, y: 120 })
    const close = zoomed(fitting, { by: 4, around: { x: 100, y: 200 }, picture, stage })
    expect(close.scale).toBeCloseTo(0.8)
    expect(onPicture(close, { x: 100, y: 200 })).toEqual(onPicture(fitting, { x: 100, y: 200 }))
    expect(zoomed(close, { by: 100, around: { x: 0, y: 0 }, picture, stage }).scale).toBeCloseTo(1.6)
    expect(zoomed(close, { by: 0.01, around: { x: 0, y: 0 }, picture, stage })).toEqual(fitting)
    const far = moved(close, { by: { x: 9999, y: -9999 }, picture, stage })
    expect([far.x, far.y]).toEqual([0, stage.height - picture.height * 0.8])
  })
})

describe('fingers and keys', () => {
  it('[VO58] a finger hides along its way; what the system takes away is not meant', () => {
    const { painter, drawing } = aDrawing()
    drawing.down(1, { x: 100, y: 200 })
    drawing.move(1, { x: 120, y: 200 })
    drawing.up(1)
    expect(drawing.get().marks.done).toEqual([{ kind: 'line', points: [{ x: 500, y: 400 }, { x: 600, y: 400 }], radius: 96 }])
    drawing.down(2, { x: 10, y: 200 })
    drawing.move(2, { x: 20, y: 200 })
    drawing.cancel(2)
    expect([drawing.get().marks.done.length, painter.painted().length]).toEqual([1, 1])
    drawing.undo()
    expect(painter.painted()).toEqual([])
    drawing.redo()
    expect(painter.painted()).toHaveLength(1)
  })

  it('[VO58] two fingers bring the picture closer and hide nothing', () => {
    const { painter, drawing } = aDrawing()
    drawing.down(1, { x: 140, y: 240 })
    drawing.down(2, { x: 180, y: 240 })
    const before = onPicture(drawing.scene().view, { x: 160, y: 240 })
    drawing.move(1, { x: 100, y: 240 })
    drawing.move(2, { x: 220, y: 240 })
    drawing.up(1)
    drawing.up(2)
    const { view } = drawing.scene()
    expect([view.scale, drawing.get().isClose, drawing.get().marks.done, painter.painted()]).toEqual([expect.closeTo(0.6) as number, true, [], []])
    expect(onPicture(view, { x: 160, y: 240 })).toEqual({ x: expect.closeTo(before.x) as number, y: expect.closeTo(before.y) as number })
  })

  it('[VO58] arrows move a frame within the picture, its size follows the brush, and it hides what is in it', () => {
    const { drawing } = aDrawing()
    expect(drawing.scene().frame).toBeNull()
    for (let press = 0; press < 30; press += 1) drawing.moveFrame(-1, 0, false)
    drawing.moveFrame(0, 1, true)
    drawing.changeBrush(-1)
    expect(drawing.scene().frame).toEqual({ at: { x: 0, y: 624 }, size: expect.closeTo(112) as number })
    drawing.hideFrame()
    expect(drawing.get().marks.done).toEqual([{ kind: 'frame', at: { x: 0, y: 624 }, size: expect.closeTo(112) as number }])
    drawing.down(1, { x: 1, y: 200 })
    expect(drawing.scene().frame).toBeNull()
  })

  it('[VO58] a turned phone shows the same part of the picture', () => {
    const { drawing } = aDrawing()
    drawing.zoom(4)
    const looked = onPicture(drawing.scene().view, { x: 160, y: 240 })
    drawing.resize({ width: 480, height: 320 })
    expect(onPicture(drawing.scene().view, { x: 240, y: 160 })).toEqual({ x: expect.closeTo(looked.x) as number, y: expect.closeTo(looked.y) as number })
  })
})
