import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '#ui/class-names.ts'
import styles from '#ui/entry-row/entry-row.module.css'
import { KindMark } from '#ui/kind-mark/kind-mark.tsx'

export interface EntryRowProps extends Omit<ComponentProps<'a'>, 'children'> {
  readonly kind: 'challenge' | 'action'
  /** The first words of the entry; they are cut at the end of the line. */
  readonly words: string
  /** The language of the words. The row itself reads in the language of the page. */
  readonly wordsLang?: string | undefined
  /** Where and when. */
  readonly meta: ReactNode
  /** A StateMark. */
  readonly state: ReactNode
  /** What must not be missed about the state: why it is so, in the words of who said it. */
  readonly note?: ReactNode
}

/** One entry in a list, as a link to it. Stands in a `<li>` of an `EntryList`; a router may hand in `href` and `onClick`. */
export function EntryRow({ kind, words, wordsLang, meta, state, note, className, ...rest }: EntryRowProps) {
  return (
    <a {...rest} className={classNames(styles.row, className)}>
      <span className={styles.kind}><KindMark kind={kind} isWordHidden /></span>
      <span className={styles.body}>
        <span className={styles.words} lang={wordsLang} dir="auto">{words}</span>
        <span className={styles.meta}><span>{meta}</span>{state}</span>
        {note === undefined ? null : <span className={styles.note} dir="auto">{note}</span>}
      </span>
    </a>
  )
}

/** The ruled list that entry rows stand in. */
export function EntryList({ label, children }: { readonly label?: string | undefined; readonly children: ReactNode }) {
  return <ul className={styles.list} aria-label={label}>{children}</ul>
}
