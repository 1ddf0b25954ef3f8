import { useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import { useDesk } from '#coordinator/desk-context.tsx'
import { AreaMap } from '#coordinator/overview/area-map.tsx'
import { Chosen } from '#coordinator/overview/chosen.tsx'
import { GapMatrix } from '#coordinator/overview/gap-matrix.tsx'
import styles from '#coordinator/overview/overview.module.css'
import { addressFromSearch, filterFromAddress, searchFromAddress } from '#coordinator/overview/overview-address.ts'
import type { OverviewAddress, OverviewScope } from '#coordinator/overview/overview-address.ts'
import { areaNames, knownAreas, OverviewContext } from '#coordinator/overview/overview-context.ts'
import { SeverityTable } from '#coordinator/overview/severity-table.tsx'
import { Silence } from '#coordinator/overview/silence.tsx'
import { TopicWeeks } from '#coordinator/overview/topic-weeks.tsx'
import { Weeks } from '#coordinator/overview/weeks.tsx'
import { WhoDoes } from '#coordinator/overview/who-does.tsx'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { AsOf, UnreadNote } from '#coordinator/shell/problem-note.tsx'
import { useLoaded } from '#coordinator/use-loaded.ts'
import { Button } from '#ui/button/button.tsx'
import { Segmented } from '#ui/segmented/segmented.tsx'
import layout from '#coordinator/shell/two-parts.module.css'
import { classNames } from '#ui/class-names.ts'

/** Challenges, actions and silence by area, topic, week and severity; what is chosen in one part narrows the others. */
export function OverviewPage() {
  const desk = useDesk()
  const { device, ground: world, words, membership } = desk
  const { say } = words
  const [, navigate] = useLocation()
  const search = useSearch()
  const address = useMemo(() => addressFromSearch(search), [search])
  const { value: overview, problem, asOf, reload } = useLoaded(searchFromAddress(address), () => device.api.overview(filterFromAddress(address)))
  const choose = (next: OverviewAddress) => {
    const query = searchFromAddress(next)
    navigate(query === '' ? '/desk/overview' : `/desk/overview?${query}`, { replace: true })
  }
  const ground = { address, choose, known: knownAreas(membership.campaign), areaName: areaNames(desk, overview?.names ?? {}) }
  const scopes = (['approved', 'open'] as const satisfies readonly OverviewScope[]).map((scope) => ({ value: scope, label: say(`overview.scope.${scope}`) }))
  return (
    <OverviewContext value={ground}>
      <div className={classNames(layout.page, layout.wideSide)}>
        <main className={classNames(layout.main, styles.main)}>
          <header className={styles.top}>
            <div>
              <h1>{say('overview.title')}</h1>
              <p className={styles.quiet}>{say('overview.lead')}</p>
            </div>
            <div className={styles.controls}>
              <Segmented label={say('overview.scope')} legend="hidden" value={address.scope} segments={scopes} onChange={(scope) => choose({ ...address, scope })} />
              <Button onClick={() => world.print()}>{say('overview.print')}</Button>
            </div>
          </header>
          <Chosen />
          {problem === null ? null : <><UnreadNote problem={problem} onRetry={reload} /><AsOf ms={asOf} /></>}
          {overview === null ? (problem === null ? <Awaited lines={8} /> : null) : (
            <>
              <p role="status" className={styles.total}>{say('overview.total', { count: overview.total, authors: overview.authors })}</p>
              {address.scope === 'approved' ? <p className={styles.quiet}>{say('overview.approvedHint')}</p> : null}
              {overview.cells.length === 0 ? <p>{say('overview.empty')}</p> : <GapMatrix cells={overview.cells} leftOut={overview.leftOut?.cells ?? 0} />}
              <Weeks days={overview.days} />
              <TopicWeeks topicDays={overview.topicDays} />
              <SeverityTable severities={overview.severities} />
              <WhoDoes who={overview.who} leftOut={overview.leftOut?.who ?? 0} />
            </>
          )}
        </main>
        {overview === null ? null : (
          <aside className={layout.side} aria-label={say('overview.side')}>
            <AreaMap areas={overview.areas} leftOut={overview.leftOut?.areas ?? 0} />
            <Silence overview={overview} />
          </aside>
        )}
      </div>
    </OverviewContext>
  )
}
