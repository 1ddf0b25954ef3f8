import { useState } from 'react'
import { Link } from 'wouter'
import { useDesk } from '#coordinator/desk-context.tsx'
import { whoDoes } from '#coordinator/overview/counting.ts'
import type { Doer } from '#coordinator/overview/counting.ts'
import styles from '#coordinator/overview/overview.module.css'
import { queueSearchOf } from '#coordinator/overview/overview-address.ts'
import { useOverview } from '#coordinator/overview/overview-context.ts'
import type { OverviewResponse } from '#protocol/overview.ts'
import { Button } from '#ui/button/button.tsx'
import { classNames } from '#ui/class-names.ts'
import { DataTable } from '#ui/data-table/data-table.tsx'

const shownAtOnce = 12

/** Who does what where: organisations as the actions name them, with their topics and areas. */
export function WhoDoes({ who, leftOut }: { readonly who: OverviewResponse['who']; readonly leftOut: number }) {
  const { words } = useDesk()
  const { say } = words
  const { address, areaName } = useOverview()
  const [isWhole, setWhole] = useState(false)
  const doers = whoDoes(who)
  if (doers.length === 0) return null
  const shown = isWhole ? doers : doers.slice(0, shownAtOnce)
  const some = (parts: readonly string[]) => words.list(parts.length > 6 ? [...parts.slice(0, 5), say('overview.more', { count: parts.length - 5 })] : parts)
  return (
    <section className={classNames(styles.part, styles.who)}>
      <h2>{say('overview.who')}</h2>
      <DataTable<Doer>
        caption={say('overview.who')} isCaptionHidden idOf={({ org }) => org} rows={shown}
        columns={[
          { id: 'who', isRowHeader: true, header: say('overview.whoOrg'), cell: ({ org }) => <bdi><Link href={`/desk?${queueSearchOf(address, { kind: 'action', doer: org })}`}>{org === '' ? say('overview.whoNobody') : org}</Link></bdi> },
          { id: 'count', isNumber: true, header: say('overview.whoActions'), cell: ({ actions }) => words.number(actions) },
          { id: 'what', header: say('overview.whoWhat'), cell: ({ topics }) => some(topics.map(({ topic, actions }) => `${words.code('topic', topic)} (${words.number(actions)})`)) },
          { id: 'where', header: say('overview.whoWhere'), cell: ({ areas }) => some(areas.map((area) => areaName(area))) },
        ]}
      />
      {leftOut === 0 ? null : <p className={styles.quiet}>{say('overview.whoLeftOut', { count: leftOut })}</p>}
      {shown.length < doers.length ? <Button onClick={() => setWhole(true)}>{say('overview.whoAll', { count: doers.length })}</Button> : null}
    </section>
  )
}
