import { useId } from 'react'
import type { ComponentProps } from 'react'
import { Count, Field, describedWith } from '#ui/field/field.tsx'
import type { CountWords, FieldWords } from '#ui/field/field.tsx'
import styles from '#ui/field/field.module.css'

export interface TextInputProps extends FieldWords, CountWords, Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type' | 'children' | 'className'> {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'search' | 'url' | 'email' | 'password' | undefined
  /** Offered while typing; anything else may be written too. */
  readonly suggestions?: readonly string[] | undefined
  readonly describedBy?: string | undefined
}

/** One line of text. People write it in any script, so its direction follows what is written; empty, it is that of the page (`auto` would be left to right). */
export function TextInput({ label, hint, error, optional, isLabelHidden, describedBy, id, value, onChange, type = 'text', suggestions, count, isOver, ...rest }: TextInputProps) {
  const [listId, countId] = [useId(), useId()]
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional} isLabelHidden={isLabelHidden} describedBy={describedWith(describedBy, count, countId)}>
      {(wiring) => (
        <>
          <input dir={value === '' ? undefined : 'auto'} {...rest} {...wiring} className={styles.input} type={type} list={suggestions === undefined ? undefined : listId} value={value} onChange={(event) => onChange(event.target.value)} />
          {suggestions === undefined ? null : <datalist id={listId}>{suggestions.map((suggestion) => <option key={suggestion}>{suggestion}</option>)}</datalist>}
          <Count id={countId} count={count} isOver={isOver} />
        </>
      )}
    </Field>
  )
}
