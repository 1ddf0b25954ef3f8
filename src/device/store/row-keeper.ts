import { cmp, Dexie, RangeSet } from 'dexie'
import type { ObservabilitySet, Table } from 'dexie'
import type { DeviceDatabase } from '#device/store/database.ts'

/** The rows of one table, kept in memory between readings: by their key, or by its parts with a space between them. */
export interface RowKeeper<Row> {
  /**
   * All rows as they stand in the caller's transaction. Read whole the first time; after that only what was written since, by this window
   * or another. Inside a live query it is as if the whole table were read.
   */
  readonly read: () => Promise<ReadonlyMap<string, Row>>
  readonly stop: () => void
}

type RowKey = string | readonly string[]

const nameOf = (key: RowKey): string => (typeof key === 'string' ? key : key.join(' '))

/** Calls with each key of the table that was written, and with null where more was written than keys can say. Returns the end of it. */
export function onWritten<Key extends RowKey>(db: DeviceDatabase, table: Table<unknown, Key>, call: (key: Key | null) => void): () => void {
  const part = `idb://${db.name}/${table.name}/`
  const note = (parts: ObservabilitySet): void => {
    const written = parts[part]
    if ('all' in parts) call(null)
    if (written !== undefined) for (const { from, to } of RangeSet(written)) call(cmp(from, to) === 0 ? (from as Key) : null)
  }
  Dexie.on('storagemutated', note)
  return () => Dexie.on.storagemutated.unsubscribe(note)
}

/**
 * Each commit tells which keys it has written. Where it does not say so exactly, or the numbers do not agree, everything is read anew:
 * what is kept is never the only truth.
 */
export function createRowKeeper<Row, Key extends RowKey>(db: DeviceDatabase, table: Table<Row, Key>): RowKeeper<Row> {
  const rows = new Map<string, Row>()
  let isWhole = false
  let stale = new Map<string, Key>()
  const stop = onWritten(db, table, (key) => {
    if (key === null) isWhole = false
    else stale.set(nameOf(key), key)
  })

  async function readWhole(): Promise<void> {
    stale = new Map()
    // Before it is read: what is committed meanwhile may ask for all of it once more.
    isWhole = true
    const found = await table.toArray()
    const { extractKey } = table.core.schema.primaryKey
    rows.clear()
    for (const row of found) rows.set(nameOf(extractKey?.(row) as Key), row)
  }

  async function readStale(): Promise<void> {
    const asked = [...stale]
    const found = await table.bulkGet(asked.map(([, key]) => key))
    asked.forEach(([name], index) => {
      const row = found[index]
      // Not before: another reading that runs meanwhile has to ask for it as well.
      stale.delete(name)
      if (row === undefined) rows.delete(name)
      else rows.set(name, row)
    })
  }

  async function read(): Promise<ReadonlyMap<string, Row>> {
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
    stop,
  }
}
