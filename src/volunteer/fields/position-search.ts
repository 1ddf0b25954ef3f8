import type { Position } from '#domain/disclosure.ts'

/** Why there is no position: each has its words, and each leaves the place to be written by hand. */
export type SearchTrouble = 'refused' | 'failed' | 'late' | 'absent'
export type SearchState = { readonly phase: 'idle' } | { readonly phase: 'searching'; readonly accuracyM: number | null } | { readonly phase: 'ended'; readonly trouble: SearchTrouble }

export interface PositionSearch {
  readonly stop: () => void
}

export interface SearchGround {
  /** Absent where the page is not secure or the browser has no sensor. */
  readonly geolocation: Pick<Geolocation, 'watchPosition' | 'clearWatch'> | undefined
  readonly after: (ms: number, run: () => void) => () => void
}

/** Better than this helps nobody: the report shows a kilometre. */
export const goodEnoughM = 25
/** Past this the phone is indoors or has no sky: what it has found by then stands, and the author loses no more time. */
export const longestSearchMs = 30_000
const worstM = 100_000

/**
 * Asks the phone where it is until the answer is good or the time is up:
 * searching → (each better position is told) → idle | ended with the trouble, when nothing was found.
 */
export function searchPosition({ geolocation, after }: SearchGround, onPosition: (position: Position) => void, onState: (state: SearchState) => void): PositionSearch {
  let best: Position | null = null
  let isOver = false
  const end = (trouble: SearchTrouble): void => {
    if (isOver) return
    stop()
    onState(best === null ? { phase: 'ended', trouble } : { phase: 'idle' })
  }
  if (geolocation === undefined) {
    onState({ phase: 'ended', trouble: 'absent' })
    return { stop: () => undefined }
  }
  onState({ phase: 'searching', accuracyM: null })
  let watch: number | null = null
  const cancel = after(longestSearchMs, () => end('late'))
  watch = geolocation.watchPosition(handleFix, (error) => end(error.code === error.PERMISSION_DENIED ? 'refused' : 'failed'), { enableHighAccuracy: true, maximumAge: 60_000 })
  // A browser may answer before it has told the number of the watch.
  if (isOver) geolocation.clearWatch(watch)

  function handleFix({ coords }: GeolocationPosition): void {
    const accuracyM = Math.min(worstM, Math.round(coords.accuracy))
    if (isOver || (best !== null && best.accuracyM <= accuracyM)) return
    best = { lat: coords.latitude, lon: coords.longitude, accuracyM }
    onPosition(best)
    if (accuracyM <= goodEnoughM) return end('late')
    onState({ phase: 'searching', accuracyM })
  }
  function stop(): void {
    isOver = true
    cancel()
    if (watch !== null) geolocation?.clearWatch(watch)
  }
  return {
    stop: () => {
      if (isOver) return
      stop()
      onState({ phase: 'idle' })
    },
  }
}
