import { useDesk } from '#coordinator/desk-context.tsx'
import { severityRows } from '#coordinator/overview/counting.ts'
import { HeatTable } from '#coordinator/overview/heat-table.tsx'
import styles from '#coordinator/overview/overview.module.css'
import { queueSearchOf, withToggled } from '#coordinator/overview/overview-address.ts'
import { useOverview } from '#coordinator/overview/overview-context.ts'
import type { OverviewResponse } from '#protocol/overview.ts'
import { Severity } from '#ui/severity/severity.tsx'

const levels = ['1', '2', '3', '4', '5'] as const

/** How severe the challenges of each topic were reported to be. */
export function SeverityTable({ severities }: { readonly severities: OverviewResponse['severities'] }) {
  const { words } = useDesk()
  const { address, choose } = useOverview()
  const rows = severityRows(severities).map(({ topic, counts }) => ({ topic, counts: new Map(levels.map((level, index) => [level, counts[index] ?? 0] as const)) }))
  if (rows.length === 0) return null
  const columns = levels.map((level) => ({
    id: level, head: <Severity level={Number(level)} word={words.code('severity', level)} />, isChosen: address.severities.includes(level), onChoose: () => choose(withToggled(address, 'severities', level)),
  }))
  return (
    <section className={styles.part}>
      <h2>{words.say('overview.severity')}</h2>
      <HeatTable title={words.say('overview.severity')} columns={columns} rows={rows} hrefOf={(topic, severity) => `/desk?${queueSearchOf(address, { kind: 'challenge', topic, severity })}`} />
    </section>
  )
}
