import type { Device, Draft, SaveProblem } from '#device/device.ts'
import type { PlacePrecision } from '#domain/disclosure.ts'
import type { EntryId } from '#domain/ids.ts'
import { ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'

/** Typing is written after this at the latest, whether the author pauses or not: what a killed browser can lose. */
export const typingDelayMs = 400

export interface KeptDraft {
  readonly draft: Draft
  /** What the last write said; the words on the screen are never taken back because of it. */
  readonly problem: SaveProblem | null
  readonly isDirty: boolean
}

/**
 * Holds the draft that the author is writing, one step ahead of the store: a choice is written at once, typing after at most
 * `typingDelayMs`. The store applies the writes of a draft in order, so nothing here waits for one before the next.
 */
export interface DraftKeeper {
  readonly get: () => KeptDraft
  readonly subscribe: (onChange: () => void) => () => void
  /** With how exactly the place may be known, when that is chosen along with it. */
  readonly choose: (fields: Readonly<Record<string, unknown>>, placePrecision?: PlacePrecision) => void
  readonly type: (field: string, value: unknown) => void
  readonly answer: (answers: Draft['answers']) => void
  readonly go: (step: string) => void
  /** The device itself writes the photos and the voice note of a draft (it knows their hashes); this takes them over from the store. */
  readonly takeFiles: () => Promise<void>
  /** Resolves when everything so far has been written; the result is that of the last write. */
  readonly flush: () => Promise<Result<null, SaveProblem>>
  readonly save: () => Promise<Result<EntryId, SaveProblem>>
}

export type After = (ms: number, run: () => void) => () => void

type Patch = Parameters<Device['writeDraft']>[1]

export function createDraftKeeper(device: Pick<Device, 'readDraft' | 'writeDraft' | 'saveDraft'>, first: Draft, after: After): DraftKeeper {
  let kept: KeptDraft = { draft: first, problem: null, isDirty: false }
  let typed: Readonly<Record<string, unknown>> = {}
  let cancelTimer: (() => void) | null = null
  let lastWrite: Promise<Result<null, SaveProblem>> = Promise.resolve(ok(null))
  let openWrites = 0
  let failed: Patch | null = null
  const listeners = new Set<() => void>()

  function show(next: Partial<KeptDraft>): void {
    kept = { ...kept, ...next }
    for (const listener of listeners) listener()
  }

  function showPatch(patch: Patch): void {
    const { draft } = kept
    const content = { ...draft.content, ...patch.fields }
    show({ draft: { ...draft, content, step: patch.step ?? draft.step, answers: patch.answers ?? draft.answers, placePrecision: patch.placePrecision ?? draft.placePrecision }, isDirty: true })
  }

  /** What could not be written (the phone was full) goes along with the next write. */
  function write(next: Patch): Promise<Result<null, SaveProblem>> {
    const patch = failed === null ? next : { ...failed, ...next, fields: { ...failed.fields, ...next.fields } }
    failed = null
    openWrites += 1
    lastWrite = device.writeDraft(first.id, patch)
    void lastWrite.then((result) => {
      openWrites -= 1
      if (!result.ok) failed = { ...patch, ...failed, fields: { ...patch.fields, ...failed?.fields } }
      show({ problem: result.ok ? null : result.problem, isDirty: openWrites > 0 || cancelTimer !== null })
    })
    return lastWrite
  }

  function flush(): Promise<Result<null, SaveProblem>> {
    if (cancelTimer === null) return failed === null ? lastWrite : write({})
    cancelTimer()
    cancelTimer = null
    const fields = typed
    typed = {}
    return write({ fields })
  }

  function writeNow(patch: Patch): void {
    void flush()
    showPatch(patch)
    void write(patch)
  }

  return {
    get: () => kept,
    subscribe: (onChange) => {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    choose: (fields, placePrecision) => writeNow({ fields, ...(placePrecision === undefined ? {} : { placePrecision }) }),
    type: (field, value) => {
      typed = { ...typed, [field]: value }
      cancelTimer ??= after(typingDelayMs, () => void flush())
      showPatch({ fields: { [field]: value } })
    },
    answer: (answers) => writeNow({ answers }),
    go: (step) => {
      if (step !== kept.draft.step) writeNow({ step })
    },
    takeFiles: async () => {
      await flush()
      const stored = await device.readDraft(first.id)
      if (stored === null) return
      show({ draft: { ...kept.draft, content: { ...kept.draft.content, photos: stored.content.photos, audio: stored.content.audio } } })
    },
    flush,
    save: async () => {
      const written = await flush()
      return written.ok ? device.saveDraft(first.id) : written
    },
  }
}
