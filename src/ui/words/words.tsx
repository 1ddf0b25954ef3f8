import type { ReactNode } from 'react'
import { classNames } from '#ui/class-names.ts'
import styles from '#ui/words/words.module.css'

export interface WordsProps {
  /** The language in which it was written, when it is known: for fonts, hyphens and voices. */
  readonly lang?: string | undefined
  readonly as?: 'p' | 'blockquote' | 'span' | 'h1' | undefined
  readonly size?: 'text' | 'l' | undefined
  /** What someone else made of the words, a translation: a step quieter than the words themselves. */
  readonly isSecondHand?: boolean | undefined
  readonly id?: string | undefined
  readonly tabIndex?: number | undefined
  readonly children: ReactNode
}

/** What a person said, as they said it: serif, in its own direction, line breaks kept. */
export function Words({ lang, as: Element = 'p', size = 'text', isSecondHand = false, id, tabIndex, children }: WordsProps) {
  return <Element id={id} tabIndex={tabIndex} className={classNames(styles.words, size === 'l' && styles.large, isSecondHand && styles.secondHand)} lang={lang === '' ? undefined : lang} dir="auto">{children}</Element>
}
