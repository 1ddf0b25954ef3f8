import type { ReactNode } from 'react'
import { foundIn } from '#domain/words.ts'
import type { SoughtWord } from '#domain/words.ts'
import styles from '#coordinator/queue/queue.module.css'

/** A text in which what was searched is marked, as the server found it: without case, diacritics and spelling habits. */
export function Found({ text, sought }: { readonly text: string; readonly sought: readonly SoughtWord[] }) {
  if (sought.length === 0) return text
  const parts: ReactNode[] = []
  let from = 0
  for (const { start, end } of foundIn(text, sought)) {
    parts.push(text.slice(from, start), <mark key={start} className={styles.found}>{text.slice(start, end)}</mark>)
    from = end
  }
  return [...parts, text.slice(from)]
}

export function isFound(text: string, sought: readonly SoughtWord[]): boolean {
  return sought.length > 0 && foundIn(text, sought).length > 0
}

/** A row shows some thirty to fifty letters: what was found further behind would be cut off. */
const fitsInRow = 24
const wordsBefore = 3

/** From a few words before the first find, where that would not be seen otherwise. */
export function startNearFound(text: string, sought: readonly SoughtWord[]): string {
  const [first] = sought.length === 0 ? [] : foundIn(text, sought)
  if (first === undefined || first.start < fitsInRow) return text
  const before = text.slice(0, first.start).split(/(?<=\s)/u).slice(-wordsBefore).join('').slice(-fitsInRow)
  return `… ${before}${text.slice(first.start)}`
}
