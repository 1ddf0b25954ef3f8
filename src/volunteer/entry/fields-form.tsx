import { useState } from 'react'
import type { FormEvent } from 'react'
import { isFieldValue } from '#domain/entry.ts'
import type { EntryContent, FieldName } from '#domain/entry.ts'
import { tooLongBy } from '#domain/text-limits.ts'
import { Button } from '#ui/button/button.tsx'
import styles from '#volunteer/entry/entry.module.css'
import type { BegunWork } from '#volunteer/entry/use-begun.ts'
import { controls } from '#volunteer/fields/field-controls.ts'
import { FieldEditor } from '#volunteer/fields/field-editor.tsx'
import { issueWords } from '#volunteer/fields/issue-words.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { stepIssues } from '#volunteer/record/step-issues.ts'
import type { Issue } from '#volunteer/record/step-issues.ts'
import { focusFirstInvalid } from '#volunteer/record/use-focus.ts'
import { useToday } from '#volunteer/use-today.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

interface FieldsFormProps {
  readonly content: EntryContent
  readonly fields: readonly FieldName[]
  /** Where what is typed is kept until it is saved. */
  readonly begun: BegunWork
  readonly submitLabel: string
  /** Given where leaving all as it is, is an answer: then the button says so, and nothing at all is none. */
  readonly asItIsLabel?: string
  /** What stands before the field's question, for an answer: "Your answer: …". */
  readonly labelOf: (field: FieldName) => string
  /** Only what was changed. */
  readonly onSubmit: (changed: Readonly<Record<string, unknown>>) => void
  readonly onCancel?: (() => void) | undefined
}

/** The controls of a few fields of a saved entry, right where they stand. */
export function FieldsForm({ content, fields, begun: { keeper, kept }, submitLabel, asItIsLabel, labelOf, onSubmit, onCancel }: FieldsFormProps) {
  const words = useWords()
  const { say } = words
  const changed = Object.fromEntries(fields.filter((field) => Object.hasOwn(kept.fields, field)).map((field) => [field, kept.fields[field]]))
  const [isTried, setTried] = useState(false)
  const before: Readonly<Record<string, unknown>> = content
  const now: Readonly<Record<string, unknown>> = { ...content, ...changed }
  const dayIssue = useDayIssue(content.kind, changed)
  const isWrong = (field: FieldName): boolean => (field === 'observedOn' && dayIssue !== undefined) || (now[field] !== undefined && !isFieldValue(field, now[field]))
  const isUnchanged = Object.keys(changed).length === 0
  // Taking away what stood there is an answer; leaving empty what was empty is none.
  const isNoAnswer = asItIsLabel !== undefined && fields.every((field) => now[field] === undefined && before[field] === undefined)
  const errorOf = (field: FieldName): string | undefined => {
    if (isNoAnswer) return field === fields[0] ? say('issue.missing') : undefined
    if (!isWrong(field)) return undefined
    if (field === 'observedOn' && dayIssue !== undefined) return issueWords(words, dayIssue, now[field])
    const kind = tooLongBy(field, now[field]) > 0 ? 'tooLong' : field === 'description' ? 'tooShort' : 'invalid'
    return issueWords(words, { field, kind }, now[field])
  }
  const handleCancel = (): void => {
    keeper.forget(Object.keys(changed))
    onCancel?.()
  }
  const handleSubmit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (isNoAnswer || fields.some(isWrong)) return focusFirstInvalid(event.currentTarget)
    onSubmit(changed)
  }
  return (
    <form className={styles.form} noValidate data-dirty={!isUnchanged} onSubmit={handleSubmit}>
      {fields.filter((field) => controls[field] !== undefined).map((field) => (
        <FieldEditor key={field} field={field} label={labelOf(field)} value={now[field]} lang={content.lang} error={isTried ? errorOf(field) : undefined} onChoose={(value) => keeper.choose(field, value)} onType={(value) => keeper.type(field, value)} />
      ))}
      <Button look="main" type="submit" isWide>{isUnchanged && !isNoAnswer ? (asItIsLabel ?? submitLabel) : submitLabel}</Button>
      {onCancel === undefined ? null : <Button look="plain" onClick={handleCancel}>{say('cancel')}</Button>}
    </form>
  )
}

/** A day that is changed is held to what a new entry's is. */
function useDayIssue(kind: EntryContent['kind'], { observedOn }: Readonly<Record<string, unknown>>): Issue | undefined {
  const today = useToday().day
  const { startsOn = null, endsOn } = useWatch(useDevice().membership)?.campaign ?? {}
  if (observedOn === undefined) return undefined
  return stepIssues({ id: 'date', fields: ['observedOn'] }, { content: { kind, observedOn }, answers: [] }, { today, startsOn, endsOn })[0]
}
