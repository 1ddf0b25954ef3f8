import { expect, test } from 'vitest'
import type { Position } from '#domain/disclosure.ts'
import { longestAskingMs, longestSearchMs, searchPosition } from '#volunteer/fields/position-search.ts'
import type { SearchState } from '#volunteer/fields/position-search.ts'

/** A phone whose sensor says what the test wants, when it wants. */
function sensor() {
  let onPermission: (state: PermissionState) => void = () => undefined
  const watched = { isOn: true }
  let onFix: PositionCallback = () => undefined
  let onError: PositionErrorCallback = () => undefined
  let due: (() => void) | null = null
  const cleared: number[] = []
  const patience: number[] = []
  const positions: Position[] = []
  const states: SearchState[] = []
  const search = searchPosition({
    geolocation: {
      watchPosition: (fix, error) => {
        onFix = fix
        onError = error ?? onError
        return 7
      },
      clearWatch: (id) => void cleared.push(id),
    },
    permission: (onState) => {
      onPermission = onState
      return () => void (watched.isOn = false)
    },
    after: (ms, run) => {
      patience.push(ms)
      due = run
      return () => {
        due = null
      }
    },
  }, (position) => void positions.push(position), (state) => void states.push(state))
  return {
    search, positions, states, cleared, patience, watched,
    permit: (state: PermissionState) => onPermission(state),
    fix: (accuracy: number) => onFix({ coords: { latitude: -0.0917, longitude: 34.768, accuracy } } as GeolocationPosition),
    fail: (code: number) => onError({ code, PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3, message: '' }),
    timeUp: () => due?.(),
    isWaiting: () => due !== null,
  }
}

test('[VO60] the accuracy grows while one waits, a worse answer changes nothing, and a good one ends the search', () => {
  const phone = sensor()
  phone.fix(1200)
  phone.fix(3000)
  phone.fix(80)
  expect(phone.states).toEqual([{ phase: 'searching', accuracyM: null }, { phase: 'searching', accuracyM: 1200 }, { phase: 'searching', accuracyM: 80 }])
  phone.fix(12)
  expect(phone.states.at(-1)).toEqual({ phase: 'idle' })
  expect([phone.positions.map(({ accuracyM }) => accuracyM), phone.cleared, phone.isWaiting()]).toEqual([[1200, 80, 12], [7], false])
  phone.fix(3)
  expect(phone.positions).toHaveLength(3)
})

test('[VO60] when the time is up, what was found stands; without anything, it says so', () => {
  const found = sensor()
  found.fix(400)
  found.timeUp()
  expect([found.states.at(-1), found.cleared, found.patience]).toEqual([{ phase: 'idle' }, [7], [longestSearchMs]])
  const nothing = sensor()
  nothing.timeUp()
  expect(nothing.states.at(-1)).toEqual({ phase: 'ended', trouble: 'late' })
})

test('[VO60] refused, no position and no sensor are told apart, and one may stop at any time', () => {
  const [refused, failed, stopped] = [sensor(), sensor(), sensor()]
  refused.fail(1)
  failed.fail(2)
  stopped.search.stop()
  stopped.search.stop()
  expect([refused.states.at(-1), failed.states.at(-1), stopped.states.at(-1)]).toEqual([{ phase: 'ended', trouble: 'refused' }, { phase: 'ended', trouble: 'failed' }, { phase: 'idle' }])
  expect(stopped.cleared).toEqual([7])
  const states: SearchState[] = []
  searchPosition({ geolocation: undefined, after: () => () => undefined }, () => undefined, (state) => void states.push(state))
  expect(states).toEqual([{ phase: 'ended', trouble: 'absent' }])
})

test('[VO60] a browser that answers at once is left at once', () => {
  const cleared: number[] = []
  const states: SearchState[] = []
  searchPosition({
    geolocation: {
      watchPosition: (fix) => {
        fix({ coords: { latitude: 1, longitude: 2, accuracy: 5 } } as GeolocationPosition)
        return 9
      },
      clearWatch: (id) => void cleared.push(id),
    },
    after: () => () => undefined,
  }, () => undefined, (state) => void states.push(state))
  expect([states.at(-1), cleared]).toEqual([{ phase: 'idle' }, [9]])
})

test('[VO283] while the browser still asks whether it is allowed, that is said, and the time of the search begins with the answer', () => {
  const phone = sensor()
  phone.permit('prompt')
  expect(phone.states.at(-1)).toEqual({ phase: 'searching', accuracyM: null, isAsked: true })
  phone.permit('granted')
  expect([phone.states.at(-1), phone.patience]).toEqual([{ phase: 'searching', accuracyM: null, isAsked: false }, [longestSearchMs, longestAskingMs, longestSearchMs]])
  phone.fix(12)
  expect([phone.states.at(-1), phone.isWaiting(), phone.watched.isOn]).toEqual([{ phase: 'idle' }, false, false])
  phone.permit('denied')
  expect(phone.states.at(-1)).toEqual({ phase: 'idle' })
})

test('[VO283] a question that nobody answers ends after a minute in words of its own; a refusal of it in those of a refusal', () => {
  const [silent, refused] = [sensor(), sensor()]
  silent.permit('prompt')
  silent.timeUp()
  expect([silent.states.at(-1), silent.cleared, silent.watched.isOn]).toEqual([{ phase: 'ended', trouble: 'unanswered' }, [7], false])
  refused.permit('prompt')
  refused.fail(1)
  expect(refused.states.at(-1)).toEqual({ phase: 'ended', trouble: 'refused' })
})

test('[VO283] a browser that says it asks, and tells where it is all the same, has the time of a search from then on', () => {
  const phone = sensor()
  phone.permit('prompt')
  phone.fix(400)
  phone.permit('prompt')
  expect([phone.states.at(-1), phone.patience.at(-1)]).toEqual([{ phase: 'searching', accuracyM: 400 }, longestSearchMs])
  phone.timeUp()
  expect(phone.states.at(-1)).toEqual({ phase: 'idle' })
})
