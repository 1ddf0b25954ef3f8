import type { SaveProblem } from '#device/device.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'

/** Typing is written after this at the latest, whether the author pauses or not: what a killed browser can lose. */
export const typingDelayMs = 400

export type After = (ms: number, run: () => void) => () => void

export interface JournalStanding {
  /** Why something is not written yet; the words on the screen are never taken back because of it. */
  readonly problem: SaveProblem | null
  readonly isDirty: boolean
}

/**
 * Writes patches behind the screen, in their order: now, or after at most `typingDelayMs`. The store applies the writes of one row in
 * order, so nothing here waits for one before the next. What could not be written (the phone was full) goes along with the next write,
 * below everything that was said after it: writes overlap, and an older text must never be the last one.
 */
export interface Journal<Patch> {
  readonly now: (patch: Patch) => void
  /** After `ms`, or along with what is waiting already. */
  readonly soon: (patch: Patch, ms?: number) => void
  /** Resolves when no write so far is open any more; well only if everything has been written. */
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

interface OpenWrite<Patch> {
  /** What it writes, and over it all that was issued since: should it fail, this is what is to be written. */
  andAfter: Patch
  readonly end: Promise<void>
}

export function createJournal<Patch>({ write, empty, merge, after, onStanding }: JournalParts<Patch>): Journal<Patch> {
  let waiting: Patch = empty
  let cancelTimer: (() => void) | null = null
  let issued = 0
  const open = new Set<OpenWrite<Patch>>()
  let failed: { readonly n: number; readonly patch: Patch; readonly problem: SaveProblem } | null = null

  function writeNow(next: Patch): void {
    const patch = failed === null ? next : merge(failed.patch, next)
    failed = null
    issued += 1
    for (const earlier of open) earlier.andAfter = merge(earlier.andAfter, patch)
    const n = issued
    const one: OpenWrite<Patch> = { andAfter: patch, end: write(patch).then((result) => {
      open.delete(one)
      if (!result.ok) failed = { n, patch: inOrder(n, one.andAfter), problem: result.problem }
      onStanding({ problem: failed?.problem ?? null, isDirty: open.size > 0 || cancelTimer !== null })
    }) }
    open.add(one)
  }

  /** What failed before may have been issued before or after this one. */
  function inOrder(n: number, patch: Patch): Patch {
    if (failed === null) return patch
    return n < failed.n ? merge(patch, failed.patch) : merge(failed.patch, patch)
  }

  async function flush(): Promise<Result<null, SaveProblem>> {
    if (cancelTimer !== null) {
      cancelTimer()
      cancelTimer = null
      const patch = waiting
      waiting = empty
      writeNow(patch)
    } else if (failed !== null) writeNow(empty)
    await Promise.all([...open].map(({ end }) => end))
    return failed === null ? ok(null) : fail(failed.problem)
  }

  return {
    now: (patch) => {
      void flush()
      writeNow(patch)
    },
    soon: (patch, ms = typingDelayMs) => {
      waiting = merge(waiting, patch)
      cancelTimer ??= after(ms, () => void flush())
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
