import { useDesk } from '#coordinator/desk-context.tsx'
import { credibilities, reliabilities } from '#coordinator/review/judgement.ts'
import type { Judgement } from '#coordinator/review/judgement.ts'
import styles from '#coordinator/review/side.module.css'
import { Select } from '#ui/select/select.tsx'

/** Source and information are judged apart, and only by who wants to: none is chosen at first. */
export function Grades({ judgement, onChange }: { readonly judgement: Judgement; readonly onChange: (judgement: Judgement) => void }) {
  const { say } = useDesk().words
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
      <p className={styles.quiet}>{say('grades.hint')}</p>
    </section>
  )
}
