import { useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { QuarantineRow, SettleRequest } from '#protocol/aside.ts'
import { AlarmItem } from '#coordinator/aside/alarm-item.tsx'
import { useAside } from '#coordinator/aside/aside-context.tsx'
import { AsideItem } from '#coordinator/aside/aside-item.tsx'
import type { CountPhase } from '#coordinator/aside/aside-item.tsx'
import styles from '#coordinator/aside/aside.module.css'
import { useDesk } from '#coordinator/desk-context.tsx'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { AsOf, ProblemNote, UnreadNote, useReadAgain } from '#coordinator/shell/problem-note.tsx'
import { EmptyState } from '#ui/empty-state/empty-state.tsx'
import { Icon } from '#ui/icon/icon.tsx'

/** What arrived and does not count, why, and what a coordinator may do about it. */
export function AsidePage() {
  const { device, words } = useDesk()
  const { say } = words
  const { quarantine, alarms } = useAside()
  const [phases, setPhases] = useState<ReadonlyMap<string, CountPhase>>(new Map())
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  async function settle(settlement: SettleRequest): Promise<void> {
    const result = await device.api.settle(settlement)
    setProblem(result.ok ? null : result.problem)
    quarantine.reload()
    alarms.reload()
  }
  async function count({ subject, entryId, id }: QuarantineRow, reason: string): Promise<void> {
    if (entryId === null || id === null) return
    const put = (phase: CountPhase) => setPhases((before) => new Map([...before, [subject, phase]]))
    put('sending')
    const kept = await device.release(entryId, id, reason)
    if (!kept.ok) {
      put('failed')
      return
    }
    const state = await device.flush()
    put(state.pendingChanges === 0 ? 'sent' : 'kept')
    quarantine.reload()
  }
  const retry = () => {
    setProblem(null)
    quarantine.reload()
    alarms.reload()
  }
  const item = (row: QuarantineRow) => (
    <AsideItem key={row.seq} row={row} phase={phases.get(row.subject) ?? null} onCount={(reason) => void count(row, reason)} onSettle={(act, reason) => void settle({ subject: row.subject, act, reason })} />
  )
  const rows = quarantine.value?.quarantined ?? []
  const [waiting, left] = [rows.filter((row) => row.left === null), rows.filter((row) => row.left !== null)]
  const raised = (alarms.value ?? []).filter(({ settled }) => settled === null)
  const looked = (alarms.value ?? []).filter(({ settled }) => settled !== null)
  const unread = quarantine.problem ?? alarms.problem
  useReadAgain(problem === null ? null : unread, () => {
    quarantine.reload()
    alarms.reload()
  })
  const justCounted = [...phases.values()].some((phase) => phase === 'sent')
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1>{say('aside.title')}</h1>
        <p className={styles.lead}>{say('aside.lead')}</p>
      </header>
      {problem === null ? null : <ProblemNote problem={problem} onRetry={retry} />}
      {problem !== null || unread === null ? null : <UnreadNote problem={unread} onRetry={retry} />}
      {problem === null && unread === null ? null : <AsOf ms={quarantine.asOf} />}
      <p role="status" className={styles.status}>{justCounted ? say('aside.sent') : ''}</p>
      {raised.length === 0 ? null : (
        <section aria-label={say('alarm.title')}>
          <h2>{say('alarm.title')}</h2>
          <ul className={styles.list}>{raised.map((alarm) => <AlarmItem key={alarm.subject} alarm={alarm} onSettle={(act) => void settle({ subject: alarm.subject, act, reason: '' })} />)}</ul>
        </section>
      )}
      {quarantine.value === null && quarantine.problem === null ? <Awaited lines={4} /> : null}
      {quarantine.value === null ? null : (
        <section aria-label={say('aside.waitingTitle')}>
          {waiting.length === 0 ? <EmptyState>{say(left.length === 0 ? 'aside.empty' : 'aside.allSettled')}</EmptyState> : <h2>{say('aside.waiting', { count: quarantine.value.open })}</h2>}
          <ul className={styles.list}>{waiting.map(item)}</ul>
          {rows.length < quarantine.value.total ? <p className={styles.quiet}>{say('aside.shown', { shown: rows.length, total: quarantine.value.total })}</p> : null}
        </section>
      )}
      {left.length + looked.length === 0 ? null : (
        <details className={styles.left}>
          <summary>{say('aside.left', { count: left.length + looked.length })} <Icon name="chevron-down" size="text" /></summary>
          <ul className={styles.list}>
            {left.map(item)}
            {looked.map((alarm) => <AlarmItem key={alarm.subject} alarm={alarm} onSettle={(act) => void settle({ subject: alarm.subject, act, reason: '' })} />)}
          </ul>
        </details>
      )}
    </main>
  )
}
