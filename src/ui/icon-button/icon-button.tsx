import type { ComponentProps } from 'react'
import { classNames } from '#ui/class-names.ts'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'
import styles from '#ui/icon-button/icon-button.module.css'

interface Named {
  readonly icon: IconName
  /** What a screen reader says and a pointer reads as a tip: one attribute for both, as a tip beside a name is read out once more. */
  readonly label: string
}

export interface IconButtonProps extends Named, Omit<ComponentProps<'button'>, 'children' | 'aria-label' | 'title' | 'type'> {}

export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button {...rest} type="button" className={classNames(styles.iconButton, className)} title={label}>
      <Icon name={icon} size="m" />
    </button>
  )
}

export interface IconLinkProps extends Named, Omit<ComponentProps<'a'>, 'children' | 'aria-label' | 'title'> {}

export function IconLink({ icon, label, className, ...rest }: IconLinkProps) {
  return (
    <a {...rest} className={classNames(styles.iconButton, className)} title={label}>
      <Icon name={icon} size="m" />
    </a>
  )
}
