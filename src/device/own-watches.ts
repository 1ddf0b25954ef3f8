import type { Clock, EntryId } from '#domain/ids.ts'
import type { Device, LocalEntry } from '#device/device.ts'
import type { FirstLook } from '#device/first-look.ts'
import { combine } from '#device/signal.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import type { StoredLook } from '#device/store/first-look.ts'
import { watchQuery } from '#device/store/live-watch.ts'
import type { StoredEntry } from '#device/store/local-entries.ts'
import { createTravelling, withTravel } from '#device/store/travelling.ts'
import type { SyncRunner } from '#device/sync/loop.ts'
import { createStanding, isSameStanding } from '#device/sync/standing.ts'
import { syncStateOf } from '#device/sync/state.ts'

export interface OwnWatches {
  readonly watches: Pick<Device, 'firstLook' | 'entries' | 'sync'>
  /** Reads all own entries from now on, and not only what a first screen shows. Whoever looks at them does it as well. */
  readonly readAll: () => void
  readonly stop: () => void
}

/** Own entries and what of them waits, followed as one. */
export function createOwnWatches(db: DeviceDatabase, clock: Clock, { state }: Pick<SyncRunner, 'state'>): OwnWatches {
  const keeper = createStanding(db, clock)
  const standing = watchQuery(keeper.read, isSameStanding)
  standing.start()
  let isAllRead = false
  const readAll = (): void => {
    if (isAllRead) return
    isAllRead = true
    keeper.wantAll()
    standing.again()
  }
  const sending = { get: () => state.get().sending, subscribe: state.subscribe }
  const all = combine({ ...standing, get: () => standing.get()?.entries ?? undefined }, sending, createTravelling())
  const look = combine({ ...standing, get: () => standing.get()?.look }, sending, (stored, ids) => ({ stored, ids }))
  return {
    watches: {
      firstLook: combine(look, { ...all, get: () => all.get() ?? null }, ({ stored, ids }, entries) => firstLookOf(stored, ids, entries)),
      entries: {
        get: all.get,
        subscribe: (onChange) => {
          readAll()
          return all.subscribe(onChange)
        },
      },
      sync: combine({ ...standing, get: () => standing.get()?.state }, state, syncStateOf),
    },
    readAll,
    stop: () => {
      standing.stop()
      keeper.stop()
    },
  }
}

function firstLookOf({ newest, asking, begun }: StoredLook, sending: ReadonlySet<EntryId>, all: readonly LocalEntry[] | null): FirstLook {
  const travelled = (entries: readonly StoredEntry[]): readonly LocalEntry[] => entries.map((entry) => withTravel(entry, sending))
  return {
    newest: travelled(newest), asking: travelled(asking), begun: travelled(begun),
    all: all === null ? null : { count: all.length, isSafe: all.length > 0 && all.every(({ travel }) => travel === 'safe') },
  }
}
