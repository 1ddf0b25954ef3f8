import { useLocation, useSearch } from 'wouter'
import { useDesk } from '#coordinator/desk-context.tsx'
import { HowItStands } from '#coordinator/report/how-it-stands.tsx'
import { IssueSettings } from '#coordinator/report/issue-settings.tsx'
import { sections } from '#coordinator/report/parts.ts'
import { PublishedIssues } from '#coordinator/report/published-issues.tsx'
import { ReportSection } from '#coordinator/report/report-section.tsx'
import styles from '#coordinator/report/report.module.css'
import { WorkingReport } from '#coordinator/report/working-report.tsx'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { UnreadNote } from '#coordinator/shell/problem-note.tsx'
import layout from '#coordinator/shell/two-parts.module.css'
import { classNames } from '#ui/class-names.ts'

/** The issue in work as it will read, with all that is written in it; beside it how it stands, and below what was published. */
export function IssuePage() {
  const { words: { say: sayDesk } } = useDesk()
  const { state, writing, say } = useWriting()
  const [, navigate] = useLocation()
  const opened = new URLSearchParams(useSearch()).get('part')
  const { draft, problem, parts } = state
  const open = (id: string | null) => navigate(id === null ? '/desk/report' : `/desk/report?part=${id}`, { replace: true })
  return (
    <div className={classNames(layout.page, styles.page)}>
      <main className={classNames(layout.main, styles.main)}>
        <div className={styles.sheet}>
          <header className={styles.head}>
            <h1>{draft === null ? sayDesk('reports.title') : say('write.title', { number: draft.number })}</h1>
            <p className={styles.lead}>{say('write.lead')}</p>
          </header>
          {problem === null ? null : <UnreadNote problem={problem} onRetry={() => void writing.reload()} />}
          {draft === null ? null : <IssueSettings settings={draft.settings} />}
          {draft === null && problem === null && parts.length === 0 ? <Awaited lines={8} /> : null}
          {draft === null && parts.length === 0 ? null : sections.map((section) => <ReportSection key={section} section={section} opened={opened} onOpen={open} />)}
          {draft === null ? null : <PublishedIssues issues={draft.issues} />}
        </div>
      </main>
      <aside className={classNames(layout.side, styles.side)} aria-label={say('write.state')}>
        {draft === null ? null : <HowItStands />}
        {draft === null ? null : <WorkingReport settings={draft.settings} />}
      </aside>
    </div>
  )
}
