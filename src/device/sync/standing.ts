import type { Clock } from '#domain/ids.ts'
import { isSameJson } from '#device/same-json.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { createOwnEntries } from '#device/store/local-entries.ts'
import type { StoredEntry } from '#device/store/local-entries.ts'
import { pendingTables } from '#device/store/outbox.ts'
import { createWaitingKeeper } from '#device/store/waiting-keeper.ts'
import { storedState } from '#device/sync/state.ts'
import type { StoredState } from '#device/sync/state.ts'

/** Own entries and what of them waits, of one and the same state of the store. */
export interface Standing {
  readonly entries: readonly StoredEntry[]
  readonly state: StoredState
}

export interface StandingKeeper {
  /** A part that is as it was is the same object again. */
  readonly read: () => Promise<Standing>
  readonly stop: () => void
}

/** Both in one transaction: asked one by one, each would count what waits for itself, and the first screen waits for both. */
export function createStanding(db: DeviceDatabase, clock: Clock): StandingKeeper {
  const waiting = createWaitingKeeper(db, clock)
  const own = createOwnEntries(db, clock)
  let last: Standing | null = null
  return {
    read: async () => {
      const next = await db.read([db.entries, ...pendingTables(db)], async () => {
        const waits = waiting.read()
        const [entries, state] = await Promise.all([own.read(waits), storedState(db, waits)])
        return { entries, state }
      })
      last = last === null ? next : { entries: isSameList(last.entries, next.entries) ? last.entries : next.entries, state: isSameJson(last.state, next.state) ? last.state : next.state }
      return last
    },
    stop: () => {
      own.stop()
      waiting.stop()
    },
  }
}

export function isSameStanding(a: Standing, b: Standing): boolean {
  return a.entries === b.entries && a.state === b.state
}

function isSameList<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
