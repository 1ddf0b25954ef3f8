import { useId } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'
import styles from '#ui/question-card/question-card.module.css'
import { Words } from '#ui/words/words.tsx'

export interface QuestionCardProps {
  /** Who asks: "Ruth has a question". */
  readonly title: ReactNode
  readonly icon?: IconName | undefined
  /** The question, or the comment, as it was written. */
  readonly question: string
  readonly lang?: string | undefined
  /** What it is about: the ref and the field. */
  readonly about?: ReactNode
  /** The way to the answer. */
  readonly action?: ReactNode
  /** The field to answer in, where the question stands at its field. */
  readonly children?: ReactNode
  readonly headingLevel?: 2 | 3 | undefined
}

/** A question from a coordinator, at the place where it is answered; with another icon, what somebody wrote. */
export function QuestionCard({ title, icon = 'question', question, lang, about, action, children, headingLevel = 2 }: QuestionCardProps) {
  // Named by who asks and what: one person may ask twice on a screen.
  const titleId = useId()
  const questionId = useId()
  const Heading = headingLevel === 2 ? 'h2' : 'h3'
  return (
    <section className={styles.card} aria-labelledby={`${titleId} ${questionId}`}>
      <Heading id={titleId} className={styles.title}><Icon name={icon} /><span>{title}</span></Heading>
      <Words as="blockquote" id={questionId} lang={lang}>{question}</Words>
      {about === undefined && action === undefined ? null : <div className={styles.foot}><span className={styles.about}>{about}</span>{action}</div>}
      {children}
    </section>
  )
}
