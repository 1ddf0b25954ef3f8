import { Link } from 'wouter'
import { heatStep } from '#chart/heat.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { topicWeeksOf } from '#coordinator/overview/counting.ts'
import styles from '#coordinator/overview/overview.module.css'
import { queueSearchOf } from '#coordinator/overview/overview-address.ts'
import { useOverview } from '#coordinator/overview/overview-context.ts'
import { TopicName } from '#coordinator/overview/topic-name.tsx'
import type { OverviewResponse } from '#protocol/overview.ts'
import tables from '#coordinator/overview/tables.module.css'

/** Which topic was reported when: what grows, what has gone quiet. A number in each cell, its shade only repeats it. */
export function TopicWeeks({ topicDays }: { readonly topicDays: OverviewResponse['topicDays'] }) {
  const { words } = useDesk()
  const { address, choose } = useOverview()
  const { mondays, rows, most, isCut } = topicWeeksOf(topicDays)
  if (rows.length === 0 || mondays.length < 2) return null
  const spansYears = mondays[0]?.slice(0, 4) !== mondays.at(-1)?.slice(0, 4)
  const short = new Intl.DateTimeFormat(words.locale, { day: 'numeric', month: 'short', timeZone: 'UTC', ...(spansYears ? { year: 'numeric' } : {}) })
  return (
    <section className={styles.part}>
      <h2>{words.say('overview.topicWeeks')}</h2>
      <div className={styles.scroll}>
        <table className={tables.heat}>
          <caption className="visually-hidden">{words.say('overview.topicWeeks')}</caption>
          <thead>
            <tr>
              <th scope="col">{words.say('overview.topic')}</th>
              {mondays.map((monday) => (
                <th key={monday} scope="col">
                  <button type="button" className={tables.head} aria-pressed={address.week === monday} aria-label={words.say('overview.weekOf', { day: words.time.day(monday) })} onClick={() => choose({ ...address, week: address.week === monday ? null : monday })}>
                    {short.format(new Date(`${monday}T00:00:00Z`))}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ topic, counts }) => (
              <tr key={topic}>
                <th scope="row"><TopicName topic={topic} /></th>
                {mondays.map((week) => <Cell key={week} topic={topic} week={week} count={counts.get(week) ?? 0} most={most} />)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isCut ? <p className={styles.quiet}>{words.say('overview.topicWeeksCut', { count: mondays.length })}</p> : null}
    </section>
  )
}

function Cell({ topic, week, count, most }: { readonly topic: string; readonly week: string; readonly count: number; readonly most: number }) {
  const { words } = useDesk()
  const { address } = useOverview()
  if (count === 0) return <td data-step="none">–</td>
  return <td data-step={heatStep(count, most)}><Link href={`/desk?${queueSearchOf({ ...address, week }, { topic })}`}>{words.number(count)}</Link></td>
}
