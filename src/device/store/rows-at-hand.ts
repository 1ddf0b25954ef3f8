import type { Table } from 'dexie'

/**
 * Rows of a table that were read at once, in the caller's transaction, and are written at once: IndexedDB answers each question by itself, and a
 * phone waits for each of them.
 */
export class RowsAtHand<Row extends { readonly id: Key }, Key extends string> {
  readonly #table: Table<Row, Key>
  readonly #rows = new Map<Key, Row>()
  #written = new Set<Key>()

  private constructor(table: Table<Row, Key>, rows: readonly (Row | undefined)[]) {
    this.#table = table
    this.#know(rows)
  }

  static async read<Row extends { readonly id: Key }, Key extends string>(table: Table<Row, Key>, keys: readonly Key[]): Promise<RowsAtHand<Row, Key>> {
    return new RowsAtHand<Row, Key>(table, keys.length === 0 ? [] : await table.bulkGet([...keys]))
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

  /** For what reads and writes rows of the table by itself: it finds what was put, and what it may have made other rows of is read again. */
  async around(act: () => Promise<void>, changed: () => PromiseLike<readonly (Row | undefined)[]>): Promise<void> {
    await this.write()
    await act()
    this.#know(await changed())
  }

  #know(rows: readonly (Row | undefined)[]): void {
    for (const row of rows) if (row !== undefined) this.#rows.set(row.id, row)
  }
}
