import { useEffect, useRef } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import type { Drawing } from '#volunteer/blur/drawing.ts'
import type { Point } from '#volunteer/blur/marks.ts'
import styles from '#volunteer/blur/blur.module.css'

interface BlurStageProps {
  readonly drawing: Drawing
  readonly canvas: HTMLCanvasElement | null
  readonly label: string
  readonly hintId: string
}

/** The picture under the finger. What is seen is drawn from the painter's canvas, as large as the screen and no larger. */
export function BlurStage({ drawing, canvas, label, hintId }: BlurStageProps) {
  const seen = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = seen.current
    if (element === null || canvas === null) return undefined
    let frame = 0
    const draw = (): void => {
      frame = 0
      drawScene(element, canvas, drawing)
    }
    // However many points a finger makes, the screen is drawn once a frame.
    const unwatch = drawing.watchScene(() => {
      if (frame === 0) frame = requestAnimationFrame(draw)
    })
    const observer = new ResizeObserver(() => drawing.resize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
      unwatch()
    }
  }, [drawing, canvas])

  return (
    <canvas
      ref={seen}
      className={styles.stage}
      // oxlint-disable-next-line jsx-a11y/no-interactive-element-to-noninteractive-role -- screen readers hand their keys over to an application: arrows, + and −, and Enter
      role="application"
      tabIndex={0}
      aria-label={label}
      aria-describedby={hintId}
      onKeyDown={(event) => handleKey(event, drawing)}
      onWheel={(event) => drawing.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, placeOf(event))}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        drawing.down(event.pointerId, placeOf(event))
      }}
      onPointerMove={(event) => drawing.move(event.pointerId, placeOf(event))}
      onPointerUp={(event: PointerEvent) => drawing.up(event.pointerId)}
      onPointerCancel={(event: PointerEvent) => drawing.cancel(event.pointerId)}
    />
  )
}

const arrows: Readonly<Record<string, readonly [-1 | 0 | 1, -1 | 0 | 1]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

function handleKey(event: KeyboardEvent, drawing: Drawing): void {
  const act = actOf(event, drawing)
  if (act === null) return
  event.preventDefault()
  act()
}

function actOf({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent, drawing: Drawing): (() => void) | null {
  const arrow = arrows[key]
  if (arrow !== undefined) return () => drawing.moveFrame(arrow[0], arrow[1], shiftKey)
  if (ctrlKey || metaKey) {
    if (key.toLowerCase() === 'y' || (key.toLowerCase() === 'z' && shiftKey)) return drawing.redo
    return key.toLowerCase() === 'z' ? drawing.undo : null
  }
  if (key === '+' || key === '=') return () => drawing.changeBrush(1)
  if (key === '-' || key === '−') return () => drawing.changeBrush(-1)
  return key === 'Enter' || key === ' ' ? drawing.hideFrame : null
}

function placeOf({ clientX, clientY, currentTarget }: { readonly clientX: number; readonly clientY: number; readonly currentTarget: Element }): Point {
  const { left, top } = currentTarget.getBoundingClientRect()
  return { x: clientX - left, y: clientY - top }
}

/** Twice the pixels are enough for eyes; more would only cost. */
const mostDensity = 2

function drawScene(seen: HTMLCanvasElement, canvas: HTMLCanvasElement, drawing: Drawing): void {
  const { view, stage, frame } = drawing.scene()
  const density = Math.min(mostDensity, devicePixelRatio)
  const [width, height] = [Math.round(stage.width * density), Math.round(stage.height * density)]
  // Setting a size clears the canvas, even the same one.
  if (seen.width !== width || seen.height !== height) Object.assign(seen, { width, height })
  const context = seen.getContext('2d')
  if (context === null) return
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, width, height)
  context.setTransform(view.scale * density, 0, 0, view.scale * density, view.x * density, view.y * density)
  context.drawImage(canvas, 0, 0)
  if (frame === null) return
  // Black and white, so that it is seen on any picture.
  for (const [colour, pixels] of [['#000', 5], ['#fff', 2]] as const) {
    context.strokeStyle = colour
    context.lineWidth = pixels / view.scale
    context.strokeRect(frame.at.x - frame.size / 2, frame.at.y - frame.size / 2, frame.size, frame.size)
  }
}
