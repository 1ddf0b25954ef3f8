import { useState } from 'react'
import { dayHere } from '#domain/day-here.ts'
import type { IssueRow } from '#protocol/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { CorrectionForm } from '#coordinator/report/correction-form.tsx'
import { IssueLink } from '#coordinator/report/issue-link.tsx'
import own from '#coordinator/report/issues.module.css'
import styles from '#coordinator/report/report.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { Chip } from '#ui/chip/chip.tsx'
import { Fold } from '#ui/fold/fold.tsx'
import { Icon } from '#ui/icon/icon.tsx'
import { Ref } from '#ui/ref/ref.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

/** What was published: its link, what has become of its evidence since, and its list of changes. */
export function PublishedIssues({ issues }: { readonly issues: readonly IssueRow[] }) {
  const { say } = useWriting()
  return (
    <section className={styles.section} aria-labelledby="heading-issues">
      <h2 id="heading-issues">{say('write.issues')}</h2>
      {issues.length === 0 ? <p className={styles.quiet}>{say('write.issues.none')}</p> : <ol className={own.issues}>{issues.toSorted((a, b) => b.number - a.number).map((issue) => <li key={issue.number}><Issue issue={issue} /></li>)}</ol>}
    </section>
  )
}

function Issue({ issue }: { readonly issue: IssueRow }) {
  const { words } = useDesk()
  const { say } = useWriting()
  const { number, from, to, publishedAt, by, flags, corrections } = issue
  const day = words.time.day(dayHere(publishedAt))
  return (
    <article className={own.issue} aria-labelledby={`issue-${number}`}>
      <header>
        <h3 id={`issue-${number}`}>{say('write.issue.title', { number })}</h3>
        <p className={styles.quiet}>{words.dots([say('write.issue.period', { from: words.time.day(from), to: words.time.day(to) }), by === null ? say('write.issue.published', { day }) : say('write.issue.publishedBy', { day, name: by.name })])}</p>
      </header>
      <IssueLink url={issue.url} number={number} />
      {flags.length === 0 ? <p className={styles.well}><Icon name="check" size="text" />{say('write.issue.same')}</p> : (
        <Fold isOpen summary={<Chip tone="ask" icon="warning">{say('write.issue.flags', { count: flags.length })}</Chip>}>
          <ul className={own.flags}>{flags.map((flag) => <li key={`${flag.finding} ${flag.sentence}`}><FlaggedSentence issue={issue} flag={flag} /></li>)}</ul>
        </Fold>
      )}
      {corrections.length === 0 ? null : (
        <div>
          <h4>{say('write.issue.corrections')}</h4>
          <ul className={own.corrections}>{corrections.map(({ id, at, text, lang }) => <li key={id}><span className={styles.quiet}>{words.time.day(dayHere(at))}</span> <span lang={lang} dir="auto">{text}</span></li>)}</ul>
        </div>
      )}
      <Correcting number={number} sentence={null} />
    </article>
  )
}

function FlaggedSentence({ issue, flag }: { readonly issue: IssueRow; readonly flag: IssueRow['flags'][number] }) {
  const { say } = useWriting()
  const text = flag.sentence === null ? null : issue.sentences[flag.sentence]
  return (
    <>
      <p>{text === undefined || text === null ? say('write.issue.beside') : <mark dir="auto" className={styles.spoken}>{text}</mark>}</p>
      {flag.changed.map(({ citation, ref, changes }) => <p key={citation.entryId} className={styles.quiet}><a href={`/desk/entry/${citation.entryId}`} target="_blank" rel="noopener">{ref === null ? say('write.flag.anEntry') : <Ref value={ref} />}</a>: {changes.map((change) => say(`report.evidence.${change}`)).join(' ')}</p>)}
      <Correcting number={issue.number} sentence={flag.sentence} />
    </>
  )
}

function Correcting({ number, sentence }: { readonly number: number; readonly sentence: string | null }) {
  const { say } = useWriting()
  const [isOpen, setOpen] = useState(false)
  if (isOpen) return <CorrectionForm number={number} sentence={sentence} onClose={() => setOpen(false)} />
  return <p><TextButton onClick={() => setOpen(true)}>{say(sentence === null ? 'write.correct.general' : 'write.correct')}</TextButton></p>
}
