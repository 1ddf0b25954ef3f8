import { signs } from '#ui/icon/signs.ts'
import type { Sign } from '#ui/icon/signs.ts'
import { classNames } from '#ui/class-names.ts'
import styles from '#ui/icon/icon.module.css'

/** A sign that whoever draws it brings along: those of codes are needed while recording only, and the first visit has a budget. */
export interface Drawing {
  readonly drawing: string
}

export type IconName = Sign | Drawing

export interface IconProps {
  readonly name: IconName
  /** `text` follows the words it stands beside; s 18 px, m 24 px, l 32 px. */
  readonly size?: 'text' | 's' | 'm' | 'l'
  /** Without a label the icon is decoration and assistive technology passes over it. */
  readonly label?: string | undefined
}

const turning: ReadonlySet<IconName> = new Set(['back', 'forward', 'chevron-start', 'chevron-end', 'list', 'quotation', 'undo', 'send', 'question'])

/** A sign drawn in the colour of the words around it. Arrows turn with the direction of writing. */
export function Icon({ name, size = 'text', label }: IconProps) {
  const [lines, dots] = (typeof name === 'string' ? signs[name] : name.drawing).split('|')
  return (
    <svg
      className={classNames(styles.icon, styles[size], turning.has(name) && styles.turns)}
      viewBox="0 0 24 24"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path d={lines} />
      {dots === undefined ? null : <path className={styles.dots} d={dots} />}
    </svg>
  )
}
