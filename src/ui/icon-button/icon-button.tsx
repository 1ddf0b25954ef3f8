import type { ComponentProps } from 'react'
import { classNames } from '#ui/class-names.ts'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'
import styles from '#ui/icon-button/icon-button.module.css'

interface Named {
  readonly icon: IconName
  /** What a screen reader says and a pointer reads as a tip. */
  readonly label: string
}

export interface IconButtonProps extends Named, Omit<ComponentProps<'button'>, 'children' | 'aria-label' | 'type'> {}

export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button title={label} {...rest} type="button" className={classNames(styles.iconButton, className)} aria-label={label}>
      <Icon name={icon} size="m" />
    </button>
  )
}

export interface IconLinkProps extends Named, Omit<ComponentProps<'a'>, 'children' | 'aria-label'> {}

export function IconLink({ icon, label, className, ...rest }: IconLinkProps) {
  return (
    <a title={label} {...rest} className={classNames(styles.iconButton, className)} aria-label={label}>
      <Icon name={icon} size="m" />
    </a>
  )
}
