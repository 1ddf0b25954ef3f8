import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { classNames } from '#ui/class-names.ts'
import styles from '#ui/button/button.module.css'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'

/** `main` is the one next step of a screen; `stop` takes something away; `plain` is the quiet way out. */
export type ButtonLook = 'main' | 'line' | 'plain' | 'stop'

interface Looks {
  readonly look?: ButtonLook | undefined
  readonly icon?: IconName | undefined
  readonly isWide?: boolean | undefined
  readonly children: ReactNode
}

export interface ButtonProps extends Looks, Omit<ComponentProps<'button'>, 'children' | 'disabled'> {
  /** Stays in the tab order and says that it is off; say why beside it. */
  readonly isDisabled?: boolean | undefined
}

export function Button({ look = 'line', icon, isWide = false, isDisabled = false, children, className, type = 'button', onClick, ...rest }: ButtonProps) {
  const handleClick = (event: MouseEvent<HTMLButtonElement>): void => {
    if (isDisabled) event.preventDefault()
    else onClick?.(event)
  }
  return (
    // oxlint-disable-next-line react/button-has-type -- the type is a prop with a safe default
    <button {...rest} type={type} className={lookOf(look, isWide, className)} aria-disabled={isDisabled || undefined} onClick={handleClick}>
      {icon === undefined ? null : <Icon name={icon} size="s" />}
      {children}
    </button>
  )
}

export interface ButtonLinkProps extends Looks, Omit<ComponentProps<'a'>, 'children'> {}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function ButtonLink({ look = 'line', icon, isWide = false, children, className, ...rest }: ButtonLinkProps) {
  return (
    <a {...rest} className={lookOf(look, isWide, className)}>
      {icon === undefined ? null : <Icon name={icon} size="s" />}
      {children}
    </a>
  )
}

function lookOf(look: ButtonLook, isWide: boolean, className: string | undefined): string {
  return classNames(styles.button, look !== 'line' && styles[look], isWide && styles.wide, className)
}
