import type { ImportResponse } from '#protocol/import.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/data/data.module.css'
import tables from '#coordinator/shell/refused.module.css'

const shownRows = 500

/** Every refused row with its reason, in the order of the file. */
export function RefusedRows({ refused }: { readonly refused: ImportResponse['refused'] }) {
  const { words } = useDesk()
  const { say } = words
  return (
    <div className={tables.scroll} role="region" aria-label={say('data.refusedTable')} tabIndex={0}>
      <table className={tables.table}>
        <caption>{say('data.refusedTable')}</caption>
        <thead><tr><th scope="col">{say('data.row')}</th><th scope="col">{say('data.fieldName')}</th><th scope="col">{say('data.reason')}</th></tr></thead>
        <tbody>
          {refused.slice(0, shownRows).map(({ row, field, reason }) => (
            <tr key={`${row} ${field ?? ''} ${reason}`}>
              <th scope="row">{words.number(row)}</th>
              <td>{field === undefined ? say('data.noField') : words.field(field)}</td>
              <td dir="auto">{words.reason(reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {refused.length <= shownRows ? null : <p className={styles.quiet}>{say('data.refusedMore', { count: refused.length - shownRows })}</p>}
    </div>
  )
}
