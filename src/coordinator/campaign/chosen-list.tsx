import styles from '#coordinator/campaign/campaign.module.css'
import { useDesk } from '#coordinator/desk-context.tsx'
import { RemovableChip } from '#ui/chip/chip.tsx'
import { FieldGroup } from '#ui/field/field.tsx'
import { Select } from '#ui/select/select.tsx'

export interface ChosenListProps {
  readonly label: string
  /** The label of the list to choose further ones from. */
  readonly add: string
  readonly none?: string
  readonly values: readonly string[]
  readonly offered: readonly string[]
  readonly nameOf: (value: string) => string
  /** So many have to stay. */
  readonly least?: number
  readonly onChange: (values: readonly string[]) => void
}

/** Several of many, in the order in which they were chosen: each with its way out, and a list to take further ones from. */
export function ChosenList({ label, add, none, values, offered, nameOf, least = 0, onChange }: ChosenListProps) {
  const { words } = useDesk()
  const { say } = words
  const collator = new Intl.Collator(words.locale)
  const options = offered.filter((value) => !values.includes(value)).map((value) => ({ value, label: nameOf(value) })).toSorted((a, b) => collator.compare(a.label, b.label))
  return (
    <FieldGroup label={label}>
      <div className={styles.chosen}>
        {values.length === 0 && none !== undefined ? <span className={styles.quiet}>{none}</span> : null}
        {values.map((value) => (values.length <= least ? <span key={value} className={styles.fixed}>{nameOf(value)}</span> : <RemovableChip key={value} removeLabel={say('campaign.remove', { name: nameOf(value) })} onRemove={() => onChange(values.filter((other) => other !== value))}>{nameOf(value)}</RemovableChip>))}
      </div>
      <div className={styles.narrow}><Select label={add} isLabelHidden choose={add} value={null} options={options} onChange={(value) => (value === null ? undefined : onChange([...values, value]))} /></div>
    </FieldGroup>
  )
}
