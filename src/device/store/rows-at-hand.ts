import type { Table } from 'dexie'

/**
 * Rows of a table that were read at once, in the caller's transaction, and are written at once: IndexedDB answers each question by itself, and a
 * phone waits for each. Whoever writes to the table in between writes these before, and says what stands there afterwards.
 */
export class RowsAtHand<Row extends { readonly id: Key }, Key extends string> {
  readonly #table: Table<Row, Key>
  readonly #rows: Map<Key, Row>
  #written = new Set<Key>()

  constructor(table: Table<Row, Key>, rows: readonly (Row | undefined)[]) {
    this.#table = table
    this.#rows = new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.id, row] as const])))
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
    await this.#table.bulkPut(rows)
  }

  /** As they stand in the table now. */
  replace(rows: readonly Row[]): void {
    for (const row of rows) this.#rows.set(row.id, row)
  }
}
