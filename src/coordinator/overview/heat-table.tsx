import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { heatStep } from '#chart/heat.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/overview/overview.module.css'
import tables from '#coordinator/overview/tables.module.css'
import { TopicName } from '#coordinator/overview/topic-name.tsx'

/** What topics are counted by; its head narrows the other parts. */
export interface HeatColumn {
  readonly id: string
  readonly head: ReactNode
  /** The head in words, where what it shows is too short. */
  readonly label?: string | undefined
  readonly isChosen: boolean
  readonly onChoose: () => void
}

export interface HeatRow {
  readonly topic: string
  /** By the id of the column; what is not there was not reported. */
  readonly counts: ReadonlyMap<string, number>
}

interface HeatTableProps {
  readonly title: string
  readonly columns: readonly HeatColumn[]
  readonly rows: readonly HeatRow[]
  /** The entries behind a cell. */
  readonly hrefOf: (topic: string, column: string) => string
}

/** Heads of more columns stand upright on paper, which has no room for them otherwise. */
const sideBySide = 8

/** Topics by something else: a number in each cell, its shade only repeats it. */
export function HeatTable({ title, columns, rows, hrefOf }: HeatTableProps) {
  const { words } = useDesk()
  const most = Math.max(0, ...rows.flatMap(({ counts }) => [...counts.values()]))
  return (
    <div className={styles.scroll}>
      <table className={tables.heat} data-many={columns.length > sideBySide}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.say('overview.topic')}</th>
            {columns.map(({ id, head, label, isChosen, onChoose }) => (
              <th key={id} scope="col"><button type="button" className={tables.head} aria-pressed={isChosen} aria-label={label} onClick={onChoose}>{head}</button></th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ topic, counts }) => (
            <tr key={topic}>
              <th scope="row"><TopicName topic={topic} /></th>
              {columns.map(({ id }) => <HeatCell key={id} count={counts.get(id) ?? 0} most={most} href={hrefOf(topic, id)} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function HeatCell({ count, most, href }: { readonly count: number; readonly most: number; readonly href: string }) {
  const { words } = useDesk()
  return count === 0 ? <td data-step="none">–</td> : <td data-step={heatStep(count, most)}><Link href={href}>{words.number(count)}</Link></td>
}
