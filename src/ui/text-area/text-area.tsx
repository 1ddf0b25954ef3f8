import type { ComponentProps } from 'react'
import { classNames } from '#ui/class-names.ts'
import { Field } from '#ui/field/field.tsx'
import type { FieldWords } from '#ui/field/field.tsx'
import styles from '#ui/field/field.module.css'

export interface TextAreaProps extends FieldWords, Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'children' | 'className'> {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Ruled lines and serif: for the words of a person that are kept as written. */
  readonly isRuled?: boolean | undefined
  /** How much is written or left, in words. */
  readonly count?: string | undefined
  readonly describedBy?: string | undefined
}

export function TextArea({ label, hint, error, optional, isLabelHidden, describedBy, id, value, onChange, isRuled = false, count, rows = 5, ...rest }: TextAreaProps) {
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional} isLabelHidden={isLabelHidden} describedBy={describedBy}>
      {(wiring) => (
        <>
          <textarea dir="auto" {...rest} {...wiring} rows={rows} className={classNames(styles.input, styles.area, isRuled && styles.ruled)} value={value} onChange={(event) => onChange(event.target.value)} />
          {count === undefined ? null : <p className={styles.count}>{count}</p>}
        </>
      )}
    </Field>
  )
}
