import type { ComponentProps } from 'react'
import { Field } from '#ui/field/field.tsx'
import type { FieldWords } from '#ui/field/field.tsx'
import styles from '#ui/field/field.module.css'

export interface DateInputProps extends FieldWords, Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type' | 'children' | 'className' | 'min' | 'max'> {
  /** A day as `2020-04-07`, or empty. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly min?: string | undefined
  readonly max?: string | undefined
  readonly describedBy?: string | undefined
}

/** The date picker of the phone itself: it knows the reader's calendar, digits and week. */
export function DateInput({ label, hint, error, optional, isLabelHidden, describedBy, id, value, onChange, ...rest }: DateInputProps) {
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional} isLabelHidden={isLabelHidden} describedBy={describedBy}>
      {(wiring) => <input {...rest} {...wiring} type="date" className={styles.input} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  )
}
