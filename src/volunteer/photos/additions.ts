import { createSignal } from '#device/signal.ts'
import type { Device, SaveProblem } from '#device/device.ts'
import { saveProblemOf } from '#device/store/storage-problem.ts'
import type { Watch } from '#device/watch.ts'
import type { EntryId } from '#domain/ids.ts'

/**
 * How it stands with the photos that are on their way into a draft, or how the last of them ended. `lost`: the draft was gone when one came.
 * `late`: one takes so long that nothing waits for it any more; it may still come. `cut-off`: some were on their way when the browser was ended.
 */
export type Adding = { readonly phase: 'idle' | 'unreadable' | 'too-many' | 'lost' | 'late' | 'cut-off' } | { readonly phase: 'shrinking'; readonly left: number } | { readonly phase: 'not-kept'; readonly problem: SaveProblem }

/**
 * The photos on their way into drafts. Held for the whole app, because making one small takes seconds on an old phone: its author goes on to
 * the next screen meanwhile, saves, or closes the draft and opens it again.
 */
export interface Additions {
  readonly of: (draft: EntryId) => Adding
  readonly subscribe: (onChange: () => void) => () => void
  /** `add` says after each photo that one is done, and at the end how it went. */
  readonly begin: (draft: EntryId, photos: number, add: (onOne: () => void) => Promise<Adding>) => void
  /** The draft says that some were on their way, and no window adds any. */
  readonly cutOff: (draft: EntryId) => void
  /** Resolves when none is on its way any more, with whether all of those that were are in the draft. */
  readonly ended: (draft: EntryId) => Promise<boolean>
  /** Its author threw the draft away: what was on its way is missed by nobody. */
  readonly drop: (draft: EntryId) => void
  /** How many photos found no draft any more, and nobody was told of yet. */
  readonly lost: Watch<number> & { readonly get: () => number }
  readonly onTold: () => void
}

const idle: Adding = { phase: 'idle' }
/** An old phone needs ten seconds for a large picture. What has not come after so long may never come, and nobody's words wait for it. */
export const photoPatienceMs = 60_000

export function createAdditions(after: (ms: number, run: () => void) => () => void = afterMs): Additions {
  const standing = createSignal<ReadonlyMap<EntryId, Adding>>(new Map())
  const lost = createSignal(0)
  const running = new Map<EntryId, Promise<Adding>>()
  const dropped = new Set<EntryId>()

  function show(draft: EntryId, adding: Adding): void {
    standing.set(new Map([...standing.get(), [draft, adding]]))
  }
  const of = (draft: EntryId): Adding => standing.get().get(draft) ?? idle

  return {
    of,
    subscribe: standing.subscribe,
    begin: (draft, photos, add) => {
      show(draft, { phase: 'shrinking', left: photos })
      const patience = createPatience(after, () => show(draft, { phase: 'late' }))
      const onOne = (): void => {
        patience.again()
        const now = of(draft)
        if (now.phase === 'shrinking' && now.left > 1) show(draft, { phase: 'shrinking', left: now.left - 1 })
      }
      // Whatever throws on the way (code that did not come, a store that closed): the photo is not there, and that is said.
      const run = add(onOne).catch((): Adding => ({ phase: 'unreadable' })).then((end) => {
        patience.end()
        if (end.phase === 'lost' && !dropped.has(draft)) lost.set(lost.get() + 1)
        show(draft, end)
        return end
      })
      const awaited = Promise.race([run, patience.over]).then((end) => {
        if (running.get(draft) === awaited) running.delete(draft)
        return end
      })
      running.set(draft, awaited)
    },
    cutOff: (draft) => (of(draft) === idle ? show(draft, { phase: 'cut-off' }) : undefined),
    ended: async (draft) => {
      const end = await running.get(draft)
      return end === undefined || end.phase === 'idle'
    },
    drop: (draft) => void dropped.add(draft),
    lost,
    onTold: () => lost.set(0),
  }
}

/** Throws a draft away, with what was on its way into it; null when it is gone, else why it is not. */
export async function discardWithPhotos(device: Pick<Device, 'discardDraft'>, additions: Additions, draft: EntryId): Promise<SaveProblem | null> {
  additions.drop(draft)
  return device.discardDraft(draft).then(() => null, saveProblemOf)
}

/** Over when nothing has come for too long; begins again with each photo that does. */
function createPatience(after: (ms: number, run: () => void) => () => void, onOver: () => void): { readonly over: Promise<Adding>; readonly again: () => void; readonly end: () => void } {
  let [cancel, isOver] = [(): void => undefined, false]
  let resolve: (end: Adding) => void = ignore
  const over = new Promise<Adding>((done) => {
    resolve = done
  })
  const again = (): void => {
    cancel()
    if (isOver) return
    cancel = after(photoPatienceMs, () => {
      isOver = true
      onOver()
      resolve({ phase: 'late' })
    })
  }
  again()
  return { over, again, end: () => cancel() }
}

function afterMs(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

function ignore(): void {}
