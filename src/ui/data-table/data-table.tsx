import type { ReactNode } from 'react'
import { classNames } from '#ui/class-names.ts'
import styles from '#ui/data-table/data-table.module.css'

export interface Column<Row> {
  readonly id: string
  readonly header: ReactNode
  readonly cell: (row: Row) => ReactNode
  /** Numbers stand at the end of their column. */
  readonly isNumber?: boolean | undefined
  /** The column that names the row. */
  readonly isRowHeader?: boolean | undefined
  readonly sorted?: 'ascending' | 'descending' | undefined
}

export interface DataTableProps<Row> {
  readonly caption: string
  readonly isCaptionHidden?: boolean | undefined
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly idOf: (row: Row) => string
  /** What stands below when there is no row. */
  readonly empty?: ReactNode
}

/** A real table, ruled, in a frame that scrolls by itself when the window is narrow. */
export function DataTable<Row>({ caption, isCaptionHidden = false, columns, rows, idOf, empty }: DataTableProps<Row>) {
  return (
    // A frame that scrolls must be reachable by keyboard: https://www.w3.org/WAI/standards-guidelines/act/rules/0ssw9k/
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
    <section className={styles.frame} aria-label={caption} tabIndex={0}>
      <table className={styles.table}>
        <caption className={isCaptionHidden ? 'visually-hidden' : undefined}>{caption}</caption>
        <thead>
          <tr>{columns.map((column) => <th key={column.id} scope="col" className={classNames(column.isNumber && styles.number)} aria-sort={column.sorted}>{column.header}</th>)}</tr>
        </thead>
        <tbody>{rows.map((row) => <tr key={idOf(row)}>{columns.map((column) => drawCell(column, row))}</tr>)}</tbody>
      </table>
      {rows.length === 0 ? empty : null}
    </section>
  )
}

function drawCell<Row>(column: Column<Row>, row: Row) {
  const className = classNames(column.isNumber && styles.number)
  return column.isRowHeader === true
    ? <th key={column.id} scope="row" className={className}>{column.cell(row)}</th>
    : <td key={column.id} className={className}>{column.cell(row)}</td>
}
