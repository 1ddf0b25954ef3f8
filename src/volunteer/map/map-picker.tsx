import { useMemo, useState } from 'react'
import type { KeyboardEvent, MouseEvent } from 'react'
import { coarsePoint } from '#domain/disclosure.ts'
import type { Position } from '#domain/disclosure.ts'
import { classNames } from '#ui/class-names.ts'
import { IconButton } from '#ui/icon-button/icon-button.tsx'
import { boundsOf, countryAt, outlineOf, outlines } from '#volunteer/map/outlines.ts'
import { drawn, mapSize, moved, pointAt, positionOn, spotOf, viewOf, zoomed } from '#volunteer/map/map-view.ts'
import type { MapView } from '#volunteer/map/map-view.ts'
import styles from '#volunteer/map/map.module.css'
import { sayAccuracy } from '#volunteer/fields/accuracy-words.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

export interface MapPickerProps {
  /** Where the pin stands already. */
  readonly pin: Position | null
  readonly country: string | undefined
  /** `country`: where the pin lies, as far as the outlines tell. */
  readonly onPick: (position: Position, country: string | null) => void
}

const arrows: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }
const pinSign = 'M0 0C-6 -7 -8 -11 -8 -15a8 8 0 0 1 16 0c0 4 -2 8 -8 15z'

/** The countries of the world without any connection: a tap sets the pin, arrow keys and buttons move it, and words say where it is. */
export function MapPicker({ pin, country, onPick }: MapPickerProps) {
  const { say } = useWords()
  const [view, setView] = useState<MapView>(() => viewOf(country === undefined ? null : boundsOf(country)))
  const here = country === undefined ? null : outlineOf(country)
  const lines = useMemo(() => drawn(view, outlines), [view])
  const spot = pin === null ? null : spotOf(view, pin)

  function handlePick(position: Position | null): void {
    if (position !== null) onPick(position, countryAt(position.lat, position.lon))
  }
  function handleTap(event: MouseEvent<HTMLButtonElement>): void {
    // Enter and the space bar are clicks without a place.
    if (event.detail === 0) return
    const box = event.currentTarget.getBoundingClientRect()
    handlePick(pointAt(view, ((event.clientX - box.left) / box.width) * mapSize.width, ((event.clientY - box.top) / box.height) * mapSize.height))
  }
  function handleMove(east: number, north: number): void {
    const next = pin === null ? view : moved(view, pin, east, north)
    if (spotOf(view, next) === null) setView({ ...view, lat: next.lat, lon: next.lon })
    handlePick(positionOn(view, next))
  }
  function handleKey(event: KeyboardEvent): void {
    const arrow = arrows[event.key]
    if (arrow === undefined && !['+', '-', '='].includes(event.key)) return
    event.preventDefault()
    if (arrow === undefined) setView(zoomed(view, event.key === '-' ? 2 : 0.5, pin))
    else handleMove(...arrow)
  }

  return (
    <div className={styles.picker}>
      <button type="button" className={styles.map} aria-label={say('map.label')} onClick={handleTap} onKeyDown={handleKey}>
        <svg viewBox={`0 0 ${mapSize.width} ${mapSize.height}`} aria-hidden="true">
          {lines.map(({ outline, line }) => <path key={line} className={classNames(styles.land, outline === here && styles.here)} d={line} />)}
          {spot === null ? null : <g className={styles.pin} transform={`translate(${spot[0]} ${spot[1]})`}><path d={pinSign} /><circle cy="-15" r="3" /></g>}
        </svg>
      </button>
      <div className={styles.controls} dir="ltr">
        <IconButton icon="plus" label={say('map.zoomIn')} onClick={() => setView(zoomed(view, 0.5, pin))} />
        <IconButton icon={minus} label={say('map.zoomOut')} onClick={() => setView(zoomed(view, 2, pin))} />
        <IconButton icon={west} label={say('map.west')} onClick={() => handleMove(-1, 0)} />
        <IconButton icon="chevron-up" label={say('map.north')} onClick={() => handleMove(0, 1)} />
        <IconButton icon="chevron-down" label={say('map.south')} onClick={() => handleMove(0, -1)} />
        <IconButton icon={east} label={say('map.east')} onClick={() => handleMove(1, 0)} />
      </div>
      <PinWords pin={pin} />
      <p className={styles.quiet}>{say('map.outlines')}</p>
    </div>
  )
}

/** West is on the left of a map in every language, so these do not turn with the writing. */
const minus = { drawing: 'M5 12h14' }
const west = { drawing: 'm15 5-7 7 7 7' }
const east = { drawing: 'm9 5 7 7-7 7' }

/** The map in words, read out whenever the pin has moved. */
function PinWords({ pin }: Pick<MapPickerProps, 'pin'>) {
  const words = useWords()
  if (pin === null) return <p role="status" className={styles.quiet}>{words.say('map.noPin')}</p>
  const { lat, lon } = coarsePoint(pin.lat, pin.lon)
  const code = countryAt(pin.lat, pin.lon)
  const where = code === null ? words.say('map.nowhere') : words.format.country(code)
  const point = `${words.format.number(Math.abs(lat))}° ${words.say(lat < 0 ? 'map.s' : 'map.n')}, ${words.format.number(Math.abs(lon))}° ${words.say(lon < 0 ? 'map.w' : 'map.e')}`
  return <p role="status">{words.say('map.pin', { where, point, accuracy: sayAccuracy(words, pin.accuracyM) })}</p>
}
