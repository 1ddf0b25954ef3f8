import type { ReactNode } from 'react'
import { classNames } from '#ui/class-names.ts'
import styles from '#ui/chip/chip.module.css'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'

export interface ChipProps {
  readonly tone?: 'plain' | 'ask' | 'stop' | 'done' | undefined
  readonly icon?: IconName | undefined
  readonly children: ReactNode
}

/** A small fact beside an entry. The words carry it; the tone only repeats them. */
export function Chip({ tone = 'plain', icon, children }: ChipProps) {
  return (
    <span className={classNames(styles.chip, styles[tone])}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </span>
  )
}

export interface RemovableChipProps {
  readonly children: ReactNode
  /** What the button does, with the name of the thing: "Remove the filter Haiti". */
  readonly removeLabel: string
  readonly onRemove: () => void
}

/** A chosen thing with its own way out. */
export function RemovableChip({ children, removeLabel, onRemove }: RemovableChipProps) {
  return (
    <button type="button" className={classNames(styles.chip, styles.removable)} aria-label={removeLabel} onClick={onRemove}>
      {children}
      <Icon name="close" />
    </button>
  )
}
