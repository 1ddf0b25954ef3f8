import type { LiveWatch } from '#device/store/live-watch.ts'

/**
 * What screens watch, for a history that has none: reading everything anew after each commit is most of what a phone does, and
 * nothing that is kept or sent depends on it. What a screen would show is read by `looking.ts` instead.
 */
export function watchQuery<Value>(): LiveWatch<Value> {
  return { get: () => undefined, subscribe: () => () => undefined, start: () => undefined, stop: () => undefined, again: () => undefined }
}
