import { Link } from 'wouter'
import { gapBar, isLargeGap, totalOf } from '#chart/gap-bar.ts'
import type { GapCounts } from '#chart/gap-bar.ts'
import { directionOf } from '#i18n/direction.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { matrixOf, otherAreas } from '#coordinator/overview/counting.ts'
import type { AreaColumn, MatrixRow } from '#coordinator/overview/counting.ts'
import { DrawingView } from '#coordinator/overview/drawing-view.tsx'
import styles from '#coordinator/overview/overview.module.css'
import { queueSearchOf, withToggled } from '#coordinator/overview/overview-address.ts'
import { OtherAreas } from '#coordinator/overview/other-areas.tsx'
import { useOverview } from '#coordinator/overview/overview-context.ts'
import { TopicName } from '#coordinator/overview/topic-name.tsx'
import type { OverviewResponse } from '#protocol/overview.ts'
import tables from '#coordinator/overview/tables.module.css'

/** Challenges by topic and area, with how far actions answer them; each head narrows everything, each cell opens its entries. */
export function GapMatrix({ cells, leftOut }: { readonly cells: OverviewResponse['cells']; readonly leftOut: number }) {
  const { say } = useDesk().words
  const { known } = useOverview()
  const { columns, others, rows } = matrixOf(cells, known)
  return (
    <section className={styles.part}>
      <div className={styles.scroll}>
        <table className={tables.matrix}>
          <caption className="visually-hidden">{say('overview.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('overview.topic')}</th>
              {columns.map((column) => <AreaHead key={column.id} column={column} />)}
              {others.length === 0 ? null : <th scope="col">{say('overview.others', { count: others.length })}</th>}
              <th scope="col">{say('overview.noAnswer')}</th>
            </tr>
          </thead>
          <tbody>{rows.map((row) => <TopicRow key={row.topic} row={row} columns={columns} hasOthers={others.length > 0} />)}</tbody>
        </table>
      </div>
      <OtherAreas areas={others} />
      {leftOut === 0 ? null : <p className={styles.quiet}>{say('overview.cellsLeftOut', { count: leftOut })}</p>}
      <Legend />
    </section>
  )
}

function AreaHead({ column }: { readonly column: AreaColumn }) {
  const { address, choose, areaName } = useOverview()
  return (
    <th scope="col">
      <button type="button" className={tables.head} aria-pressed={address.areas.includes(column.id)} onClick={() => choose(withToggled(address, 'areas', column.id))}>{areaName(column)}</button>
    </th>
  )
}

function TopicRow({ row, columns, hasOthers }: { readonly row: MatrixRow; readonly columns: readonly AreaColumn[]; readonly hasOthers: boolean }) {
  const { words } = useDesk()
  const { address, areaName } = useOverview()
  const open = (about: Parameters<typeof queueSearchOf>[1]) => `/desk?${queueSearchOf(address, { kind: 'challenge', topic: row.topic, ...about })}`
  return (
    <tr>
      <th scope="row"><TopicName topic={row.topic} /></th>
      {columns.map((column) => <Cell key={column.id} topic={row.topic} area={areaName(column)} counts={row.cells.get(column.id)} href={open(column)} />)}
      {hasOthers ? <Cell topic={row.topic} area={words.say('overview.othersName')} counts={row.cells.get(otherAreas)} href={null} /> : null}
      <td className={tables.sum}>{words.say('overview.noneOf', { none: row.total.none, total: totalOf(row.total) })}</td>
    </tr>
  )
}

interface CellProps {
  readonly topic: string
  readonly area: string
  readonly counts: GapCounts | undefined
  readonly href: string | null
}

function Cell({ topic, area, counts, href }: CellProps) {
  const { words } = useDesk()
  const about = { topic: words.code('topic', topic), area }
  if (counts === undefined) return <td className={tables.silent}><span className="visually-hidden">{words.say('overview.silentCell', about)}</span></td>
  const text = words.say('overview.cell', { ...about, count: totalOf(counts), ...counts })
  const inside = (
    <>
      <span className="visually-hidden">{text}</span>
      <b aria-hidden="true">{words.number(totalOf(counts))}</b>
      <DrawingView drawing={gapBar(counts, { title: text, text, direction: directionOf(words.locale) })} isDecorative />
    </>
  )
  return <td className={tables.cell} data-large={isLargeGap(counts)}>{href === null ? <span>{inside}</span> : <Link href={href} title={text}>{inside}</Link>}</td>
}

function Legend() {
  const { say } = useDesk().words
  return (
    <ul className={styles.legend} aria-label={say('overview.legend')}>
      {(['none', 'little', 'partly', 'mostly'] as const).map((step) => <li key={step}><Swatch counts={{ none: 0, little: 0, partly: 0, mostly: 0, [step]: 1 }} />{say(`overview.step.${step}`)}</li>)}
      <li><i className={styles.silentMark} />{say('overview.step.silent')}</li>
      <li><i className={styles.frameMark} />{say('overview.step.framed')}</li>
    </ul>
  )
}

function Swatch({ counts }: { readonly counts: GapCounts }) {
  return <span className={styles.swatch}><DrawingView drawing={gapBar(counts, { title: '', text: '', direction: 'ltr' })} isDecorative /></span>
}
