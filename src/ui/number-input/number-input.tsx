import { useState } from 'react'
import type { ComponentProps } from 'react'
import { Field } from '#ui/field/field.tsx'
import type { FieldWords } from '#ui/field/field.tsx'
import styles from '#ui/field/field.module.css'
import { typedNumber } from '#ui/number-input/typed-number.ts'

export interface NumberInputProps extends FieldWords, Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type' | 'children' | 'className' | 'min' | 'max'> {
  readonly value: number | null
  /** `null` while nothing, or nothing that counts as a whole number, is typed. */
  readonly onChange: (value: number | null) => void
  /** What was typed before and is no whole number, to go on with; and where it goes when it is typed. Without, it stands at the field alone. */
  readonly unclear?: string | undefined
  readonly onUnclear?: ((text: string) => void) | undefined
  /** Said at the field while what is typed is no whole number. */
  readonly invalid: string
  readonly notKnown?: { readonly label: string; readonly isChosen: boolean; readonly onChange: (isChosen: boolean) => void } | undefined
  readonly describedBy?: string | undefined
}

/**
 * A whole number, typed on the keypad. Not `type="number"`: that field refuses Arabic digits, changes on a scroll wheel and
 * hides what it did not understand.
 */
export function NumberInput({ label, hint, error, optional, isLabelHidden, describedBy, id, value, onChange, unclear, onUnclear, invalid, notKnown, ...rest }: NumberInputProps) {
  const [typed, setTyped] = useState(value === null ? (unclear ?? '') : String(value))
  // What was typed stands only as long as it is what is kept: the field may have become that of another number.
  const number = typedNumber(typed)
  const isKept = number === undefined ? (onUnclear === undefined ? value === null : unclear === typed) : number === value && unclear === undefined
  const shown = isKept ? typed : value === null ? (unclear ?? '') : String(value)
  const isUnderstood = typedNumber(shown) !== undefined
  const handleChange = (text: string): void => {
    setTyped(text)
    const next = typedNumber(text)
    if (next === undefined && onUnclear !== undefined) onUnclear(text)
    else onChange(next ?? null)
  }
  return (
    <Field id={id} label={label} hint={hint} error={isUnderstood ? error : invalid} optional={optional} isLabelHidden={isLabelHidden} describedBy={describedBy}>
      {(wiring) => (
        <>
          <input inputMode="numeric" autoComplete="off" {...rest} {...wiring} type="text" className={styles.input} disabled={notKnown?.isChosen === true || rest.disabled} value={notKnown?.isChosen === true ? '' : shown} onChange={(event) => handleChange(event.target.value)} />
          {notKnown === undefined ? null : (
            <label className={styles.notKnown}>
              <input type="checkbox" checked={notKnown.isChosen} onChange={(event) => notKnown.onChange(event.target.checked)} />
              {notKnown.label}
            </label>
          )}
        </>
      )}
    </Field>
  )
}
