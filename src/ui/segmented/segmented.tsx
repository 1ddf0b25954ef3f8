import { useId } from 'react'
import { FieldGroup } from '#ui/field/field.tsx'
import type { FieldGroupProps } from '#ui/field/field.tsx'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'
import styles from '#ui/segmented/segmented.module.css'

export interface Segment<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly icon?: IconName | undefined
}

export interface SegmentedProps<Value extends string> extends Omit<FieldGroupProps, 'children' | 'className'> {
  readonly value: Value | null
  readonly onChange: (value: Value) => void
  readonly segments: readonly Segment<Value>[]
}

/** Two to four short words side by side, one of them in force: a view, a sort, a unit. */
export function Segmented<Value extends string>({ value, onChange, segments, ...words }: SegmentedProps<Value>) {
  const name = useId()
  return (
    <FieldGroup {...words}>
      <div className={styles.segments}>
        {segments.map((segment) => (
          <label key={segment.value} className={styles.segment}>
            <input type="radio" name={name} value={segment.value} checked={segment.value === value} onChange={() => onChange(segment.value)} />
            <span>
              {segment.icon === undefined ? null : <Icon name={segment.icon} />}
              {segment.label}
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  )
}
