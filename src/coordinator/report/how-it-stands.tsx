import { useLocation } from 'wouter'
import { useDesk } from '#coordinator/desk-context.tsx'
import { sectionOf, sections } from '#coordinator/report/parts.ts'
import { checksOf } from '#coordinator/report/publish-checks.ts'
import styles from '#coordinator/report/report.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { ButtonLink } from '#ui/button/button.tsx'
import { Icon } from '#ui/icon/icon.tsx'

/** What is written so far, section by section, what to look at, and the way to publishing. */
export function HowItStands() {
  const { words } = useDesk()
  const { state, say } = useWriting()
  const [, navigate] = useLocation()
  const sentences = state.parts.flatMap(({ part }) => part.sentences).filter(({ text }) => text.trim() !== '')
  const checks = checksOf(state)
  const count = (kind: (typeof checks)[number]['kind']) => checks.filter((one) => one.kind === kind).length
  const [flagged, unsaved, unsupported] = [count('flagged'), count('unsaved'), count('unsupported') + count('outside')]
  return (
    <section className={styles.stands}>
      <h2>{say('write.outline')}</h2>
      <ol className={styles.outline}>
        {sections.map((section) => (
          <li key={section}><a href={`#section-${section}`}>{say(section === 'priorities' ? 'report.block.priorities' : `report.question.${section}`)}</a> <span className={styles.quiet}>{words.number(state.parts.filter(({ part }) => sectionOf(part) === section).length)}</span></li>
        ))}
      </ol>
      {sentences.length === 0 ? null : <p className={unsupported === 0 ? styles.well : styles.warn}><Icon name={unsupported === 0 ? 'check' : 'warning'} size="text" />{say('write.state.sentences', { supported: sentences.length - unsupported, all: sentences.length })}</p>}
      {flagged === 0 ? null : <p className={styles.warn}><Icon name="warning" size="text" />{say('write.state.flagged', { count: flagged })}</p>}
      {unsaved === 0 ? null : <p className={styles.warn}><Icon name="storage" size="text" />{say('write.state.unsaved', { count: unsaved })}</p>}
      <ButtonLink look="main" href="/desk/report/publish" onClick={(event) => {
        if (event.ctrlKey || event.metaKey) return
        event.preventDefault()
        navigate('/desk/report/publish')
      }}>{say('write.state.publish')}</ButtonLink>
    </section>
  )
}
