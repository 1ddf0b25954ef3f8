import { Fragment } from 'react'
import { useLanguage } from '#ui/language/language.tsx'
import { Steps } from '#ui/severity/steps.tsx'
import styles from '#ui/severity/severity.module.css'

export interface SeverityProps {
  readonly level: number
  /** The words of the level. Without them the number stands alone, as in a dense list. */
  readonly word?: string | undefined
  /** What the number is about, for readers who do not see the steps: "Severity". */
  readonly name?: string | undefined
}

/** How serious: steps, a number and a word, never a colour alone. */
export function Severity({ level, word, name }: SeverityProps) {
  const { format } = useLanguage()
  return (
    <span className={styles.severity}>
      <Steps level={level} />
      <span>
        {name === undefined ? null : <span className="visually-hidden">{name} </span>}
        {format.number(level)}
        {word === undefined ? null : <>{' · '}{withBreaks(word)}</>}
      </span>
    </span>
  )
}

/** "None/Minimal" is one word to a browser, and narrow places tore it amid its letters. */
function withBreaks(word: string) {
  return word.split(/(?<=\/)/).map((part, at) => <Fragment key={part}>{at === 0 ? null : <wbr />}{part}</Fragment>)
}
