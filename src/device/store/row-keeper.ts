import { cmp, Dexie, RangeSet } from 'dexie'
import type { ObservabilitySet, Table } from 'dexie'
import type { Clock } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { createWholeness } from '#device/store/wholeness.ts'

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
 * Says each minute that it is time to count: the browser counts by walking through all keys, 180 ms of a hundred thousand, and a reading after
 * each write would wait for that. A clock that was set back counts, too.
 */
export function createCountTurn({ now }: Clock): { readonly isDue: () => boolean; readonly counted: () => void } {
  let at = Number.NEGATIVE_INFINITY
  return {
    isDue: () => Math.abs(now() - at) >= countEveryMs,
    counted: () => {
      at = now()
    },
  }
}

const countEveryMs = 60_000

/**
 * The last key of a table, found without walking through it; and, to a live query, as if all of it had been read: by a cursor, because to a list
 * of keys a row that is written over is no news. Who needs no key calls `noticeAll`.
 */
export async function lastKeyOf<Key extends RowKey>(table: Table<unknown, Key>): Promise<Key | undefined> {
  let last: Key | undefined
  await table.toCollection().reverse().limit(1).eachPrimaryKey((key) => {
    last = key
  })
  return last
}

/**
 * To a live query as if all rows of a table had been read, without asking the browser for anything: no rows of all keys are asked for, which the library
 * notes and answers by itself. Its collections would open a cursor for that. Only inside a transaction.
 */
export async function noticeAll({ core }: Pick<Table, 'core'>): Promise<void> {
  await core.query({ trans: Dexie.currentTransaction.idbtrans, values: true, limit: 0, query: { index: core.schema.primaryKey, range: { type: anyKey, lower: undefined, upper: undefined } } })
}

/** The library's name for it is gone once it is built. */
const anyKey = 3

/** All of a table, piece by piece: what comes at once is unpacked at once, and a page with ten thousand entries would answer nobody for a second. */
async function inPages<Row, Key extends RowKey>(table: Table<Row, Key>): Promise<readonly Row[]> {
  const { extractKey } = table.core.schema.primaryKey
  const rows: Row[] = []
  for (;;) {
    const last = rows.at(-1)
    const page = await (last === undefined ? table.toCollection() : table.where(':id').above(extractKey?.(last))).limit(pageRows).toArray()
    rows.push(...page)
    if (page.length < pageRows) return rows
  }
}

const pageRows = 250

/**
 * Each commit tells which keys it has written. Where it does not say so exactly, the last key is missing here, or the numbers do not agree,
 * everything is read anew: what is kept is never the only truth. `onRead` hears of each row that is another one now, and null of all.
 */
export function createRowKeeper<Row, Key extends RowKey>(db: DeviceDatabase, table: Table<Row, Key>, clock: Clock, onRead: (name: string | null) => void = () => undefined): RowKeeper<Row> {
  const rows = new Map<string, Row>()
  const turn = createCountTurn(clock)
  const whole = createWholeness()
  let stale = new Map<string, Key>()
  const stop = onWritten(db, table, (key) => {
    if (key === null) whole.doubt()
    else stale.set(nameOf(key), key)
  })

  async function readWhole(): Promise<void> {
    // What is told from now on is asked for once more.
    stale = new Map()
    const reading = whole.begin()
    const found = await inPages(table)
    if (!reading.end()) return
    const { extractKey } = table.core.schema.primaryKey
    rows.clear()
    onRead(null)
    turn.counted()
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
      onRead(name)
    })
  }

  async function isMissing(): Promise<boolean> {
    const count = await table.count()
    turn.counted()
    return rows.size !== count
  }

  async function read(): Promise<ReadonlyMap<string, Row>> {
    // What another window wrote is told to the live query before it is told here, and its reading begins at once.
    await Promise.resolve()
    const [last] = await Promise.all([lastKeyOf(table), whole.isSure() && stale.size > 0 ? readStale() : null])
    const isLastHere = last === undefined ? rows.size === 0 : rows.has(nameOf(last))
    if (!whole.isSure() || !isLastHere || (turn.isDue() && (await isMissing()))) await readWhole()
    return rows
  }
  return {
    read: async () => {
      try {
        return await read()
      } catch (error) {
        // It may have come half way.
        whole.doubt()
        throw error
      }
    },
    stop,
  }
}
