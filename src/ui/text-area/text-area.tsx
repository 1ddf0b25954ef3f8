import { useId } from 'react'
import type { ComponentProps } from 'react'
import { classNames } from '#ui/class-names.ts'
import { Count, Field, describedWith } from '#ui/field/field.tsx'
import type { CountWords, FieldWords } from '#ui/field/field.tsx'
import styles from '#ui/field/field.module.css'

export interface TextAreaProps extends FieldWords, CountWords, Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'children' | 'className'> {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Ruled lines and serif: for the words of a person that are kept as written. */
  readonly isRuled?: boolean | undefined
  readonly describedBy?: string | undefined
}

export function TextArea({ label, hint, error, optional, isLabelHidden, describedBy, id, value, onChange, isRuled = false, count, isOver, rows = 5, ...rest }: TextAreaProps) {
  const countId = useId()
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional} isLabelHidden={isLabelHidden} describedBy={describedWith(describedBy, count, countId)}>
      {(wiring) => (
        <>
          <textarea dir={value === '' ? undefined : 'auto'} {...rest} {...wiring} rows={rows} className={classNames(styles.input, styles.area, isRuled && styles.ruled)} value={value} onChange={(event) => onChange(event.target.value)} />
          <Count id={countId} count={count} isOver={isOver} />
        </>
      )}
    </Field>
  )
}
