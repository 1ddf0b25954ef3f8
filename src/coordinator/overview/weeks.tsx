import { dayHere } from '#domain/day-here.ts'
import { weekBars } from '#chart/week-bars.ts'
import { directionOf } from '#i18n/direction.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { weeksOf } from '#coordinator/overview/counting.ts'
import type { Week } from '#coordinator/overview/counting.ts'
import { DrawingView } from '#coordinator/overview/drawing-view.tsx'
import { KindLegend } from '#coordinator/overview/kind-legend.tsx'
import styles from '#coordinator/overview/overview.module.css'
import { useOverview } from '#coordinator/overview/overview-context.ts'
import { dayAfter } from '#coordinator/week.ts'
import type { OverviewResponse } from '#protocol/overview.ts'

/** Reports by week; a week that is chosen narrows the other parts. */
export function Weeks({ days }: { readonly days: OverviewResponse['days'] }) {
  const { ground, words } = useDesk()
  const { address, choose } = useOverview()
  const { say } = words
  const weeks = weeksOf(days, dayHere(ground.now()))
  const last = weeks.at(-1)
  if (last === undefined) return null
  const later = reportsIn(days.filter(({ day }) => day > dayAfter(last.monday, 6)))
  const older = reportsIn(days) - reportsIn(weeks) - later
  const month = new Intl.DateTimeFormat(words.locale, { month: 'short', timeZone: 'UTC' })
  const label = ({ monday, challenges, actions }: Week) => say('overview.week', { day: words.time.day(monday), challenges, actions })
  const isNewMonth = (index: number) => weeks[index]?.monday.slice(0, 7) !== weeks[index - 1]?.monday.slice(0, 7)
  const drawing = weekBars(
    weeks.map((week, index) => ({ id: week.monday, label: label(week), axis: isNewMonth(index) ? month.format(new Date(`${week.monday}T00:00:00Z`)) : null, challenges: week.challenges, actions: week.actions })),
    { title: say('overview.weeks'), text: weeks.map(label).join('; '), direction: directionOf(words.locale), chosen: new Set(address.week === null ? [] : [address.week]), number: words.number },
  )
  return (
    <section className={styles.part}>
      <header className={styles.partHead}><h2>{say('overview.weeks')}</h2><KindLegend /></header>
      <div className={styles.scroll}><div className={styles.weeks}>
        <DrawingView drawing={drawing} />
        <ol aria-label={say('overview.weeks')}>
          {weeks.map((week) => (
            <li key={week.monday}>
              <button type="button" title={label(week)} aria-label={label(week)} aria-pressed={address.week === week.monday} onClick={() => choose({ ...address, week: address.week === week.monday ? null : week.monday })} />
            </li>
          ))}
        </ol>
      </div></div>
      {later === 0 ? null : <p className={styles.quiet}>{say('overview.weeksLater', { count: later })}</p>}
      {older === 0 ? null : <p className={styles.quiet}>{say('overview.weeksOlder', { count: older })}</p>}
    </section>
  )
}

function reportsIn(parts: readonly Pick<Week, 'challenges' | 'actions'>[]): number {
  return parts.reduce((sum, { challenges, actions }) => sum + challenges + actions, 0)
}
