import { useId } from 'react'
import { classNames } from '#ui/class-names.ts'
import { Tile } from '#ui/choice/choice.tsx'
import type { Choice, ChoiceLayout } from '#ui/choice/choice.tsx'
import styles from '#ui/choice/choice.module.css'
import { FieldGroup } from '#ui/field/field.tsx'
import type { FieldGroupProps } from '#ui/field/field.tsx'

interface Group<Value extends string> extends Omit<FieldGroupProps, 'children' | 'className'> {
  readonly choices: readonly Choice<Value>[]
  readonly layout?: ChoiceLayout | undefined
}

export interface ChooseOneProps<Value extends string> extends Group<Value> {
  /** `null` while nothing is chosen: there is no default where judgement is asked. */
  readonly value: Value | null
  readonly onChange: (value: Value) => void
}

/** One of several, as radio buttons. Arrow keys walk through them, as in every form. */
export function ChooseOne<Value extends string>({ choices, layout = 'rows', value, onChange, ...words }: ChooseOneProps<Value>) {
  const name = useId()
  return (
    <FieldGroup {...words}>
      <div className={classNames(styles.choices, styles[`${layout}Group`])}>
        {choices.map((choice) => <Tile {...choice} key={choice.value} type="radio" name={name} layout={layout} isChosen={choice.value === value} onChange={() => onChange(choice.value)} />)}
      </div>
    </FieldGroup>
  )
}

export interface ChooseSomeProps<Value extends string> extends Group<Value> {
  readonly values: readonly Value[]
  readonly onChange: (values: readonly Value[]) => void
  /** Once so many are chosen, the others rest until one is taken away; say so in the hint. */
  readonly max?: number | undefined
}

/** Several of several, as checkboxes. The order in which they were chosen is kept. */
export function ChooseSome<Value extends string>({ choices, layout = 'rows', values, onChange, max, ...words }: ChooseSomeProps<Value>) {
  const name = useId()
  const isFull = max !== undefined && values.length >= max
  const choose = (value: Value, isChosen: boolean): void => onChange(isChosen ? [...values, value] : values.filter((other) => other !== value))
  return (
    <FieldGroup {...words}>
      <div className={classNames(styles.choices, styles[`${layout}Group`])}>
        {choices.map((choice) => {
          const isChosen = values.includes(choice.value)
          return <Tile {...choice} key={choice.value} type="checkbox" name={name} layout={layout} isChosen={isChosen} isDisabled={choice.isDisabled === true || (isFull && !isChosen)} onChange={(isNowChosen) => choose(choice.value, isNowChosen)} />
        })}
      </div>
    </FieldGroup>
  )
}
