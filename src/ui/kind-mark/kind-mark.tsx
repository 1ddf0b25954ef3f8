import { Icon } from '#ui/icon/icon.tsx'
import styles from '#ui/kind-mark/kind-mark.module.css'
import { useLanguage } from '#ui/language/language.tsx'

export interface KindMarkProps {
  readonly kind: 'challenge' | 'action'
  /** Where the row says enough by its place, the word is kept for assistive technology only. */
  readonly isWordHidden?: boolean | undefined
}

/** A colour, a sign and a word: challenge or action, told apart by all three. */
export function KindMark({ kind, isWordHidden = false }: KindMarkProps) {
  const { label } = useLanguage()
  return (
    <span className={styles.kind} data-kind={kind}>
      <Icon name={kind} />
      <span className={isWordHidden ? 'visually-hidden' : undefined}>{label('kind', kind)}</span>
    </span>
  )
}
