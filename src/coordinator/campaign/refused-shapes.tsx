import type { AreaReading } from '#exchange/areas/read-areas.ts'
import { byteOrderMark, csvText } from '#exchange/csv.ts'
import styles from '#coordinator/campaign/campaign.module.css'
import { useDesk } from '#coordinator/desk-context.tsx'
import { Button } from '#ui/button/button.tsx'
import tables from '#coordinator/shell/refused.module.css'

const shownShapes = 50

/** Every shape that becomes no area, with its reason; the whole list as a file. */
export function RefusedShapes({ refused }: { readonly refused: AreaReading['refused'] }) {
  const { ground, words } = useDesk()
  const { say } = words
  const heads = [say('campaign.areasShape'), say('campaign.areasName'), say('campaign.areasCode'), say('data.reason')]
  const rows = refused.map(({ shape, name, code, reason }) => [words.number(shape), name, code, say(`areas.${reason}`)])
  const handleSave = (): void => ground.saveFile('refused-shapes.csv', 'text/csv;charset=utf-8', `${byteOrderMark}${csvText([heads, ...refused.map(({ shape, name, code, reason }) => [shape, name, code, say(`areas.${reason}`)])])}`)
  return (
    <>
      <div className={tables.scroll} role="region" aria-label={say('campaign.areasRefused', { count: refused.length })} tabIndex={0}>
        <table className={tables.table}>
          <caption>{say('campaign.areasRefused', { count: refused.length })}</caption>
          <thead><tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
          <tbody>{rows.slice(0, shownShapes).map(([shape = '', ...cells]) => <tr key={shape}><th scope="row">{shape}</th>{cells.map((cell, index) => <td key={heads[index + 1]} dir="auto">{cell}</td>)}</tr>)}</tbody>
        </table>
        {refused.length <= shownShapes ? null : <p className={styles.quiet}>{say('data.refusedMore', { count: refused.length - shownShapes })}</p>}
      </div>
      <div className={styles.acts}><Button icon="received" onClick={handleSave}>{say('campaign.areasSave')}</Button></div>
    </>
  )
}
