import type { AlarmRow, SettlementAct } from '#protocol/aside.ts'
import { ChangeContent } from '#coordinator/aside/change-content.tsx'
import styles from '#coordinator/aside/aside.module.css'
import { useDesk } from '#coordinator/desk-context.tsx'
import { Button } from '#ui/button/button.tsx'
import { Icon } from '#ui/icon/icon.tsx'

/** What went wrong with a phone, in words, with what to do. */
export function AlarmItem({ alarm, onSettle }: { readonly alarm: AlarmRow; readonly onSettle: (act: SettlementAct) => void }) {
  const { words } = useDesk()
  const { say, time } = words
  const name = alarm.memberName ?? say('aside.nobody')
  return (
    <li className={styles.item}>
      <h3>{say(`alarm.${alarm.kind}`)}</h3>
      <p className={styles.quiet}>{words.dots([name, alarm.deviceLabel ?? '', say('alarm.count', { count: alarm.count, date: time.instant(alarm.lastAt) })])}</p>
      <p>{say(`alarm.${alarm.kind}Text`)}</p>
      {alarm.kind === 'forked' && alarm.renewedAt !== null ? <p className={styles.healed}>{say('alarm.renewed', { date: time.instant(alarm.renewedAt) })}</p> : null}
      {alarm.kind === 'forked' && alarm.renewedAt === null ? <p>{say('alarm.askWho', { name })}</p> : null}
      {alarm.changes.length === 0 ? null : (
        <details className={styles.raw}>
          <summary>{say('alarm.kept')} <Icon name="chevron-down" size="text" /></summary>
          {alarm.changes.map((change) => <ChangeContent key={`${change.id} ${change.salt}`} change={change} />)}
        </details>
      )}
      {alarm.settled === null ? null : <p className={styles.quiet}>{say('alarm.lookedBy', { name: alarm.settled.by, date: time.instant(alarm.settled.at) })}</p>}
      <div className={styles.acts}>
        <Button look={alarm.settled === null ? 'line' : 'plain'} onClick={() => onSettle(alarm.settled === null ? 'settle' : 'reopen')}>{say(alarm.settled === null ? 'alarm.looked' : 'aside.again')}</Button>
      </div>
    </li>
  )
}
