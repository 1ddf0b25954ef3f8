import type { ComponentProps } from 'react'
import { classNames } from '#ui/class-names.ts'
import styles from '#ui/text-button/text-button.module.css'

export interface TextButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'disabled'> {
  /** `stop`: it takes something away from somebody. */
  readonly tone?: 'pen' | 'stop' | undefined
}

/** An act inside a line or a table, quieter than a button: for desks, where the pointer is fine; on a phone it grows to a target. */
export function TextButton({ tone = 'pen', className, ...rest }: TextButtonProps) {
  return <button {...rest} type="button" className={classNames(styles.text, tone === 'stop' ? styles.stop : undefined, className)} />
}
