import { useId } from 'react'
import type { ReactNode } from 'react'
import { severities } from '#domain/codes/code-lists.ts'
import type { Severity } from '#domain/codes/code-lists.ts'
import { classNames } from '#ui/class-names.ts'
import styles from '#ui/choice/choice.module.css'
import { FieldGroup } from '#ui/field/field.tsx'
import type { FieldGroupProps } from '#ui/field/field.tsx'
import { useLanguage } from '#ui/language/language.tsx'
import { Steps } from '#ui/severity/steps.tsx'

export interface SeverityChoicesProps extends Omit<FieldGroupProps, 'children' | 'className'> {
  readonly value: Severity | null
  readonly onChange: (value: Severity) => void
  /** `label` is set strong, so that five tiles can be told apart at a glance. */
  readonly sentences: Readonly<Record<Severity, SeveritySentence>>
}

export interface SeveritySentence {
  readonly label: ReactNode
  readonly note?: ReactNode
}

/** Each level as a sentence about people, not as a grade: the sentence is the answer. */
export function SeverityChoices({ value, onChange, sentences, ...words }: SeverityChoicesProps) {
  const name = useId()
  const { format } = useLanguage()
  return (
    <FieldGroup {...words}>
      <div className={styles.choices}>
        {severities.map((level) => (
          <label key={level} className={styles.tile}>
            <input className={styles.control} type="radio" name={name} value={level} checked={level === value} onChange={() => onChange(level)} />
            <span className={classNames(styles.face, styles.level)}>
              <span className={styles.number}>{format.number(level)}<Steps level={level} /></span>
              <Sentence {...sentences[level]} />
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  )
}

function Sentence({ label, note }: SeveritySentence) {
  return (
    <span className={styles.text}>
      <span className={classNames(styles.label, styles.strong)}>{label}</span>{' '}
      <span className={styles.sentence}>{note}</span>
    </span>
  )
}
