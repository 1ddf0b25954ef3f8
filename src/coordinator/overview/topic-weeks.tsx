import { useDesk } from '#coordinator/desk-context.tsx'
import { topicWeeksOf } from '#coordinator/overview/counting.ts'
import { HeatTable } from '#coordinator/overview/heat-table.tsx'
import styles from '#coordinator/overview/overview.module.css'
import { queueSearchOf } from '#coordinator/overview/overview-address.ts'
import { useOverview } from '#coordinator/overview/overview-context.ts'
import { firstInFrench, tagOf } from '#i18n/format.ts'
import type { OverviewResponse } from '#protocol/overview.ts'

/** Which topic was reported when: what grows, what has gone quiet. */
export function TopicWeeks({ topicDays }: { readonly topicDays: OverviewResponse['topicDays'] }) {
  const { words } = useDesk()
  const { address, choose } = useOverview()
  const { mondays, rows, isCut } = topicWeeksOf(topicDays)
  if (mondays.length < 2) return null
  const spansYears = mondays[0]?.slice(0, 4) !== mondays.at(-1)?.slice(0, 4)
  const short = new Intl.DateTimeFormat(tagOf(words.locale), { day: 'numeric', month: 'short', timeZone: 'UTC', ...(spansYears ? { year: 'numeric' } : {}) })
  const columns = mondays.map((monday) => ({
    id: monday, head: firstInFrench(words.locale, short.format(new Date(`${monday}T00:00:00Z`))), label: words.say('overview.weekOf', { day: words.time.day(monday) }),
    isChosen: address.week === monday, onChoose: () => choose({ ...address, week: address.week === monday ? null : monday }),
  }))
  return (
    <section className={styles.part}>
      <h2>{words.say('overview.topicWeeks')}</h2>
      <HeatTable title={words.say('overview.topicWeeks')} columns={columns} rows={rows} hrefOf={(topic, week) => `/desk?${queueSearchOf({ ...address, week }, { topic })}`} />
      {isCut ? <p className={styles.quiet}>{words.say('overview.topicWeeksCut', { count: mondays.length })}</p> : null}
    </section>
  )
}
