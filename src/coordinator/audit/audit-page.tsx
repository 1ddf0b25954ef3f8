import { useLocation, useSearch } from 'wouter'
import { auditAddress, auditFilterFrom } from '#coordinator/audit/audit-address.ts'
import { AuditFilters } from '#coordinator/audit/audit-filters.tsx'
import { AuditTable } from '#coordinator/audit/audit-table.tsx'
import styles from '#coordinator/audit/audit.module.css'
import { SaveLog } from '#coordinator/audit/save-log.tsx'
import { useLog } from '#coordinator/audit/use-log.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { AsOf, UnreadNote } from '#coordinator/shell/problem-note.tsx'
import { Button } from '#ui/button/button.tsx'

/** Every act of the campaign: who did what, when, on which revision. */
export function AuditPage() {
  const { say } = useDesk().words
  const [, navigate] = useLocation()
  const filter = auditFilterFrom(useSearch())
  const log = useLog(filter)
  const { first, lines } = log
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1>{say('audit.title')}</h1>
          <p className={styles.lead}>{say('audit.lead')}</p>
        </div>
        <SaveLog filter={filter} />
      </header>
      <AuditFilters filter={filter} onChange={(next) => navigate(auditAddress(next))} />
      {first.problem === null ? null : <><UnreadNote problem={first.problem} onRetry={first.reload} /><AsOf ms={first.asOf} /></>}
      {first.value === null && first.problem === null ? <Awaited lines={8} /> : null}
      {lines.length === 0 ? null : <AuditTable lines={lines} />}
      {log.problem === null ? null : <UnreadNote problem={log.problem} onRetry={log.readOlder} />}
      {first.value === null ? null : (
        <footer className={styles.end}>
          {log.hasOlder ? <>{lines.length === 0 ? <p>{say('audit.noneYet')}</p> : null}<Button onClick={log.readOlder}>{say(log.isReading ? 'load.waiting' : 'audit.older')}</Button></> : <p className={styles.quiet}>{say(lines.length === 0 ? 'audit.none' : 'audit.end')}</p>}
        </footer>
      )}
    </main>
  )
}
