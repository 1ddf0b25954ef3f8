import { Link } from 'wouter'
import { heatStep } from '#chart/heat.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { severityRows } from '#coordinator/overview/counting.ts'
import styles from '#coordinator/overview/overview.module.css'
import { queueSearchOf, withToggled } from '#coordinator/overview/overview-address.ts'
import { useOverview } from '#coordinator/overview/overview-context.ts'
import { TopicName } from '#coordinator/overview/topic-name.tsx'
import type { OverviewResponse } from '#protocol/overview.ts'
import { Severity } from '#ui/severity/severity.tsx'
import tables from '#coordinator/overview/tables.module.css'

const levels = ['1', '2', '3', '4', '5'] as const

/** How severe the challenges of each topic were reported to be: a number in each cell, its shade only repeats it. */
export function SeverityTable({ severities }: { readonly severities: OverviewResponse['severities'] }) {
  const { words } = useDesk()
  const { address, choose } = useOverview()
  const rows = severityRows(severities)
  const most = rows.reduce((largest, { counts }) => Math.max(largest, ...counts), 0)
  if (rows.length === 0) return null
  return (
    <section className={styles.part}>
      <h2>{words.say('overview.severity')}</h2>
      <div className={styles.scroll}>
        <table className={tables.heat}>
          <caption className="visually-hidden">{words.say('overview.severity')}</caption>
          <thead>
            <tr>
              <th scope="col">{words.say('overview.topic')}</th>
              {levels.map((level) => (
                <th key={level} scope="col">
                  <button type="button" className={tables.head} aria-pressed={address.severities.includes(level)} onClick={() => choose(withToggled(address, 'severities', level))}>
                    <Severity level={Number(level)} word={words.code('severity', level)} />
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ topic, counts }) => (
              <tr key={topic}>
                <th scope="row"><TopicName topic={topic} /></th>
                {levels.map((level, index) => <HeatCell key={level} topic={topic} level={level} count={counts[index] ?? 0} most={most} />)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function HeatCell({ topic, level, count, most }: { readonly topic: string; readonly level: string; readonly count: number; readonly most: number }) {
  const { words } = useDesk()
  const { address } = useOverview()
  if (count === 0) return <td data-step="none">–</td>
  return <td data-step={heatStep(count, most)}><Link href={`/desk?${queueSearchOf(address, { kind: 'challenge', topic, severity: level })}`}>{words.number(count)}</Link></td>
}
