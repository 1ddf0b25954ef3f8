import type { Position } from '#domain/disclosure.ts'

/** Why there is no position: each has its words, and each leaves the place to be written by hand. */
export type SearchTrouble = 'refused' | 'failed' | 'late' | 'unanswered' | 'absent'
export type SearchState =
  /** `isAsked`: the browser has first to be allowed to tell. */
  | { readonly phase: 'idle' } | { readonly phase: 'searching'; readonly accuracyM: number | null; readonly isAsked?: boolean }
  | { readonly phase: 'ended'; readonly trouble: SearchTrouble }

export interface PositionSearch {
  readonly stop: () => void
}

/** Calls back with what the browser allows, and whenever that changes, until it is called off. */
export type PermissionWatch = (onState: (state: PermissionState) => void) => () => void

export interface SearchGround {
  /** Absent where the page is not secure or the browser has no sensor. */
  readonly geolocation: Pick<Geolocation, 'watchPosition' | 'clearWatch'> | undefined
  /** Absent where the browser does not tell. */
  readonly permission?: PermissionWatch | undefined
  readonly after: (ms: number, run: () => void) => () => void
}

/** Better than this helps nobody: the report shows a kilometre. */
export const goodEnoughM = 25
/** Past this the phone is indoors or has no sky: what it has found by then stands, and the author loses no more time. */
export const longestSearchMs = 30_000
/** Who reads a question of the browser for the first time needs time of their own: the sky is searched only afterwards. */
export const longestAskingMs = 60_000
const worstM = 100_000

/**
 * Asks the phone where it is until the answer is good or the time is up:
 * searching (asked) → searching → (each better position is told) → idle | ended with the trouble, when nothing was found.
 */
export function searchPosition({ geolocation, permission, after }: SearchGround, onPosition: (position: Position) => void, onState: (state: SearchState) => void): PositionSearch {
  let best: Position | null = null
  let [isOver, isAsked] = [false, false]
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
  let cancel = after(longestSearchMs, () => end('late'))
  const unwatch = permission?.(handlePermission)
  watch = geolocation.watchPosition(handleFix, (error) => end(error.code === error.PERMISSION_DENIED ? 'refused' : 'failed'), { enableHighAccuracy: true, maximumAge: 60_000 })
  // A browser may answer before it has told the number of the watch.
  if (isOver) geolocation.clearWatch(watch)

  function handlePermission(state: PermissionState): void {
    const asks = state === 'prompt'
    // What has a position was allowed, whatever the browser says of it.
    if (isOver || best !== null || asks === isAsked) return
    isAsked = asks
    cancel()
    cancel = asks ? after(longestAskingMs, () => end('unanswered')) : after(longestSearchMs, () => end('late'))
    onState({ phase: 'searching', accuracyM: null, isAsked })
  }
  function handleFix({ coords }: GeolocationPosition): void {
    const accuracyM = Math.min(worstM, Math.round(coords.accuracy))
    if (isOver || (best !== null && best.accuracyM <= accuracyM)) return
    if (isAsked) handlePermission('granted')
    best = { lat: coords.latitude, lon: coords.longitude, accuracyM }
    onPosition(best)
    if (accuracyM <= goodEnoughM) return end('late')
    onState({ phase: 'searching', accuracyM })
  }
  function stop(): void {
    isOver = true
    cancel()
    unwatch?.()
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
