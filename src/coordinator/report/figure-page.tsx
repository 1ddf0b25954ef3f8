import { Link, useSearch } from 'wouter'
import type { FigureEntries } from '#protocol/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import own from '#coordinator/report/figure.module.css'
import styles from '#coordinator/report/report.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { UnreadNote } from '#coordinator/shell/problem-note.tsx'
import { useLoaded } from '#coordinator/use-loaded.ts'
import { Ref } from '#ui/ref/ref.tsx'

/** Every entry behind one number of the report, small ones too: coordinators see what a number is made of, readers do not. */
export function FigurePage() {
  const { device, words } = useDesk()
  const { say } = useWriting()
  const asked = new URLSearchParams(useSearch())
  const [id, from, to] = [asked.get('id') ?? '', asked.get('from'), asked.get('to')]
  const order = { id, language: words.locale, ...(from === null || to === null ? {} : { from, to }) }
  const { value, problem, reload } = useLoaded(JSON.stringify(order), () => device.api.reportFigure(order))
  return (
    <main className={own.page}>
      <p><Link href="/desk/report">{say('write.publish.back')}</Link></p>
      <h1>{value?.name ?? say('write.figure.title')}</h1>
      {problem === null ? null : problem.kind === 'refused' && problem.code === 'not-found' ? <p>{say('write.figure.gone')}</p> : <UnreadNote problem={problem} onRetry={reload} />}
      {value === null ? (problem === null ? <Awaited lines={6} /> : null) : <FigureList figure={value} />}
    </main>
  )
}

function FigureList({ figure: { count, entries } }: { readonly figure: FigureEntries }) {
  const { words } = useDesk()
  const { say } = useWriting()
  const { gone } = useFresh()
  return (
    <>
      <p className={styles.lead}>{count === null ? say('write.figure.hidden', { entries: entries.length }) : say('write.figure.shown', { count: words.number(count), entries: entries.length })}</p>
      <ul className={own.entries}>
        {entries.filter(({ id }) => !gone.has(id)).map(({ id, ref, topic, observedOn, words: said }) => (
          <li key={id}>
            <Link href={`/desk/entry/${id}`} className={own.entry}>
              <span><Ref value={ref} /> <span className={styles.quiet}>{words.dots([words.code('topic', topic), words.time.day(observedOn)])}</span></span>
              <span dir="auto">{said}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
