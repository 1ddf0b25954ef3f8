import type { ImportResponse } from '#protocol/import.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/data/data.module.css'
import { Ref } from '#ui/ref/ref.tsx'
import tables from '#coordinator/shell/refused.module.css'

const shownRows = 500

/** Every refused row with its reason, in the order of the file. */
export function RefusedRows({ refused, caption }: { readonly refused: ImportResponse['refused']; readonly caption?: string }) {
  const { words } = useDesk()
  const { say } = words
  const title = caption ?? say('data.refusedTable')
  return (
    <div className={tables.scroll} role="region" aria-label={title} tabIndex={0}>
      <table className={tables.table}>
        <caption>{title}</caption>
        <thead><tr><th scope="col">{say('data.row')}</th><th scope="col">{say('data.fieldName')}</th><th scope="col">{say('data.reason')}</th></tr></thead>
        <tbody>
          {refused.slice(0, shownRows).map(({ row, field, fields = [], reason, entry }) => (
            <tr key={`${row} ${field ?? ''} ${reason}`}>
              <th scope="row">{words.number(row)}</th>
              <td>{fields.length > 0 ? words.list(fields.map(words.field)) : field === undefined ? say('data.noField') : words.field(field)}</td>
              <td dir="auto">{words.reason(reason)}{entry?.ref === undefined || entry.ref === null ? null : <> <a href={`/desk/entry/${entry.id}`} target="_blank" rel="noopener"><Ref value={entry.ref} /></a></>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {refused.length <= shownRows ? null : <p className={styles.quiet}>{say('data.refusedMore', { count: refused.length - shownRows })}</p>}
    </div>
  )
}
