import type { Clock } from '#domain/ids.ts'
import { isSameJson } from '#device/same-json.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { lookAt, readFirstLook } from '#device/store/first-look.ts'
import type { StoredLook } from '#device/store/first-look.ts'
import { createOwnEntries } from '#device/store/local-entries.ts'
import type { StoredEntry } from '#device/store/local-entries.ts'
import { pendingTables } from '#device/store/outbox.ts'
import type { Waiting } from '#device/store/outbox.ts'
import { createWaitingKeeper } from '#device/store/waiting-keeper.ts'
import { storedState } from '#device/sync/state.ts'
import type { StoredState } from '#device/sync/state.ts'

/** Own entries and what of them waits, of one and the same state of the store. */
export interface Standing {
  readonly look: StoredLook
  /** Null until somebody wants all of them. */
  readonly entries: readonly StoredEntry[] | null
  readonly state: StoredState
}

export interface StandingKeeper {
  /** A part that is as it was is the same object again. */
  readonly read: () => Promise<Standing>
  /** From the next reading on all entries are there, for good. */
  readonly wantAll: () => void
  readonly stop: () => void
}

/** Both in one transaction: asked one by one, each would count what waits for itself, and the first screen waits for both. */
export function createStanding(db: DeviceDatabase, clock: Clock): StandingKeeper {
  const waiting = createWaitingKeeper(db, clock)
  const own = createOwnEntries(db, clock)
  let last: Standing | null = null
  let isAllWanted = false
  const readOwn = async (waits: Promise<Waiting>): Promise<Pick<Standing, 'look' | 'entries'>> => {
    if (!isAllWanted) return { look: await readFirstLook(db, waits), entries: null }
    const all = await own.read(waits)
    return { look: await lookAt(db, all), entries: all.list }
  }
  return {
    read: async () => {
      const next = await db.read([db.entries, db.begun, ...pendingTables(db)], async () => {
        const waits = waiting.read()
        const [{ look, entries }, state] = await Promise.all([readOwn(waits), storedState(db, waits)])
        return { look, entries, state }
      })
      last = last === null ? next : { look: sameLook(last.look, next.look), entries: sameList(last.entries, next.entries), state: isSameJson(last.state, next.state) ? last.state : next.state }
      return last
    },
    wantAll: () => {
      isAllWanted = true
    },
    stop: () => {
      own.stop()
      waiting.stop()
    },
  }
}

export function isSameStanding(a: Standing, b: Standing): boolean {
  return a.look === b.look && a.entries === b.entries && a.state === b.state
}

function sameLook(before: StoredLook, now: StoredLook): StoredLook {
  const look = { newest: sameList(before.newest, now.newest), asking: sameList(before.asking, now.asking), begun: sameList(before.begun, now.begun) }
  return look.newest === before.newest && look.asking === before.asking && look.begun === before.begun ? before : look
}

/** The list before where the next one says the same. */
function sameList<List extends readonly unknown[] | null>(before: List, now: List): List {
  return before !== null && before.length === now?.length && before.every((item, index) => item === now[index]) ? before : now
}
