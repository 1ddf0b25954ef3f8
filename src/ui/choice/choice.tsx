import type { ReactNode } from 'react'
import { classNames } from '#ui/class-names.ts'
import styles from '#ui/choice/choice.module.css'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'

/** One thing to choose, drawn as a tile that a thumb can hit. */
export interface Choice<Value extends string = string> {
  readonly value: Value
  readonly label: ReactNode
  readonly note?: ReactNode
  readonly icon?: IconName | undefined
  readonly lang?: string | undefined
  readonly dir?: 'ltr' | 'rtl' | 'auto' | undefined
  readonly isDisabled?: boolean | undefined
  /** "None of these": an answer too, set apart by a dashed edge. */
  readonly isNone?: boolean | undefined
}

/** `rows` one below the other with a mark; `grid` small tiles with signs; `inline` short words side by side. */
export type ChoiceLayout = 'rows' | 'grid' | 'inline'

export interface TileProps extends Omit<Choice, 'value'> {
  readonly type: 'radio' | 'checkbox'
  readonly name?: string | undefined
  readonly value?: string | undefined
  readonly isChosen: boolean
  readonly onChange: (isChosen: boolean) => void
  readonly layout?: ChoiceLayout | undefined
  readonly describedBy?: string | undefined
}

/** A real radio button or checkbox lies invisibly over the whole tile: keyboard, forms and screen readers work as ever. */
export function Tile({ type, name, value, isChosen, onChange, layout = 'rows', label, note, icon, lang, dir, isDisabled = false, isNone = false, describedBy }: TileProps) {
  return (
    <label className={styles.tile}>
      <input className={styles.control} type={type} name={name} value={value} checked={isChosen} disabled={isDisabled} aria-describedby={describedBy} onChange={(event) => onChange(event.target.checked)} />
      <span className={classNames(styles.face, styles[layout], isNone && styles.none)}>
        {layout === 'rows' ? <span className={classNames(styles.mark, type === 'checkbox' && styles.box)}><Icon name="check" /></span> : null}
        {icon === undefined ? null : <Icon name={icon} size="m" />}
        <span className={styles.text} lang={lang} dir={dir}>
          <span className={classNames(styles.label, note !== undefined && styles.strong)}>{label}</span>
          {note === undefined || note === null ? null : <span className={styles.note}>{note}</span>}
        </span>
      </span>
    </label>
  )
}
