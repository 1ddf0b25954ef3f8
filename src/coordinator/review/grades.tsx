import { confirmedBy, credibilitiesFor, suggestedGrades } from '#domain/grades.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { reliabilities } from '#coordinator/review/judgement.ts'
import type { Judgement } from '#coordinator/review/judgement.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/side.module.css'
import { Button } from '#ui/button/button.tsx'
import { Select } from '#ui/select/select.tsx'

interface GradesProps {
  readonly reading: Reading
  readonly judgement: Judgement
  readonly onChange: (judgement: Judgement) => void
}

/** Source and information are judged apart, and only by who wants to: none is chosen at first. */
export function Grades({ reading, judgement, onChange }: GradesProps) {
  const { say } = useDesk().words
  const credibilities = credibilitiesFor(reading.entry.content.sourceType)
  return (
    <section>
      <h2>{say('grades.title')}</h2>
      <div className={styles.grades}>
        <Select
          label={say('grades.source')}
          choose={say('grades.none')}
          value={judgement.reliability}
          options={reliabilities.map((grade) => ({ value: grade, label: say(`reliability.${grade}`) }))}
          onChange={(reliability) => onChange({ ...judgement, reliability })}
        />
        <Select
          label={say('grades.information')}
          choose={say('grades.none')}
          value={judgement.credibility}
          options={credibilities.map((grade) => ({ value: grade, label: say(`credibility.${grade}`) }))}
          onChange={(credibility) => onChange({ ...judgement, credibility })}
        />
      </div>
      <Suggestion reading={reading} judgement={judgement} onChange={onChange} />
      {credibilities.includes('1') ? null : <p className={styles.quiet}>{say('grades.rumour')}</p>}
      <p className={styles.quiet}>{say('grades.hint')}</p>
    </section>
  )
}

/** What the field's rule would give, with its reason; taken over by one tap, never by itself. */
function Suggestion({ reading, judgement, onChange }: GradesProps) {
  const { words } = useDesk()
  const { entry, linkedAuthors } = reading
  const suggested = suggestedGrades(entry, confirmedBy(entry, linkedAuthors))
  if (suggested === null || (judgement.reliability === suggested.reliability && judgement.credibility === suggested.credibility)) return null
  const { reliability, credibility, because } = suggested
  return (
    <p className={styles.suggestion}>
      <span>{words.say(because === 'source' ? 'grades.bySource' : 'grades.byOthers', { grades: `${reliability}${credibility}`, source: words.value('sourceType', entry.content.sourceType) })}</span>
      <Button onClick={() => onChange({ ...judgement, reliability, credibility })}>{words.say('grades.take', { grades: `${reliability}${credibility}` })}</Button>
    </p>
  )
}
