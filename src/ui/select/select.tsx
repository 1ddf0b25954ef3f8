import type { ComponentProps } from 'react'
import { Field } from '#ui/field/field.tsx'
import type { FieldWords } from '#ui/field/field.tsx'
import styles from '#ui/field/field.module.css'
import { Icon } from '#ui/icon/icon.tsx'

export interface SelectOption<Value extends string> {
  readonly value: Value
  readonly label: string
  /** The language of the label, where it is not that of the page. */
  readonly lang?: string | undefined
}

export interface SelectGroup<Value extends string> {
  readonly label: string
  readonly options: readonly SelectOption<Value>[]
}

export interface SelectProps<Value extends string> extends FieldWords, Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'children' | 'className' | 'multiple'> {
  /** `null` while nothing is chosen; then `choose` stands in the field, and nothing is chosen for anyone. */
  readonly value: Value | null
  readonly onChange: (value: Value | null) => void
  readonly options?: readonly SelectOption<Value>[] | undefined
  readonly groups?: readonly SelectGroup<Value>[] | undefined
  /** The words for "nothing chosen yet". Without them there is no empty choice. */
  readonly choose?: string | undefined
  readonly describedBy?: string | undefined
}

export function Select<Value extends string>({ label, hint, error, optional, isLabelHidden, describedBy, id, value, onChange, options = [], groups = [], choose, ...rest }: SelectProps<Value>) {
  const all = [...options, ...groups.flatMap((group) => group.options)]
  return (
    <Field id={id} label={label} hint={hint} error={error} optional={optional} isLabelHidden={isLabelHidden} describedBy={describedBy}>
      {(wiring) => (
        <div className={styles.select}>
          <select {...rest} {...wiring} className={styles.input} value={value ?? ''} onChange={(event) => onChange(all.find((option) => option.value === event.target.value)?.value ?? null)}>
            {choose === undefined ? null : <option value="">{choose}</option>}
            {options.map(drawOption)}
            {groups.map((group) => <optgroup key={group.label} label={group.label}>{group.options.map(drawOption)}</optgroup>)}
          </select>
          <Icon name="chevron-down" size="s" />
        </div>
      )}
    </Field>
  )
}

function drawOption<Value extends string>({ value, label, lang }: SelectOption<Value>) {
  return <option key={value} value={value} lang={lang}>{label}</option>
}
