import type { Table } from 'dexie'

/**
 * Rows of a table that were read at once, in the caller's transaction, and are written at once: IndexedDB answers each question by itself, and a
 * phone waits for each of them.
 */
export class RowsAtHand<Row extends { readonly id: Key }, Key extends string> {
  readonly #table: Table<Row, Key>
  readonly #rows = new Map<Key, Row>()
  #written = new Set<Key>()
  /** All that were asked for, also those that did not stand there. */
  readonly #keys: ReadonlySet<Key>

  private constructor(table: Table<Row, Key>, keys: readonly Key[]) {
    this.#table = table
    this.#keys = new Set(keys)
  }

  static async read<Row extends { readonly id: Key }, Key extends string>(table: Table<Row, Key>, keys: readonly Key[]): Promise<RowsAtHand<Row, Key>> {
    const rows = new RowsAtHand<Row, Key>(table, keys)
    await rows.#readAll()
    return rows
  }

  get(key: Key): Row | undefined {
    return this.#rows.get(key)
  }

  put(row: Row): void {
    this.#rows.set(row.id, row)
    this.#written.add(row.id)
  }

  async write(): Promise<void> {
    const rows = [...this.#written].flatMap((key) => this.#rows.get(key) ?? [])
    this.#written = new Set()
    if (rows.length > 0) await this.#table.bulkPut(rows)
  }

  /** For what reads and writes rows of the table by itself: it finds what was put, and what it has made of them is at hand afterwards. */
  async around(act: () => Promise<void>): Promise<void> {
    await this.write()
    await act()
    await this.#readAll()
  }

  async #readAll(): Promise<void> {
    const rows = this.#keys.size === 0 ? [] : await this.#table.bulkGet([...this.#keys])
    for (const row of rows) if (row !== undefined) this.#rows.set(row.id, row)
  }
}
