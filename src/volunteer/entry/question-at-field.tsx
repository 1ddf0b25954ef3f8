import { useEffect, useRef } from 'react'
import type { LocalEntry } from '#device/device.ts'
import { consentUses } from '#domain/consent.ts'
import type { EntryContent } from '#domain/entry.ts'
import type { Question } from '#domain/entry-state.ts'
import { Button } from '#ui/button/button.tsx'
import { QuestionCard } from '#ui/question-card/question-card.tsx'
import { StateMark } from '#ui/state-mark/state-mark.tsx'
import { FieldsForm } from '#volunteer/entry/fields-form.tsx'
import { fieldsOfAnswer } from '#volunteer/entry/together.ts'
import type { BegunWork } from '#volunteer/entry/use-begun.ts'
import type { EntryActs } from '#volunteer/entry/use-entry-acts.ts'
import styles from '#volunteer/entry/entry.module.css'
import { usesOf } from '#volunteer/fields/consent-uses.ts'
import { isAskedAlone } from '#volunteer/fields/field-controls.ts'
import { openQuestions } from '#volunteer/entries/standing.ts'
import { useMemberName } from '#volunteer/home/use-home.ts'
import { beginAt } from '#volunteer/in-view.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

interface QuestionAtFieldProps {
  readonly entry: LocalEntry
  readonly question: Question
  readonly acts: EntryActs
  readonly begun: BegunWork
}

/** To what nobody could agree, no yes is given here: first it has to be said how they were asked. A quotation has its own line. */
function isClosedUse(content: EntryContent, field: string): boolean {
  return field !== 'consentQuote' && consentUses.some((use) => use === field) && !usesOf(content).some((use) => use === field)
}

/** Whether an open question has this field's control already. */
export function isAnsweredAt(entry: LocalEntry, field: string): boolean {
  return openQuestions(entry).some((question) => fieldsOfAnswer(entry.state.content, question.field).some((one) => one === field))
}

/** A question stands at its field, and is answered there. */
export function QuestionAtField({ entry, question, acts, begun }: QuestionAtFieldProps) {
  const words = useWords()
  const nameOf = useMemberName()
  const { state } = entry
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The question's card at home leads to its field.
    if (location.hash === `#${question.field}`) beginAt(place.current)
  }, [question.field])
  if (question.answeredBy !== null || question.settled) return <Answered entry={entry} question={question} />
  const fields = fieldsOfAnswer(state.content, question.field)
  const isAskable = fields.some(isAskedAlone) && !isClosedUse(state.content, question.field)
  return (
    <div ref={place}>
      <QuestionCard title={words.say('entry.asks', { name: nameOf(question.askedBy) })} question={question.text}>
        {isAskable
          ? <FieldsForm content={state.content} fields={fields} begun={begun} submitLabel={words.say('entry.answer')} asItIsLabel={words.say('entry.asIs')} labelOf={(field) => words.say('entry.answerLabel', { field: words.field(field) })} onSubmit={(changed) => void acts.onRevise(changed, [question.id])} />
          : <><p>{words.say('entry.byComment')}</p><Button look="main" isWide onClick={() => void acts.onRevise({}, [question.id])}>{words.say('entry.asIs')}</Button></>}
      </QuestionCard>
    </div>
  )
}

function Answered({ entry, question }: Pick<QuestionAtFieldProps, 'entry' | 'question'>) {
  const { say } = useWords()
  if (question.answeredBy === null) return null
  const isReceived = entry.state.trail.some((step) => step.change === question.answeredBy && step.seq !== null)
  return <p className={styles.answered}><StateMark state="answered">{say(isReceived ? 'entry.answeredReceived' : 'entry.answered')}</StateMark></p>
}
