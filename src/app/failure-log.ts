import { createValue } from '#app/value.ts'
import type { Value } from '#app/value.ts'
import { MissingCodeError } from '#ui/later-screen.tsx'

/** What went wrong, in words for the people who mend it. */
export interface Failure {
  /** `missing`: a part of the app is not on this device, and nothing is broken. */
  readonly kind: 'broken' | 'storageClosed' | 'missing'
  readonly details: string
}

const stackLines = 12

export function failureOf(thrown: unknown, version: string): Failure {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const stack = (error.stack ?? '').split('\n').slice(0, stackLines)
  // Chromium's stacks begin with name and message, those of the others do not.
  const head = stack[0]?.includes(error.message) === true ? [] : [`${error.name}: ${error.message}`]
  return { kind: kindOf(error), details: [`Terrain ${version}`, ...head, ...stack].join('\n').trim() }
}

function kindOf(error: Error): Failure['kind'] {
  if (error instanceof MissingCodeError) return 'missing'
  return error.name === 'DatabaseClosedError' ? 'storageClosed' : 'broken'
}

/** The one handler for what nobody caught outside of drawing: the last such failure, until it is put away. */
export function watchFailures(page: Pick<Window, 'addEventListener'>, version: string): Value<Failure | null> {
  const last = createValue<Failure | null>(null)
  const report = (thrown: unknown) => {
    if (!isHarmless(thrown)) last.set(failureOf(thrown, version))
  }
  page.addEventListener('error', (event) => report(event.error))
  page.addEventListener('unhandledrejection', (event) => report(event.reason))
  return last
}

/** Cancelled requests, and the browser's own notes without an error (a ResizeObserver that is behind, a script of an extension). */
function isHarmless(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null) return thrown === null || thrown === undefined
  return 'name' in thrown && thrown.name === 'AbortError'
}
