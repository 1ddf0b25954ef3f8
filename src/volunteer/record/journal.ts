import type { SaveProblem } from '#device/device.ts'
import { ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'

/** Typing is written after this at the latest, whether the author pauses or not: what a killed browser can lose. */
export const typingDelayMs = 400

export type After = (ms: number, run: () => void) => () => void

export interface JournalStanding {
  /** What the last write said; the words on the screen are never taken back because of it. */
  readonly problem: SaveProblem | null
  readonly isDirty: boolean
}

/**
 * Writes patches behind the screen, in their order: now, or after at most `typingDelayMs`. The store applies the writes of one row in
 * order, so nothing here waits for one before the next. What could not be written (the phone was full) goes along with the next write.
 */
export interface Journal<Patch> {
  readonly now: (patch: Patch) => void
  readonly soon: (patch: Patch) => void
  /** Resolves when everything so far has been written; the result is that of the last write. */
  readonly flush: () => Promise<Result<null, SaveProblem>>
}

export interface JournalParts<Patch> {
  readonly write: (patch: Patch) => Promise<Result<null, SaveProblem>>
  readonly empty: Patch
  /** The later patch laid over the earlier one. */
  readonly merge: (earlier: Patch, later: Patch) => Patch
  readonly after: After
  readonly onStanding: (standing: JournalStanding) => void
}

export function createJournal<Patch>({ write, empty, merge, after, onStanding }: JournalParts<Patch>): Journal<Patch> {
  let waiting: Patch = empty
  let cancelTimer: (() => void) | null = null
  let lastWrite: Promise<Result<null, SaveProblem>> = Promise.resolve(ok(null))
  let openWrites = 0
  let failed: Patch | null = null

  function writeNow(next: Patch): Promise<Result<null, SaveProblem>> {
    const patch = failed === null ? next : merge(failed, next)
    failed = null
    openWrites += 1
    lastWrite = write(patch)
    void lastWrite.then((result) => {
      openWrites -= 1
      if (!result.ok) failed = failed === null ? patch : merge(patch, failed)
      onStanding({ problem: result.ok ? null : result.problem, isDirty: openWrites > 0 || cancelTimer !== null })
    })
    return lastWrite
  }

  function flush(): Promise<Result<null, SaveProblem>> {
    if (cancelTimer === null) return failed === null ? lastWrite : writeNow(empty)
    cancelTimer()
    cancelTimer = null
    const patch = waiting
    waiting = empty
    return writeNow(patch)
  }

  return {
    now: (patch) => {
      void flush()
      void writeNow(patch)
    },
    soon: (patch) => {
      waiting = merge(waiting, patch)
      cancelTimer ??= after(typingDelayMs, () => void flush())
    },
    flush,
  }
}

export const afterMs: After = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** Leaving the field, the page or the app writes at once. Returns the end of listening, which writes too. */
export function flushOnLeaving(flush: () => unknown): () => void {
  const handleLeave = (): void => void flush()
  document.addEventListener('focusout', handleLeave)
  document.addEventListener('visibilitychange', handleLeave)
  addEventListener('pagehide', handleLeave)
  return () => {
    document.removeEventListener('focusout', handleLeave)
    document.removeEventListener('visibilitychange', handleLeave)
    removeEventListener('pagehide', handleLeave)
    handleLeave()
  }
}
