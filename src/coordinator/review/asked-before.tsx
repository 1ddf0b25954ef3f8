import { useDesk } from '#coordinator/desk-context.tsx'
import { FieldValue } from '#coordinator/review/field-value.tsx'
import { askedBefore } from '#coordinator/review/reading.ts'
import type { AskedBefore as Asked, Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/question.module.css'

/** Questions that were put on this field earlier, each with what stood there and what the author made of it. */
export function AskedBefore({ reading, field }: { readonly reading: Reading; readonly field: string }) {
  const asked = askedBefore(reading, field)
  return asked.length === 0 ? null : <>{asked.map((one) => <AskedOnce key={one.question.id} reading={reading} field={field} asked={one} />)}</>
}

function AskedOnce({ reading, field, asked }: { readonly reading: Reading; readonly field: string; readonly asked: Asked }) {
  const { words } = useDesk()
  const { say } = words
  const { question, before, after } = asked
  const name = reading.members.get(question.askedBy)?.name ?? say('people.coordinator')
  const isChanged = JSON.stringify(before) !== JSON.stringify(after)
  return (
    <div className={question.answeredBy === null ? styles.askedWaiting : styles.asked}>
      <p className={styles.quiet}>
        {question.askedAt === null ? name : say('ask.asked', { name, date: words.time.instant(question.askedAt) })}
        <b>{say(question.answeredBy === null ? 'ask.waiting' : 'ask.answered')}</b>
      </p>
      <p className={styles.askedText} dir="auto">{question.text}</p>
      {question.answeredBy === null ? null : isChanged ? (
        <dl className={styles.change}>
          <div><dt>{say('ask.before')}</dt><dd><del><Given field={field} value={before} /></del></dd></div>
          <div><dt>{say('ask.after')}</dt><dd><ins><Given field={field} value={after} /></ins></dd></div>
        </dl>
      ) : <p className={styles.quiet}>{say('ask.unchanged')}</p>}
    </div>
  )
}

function Given({ field, value }: { readonly field: string; readonly value: unknown }) {
  const { say } = useDesk().words
  return value === undefined ? <>{say('ask.nothing')}</> : <FieldValue field={field} value={value} />
}
