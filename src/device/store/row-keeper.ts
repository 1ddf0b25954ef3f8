import { Dexie, RangeSet } from 'dexie'
import type { ObservabilitySet, Table } from 'dexie'
import type { DeviceDatabase } from '#device/store/database.ts'

/** The rows of one table, kept in memory between readings. */
export interface RowKeeper<Row, Key> {
  /**
   * All rows as they stand in the caller's transaction. Read whole the first time; after that only what was written since, by this window
   * or another. Inside a live query it is as if the whole table were read.
   */
  readonly read: () => Promise<ReadonlyMap<Key, Row>>
  readonly stop: () => void
}

/**
 * Each commit tells which keys it has written. Where it does not say so exactly, or the numbers do not agree, everything is read anew:
 * what is kept is never the only truth.
 */
export function createRowKeeper<Row, Key extends string>(db: DeviceDatabase, table: Table<Row, Key>): RowKeeper<Row, Key> {
  const part = `idb://${db.name}/${table.name}/`
  const rows = new Map<Key, Row>()
  let isWhole = false
  let stale = new Set<Key>()
  const note = (parts: ObservabilitySet): void => {
    const written = parts[part]
    if ('all' in parts) isWhole = false
    if (written === undefined) return
    for (const { from, to } of RangeSet(written)) {
      if (from === to) stale.add(from as Key)
      else isWhole = false
    }
  }
  Dexie.on('storagemutated', note)

  async function readWhole(): Promise<void> {
    stale = new Set()
    // Before it is read: what is committed meanwhile may ask for all of it once more.
    isWhole = true
    const [keys, found] = [await table.toCollection().primaryKeys(), await table.toArray()]
    rows.clear()
    found.forEach((row, index) => rows.set(keys[index] as Key, row))
  }

  async function readStale(): Promise<void> {
    const asked = [...stale]
    stale = new Set()
    const found = await table.bulkGet(asked)
    asked.forEach((key, index) => {
      const row = found[index]
      if (row === undefined) rows.delete(key)
      else rows.set(key, row)
    })
  }

  async function read(): Promise<ReadonlyMap<Key, Row>> {
    const count = await table.count()
    if (isWhole && stale.size > 0) await readStale()
    if (!isWhole || rows.size !== count) await readWhole()
    return rows
  }
  return {
    read: async () => {
      try {
        return await read()
      } catch (error) {
        // It may have come half way.
        isWhole = false
        throw error
      }
    },
    stop: () => Dexie.on.storagemutated.unsubscribe(note),
  }
}
