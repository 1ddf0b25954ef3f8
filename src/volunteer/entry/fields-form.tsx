import { useState } from 'react'
import type { FormEvent } from 'react'
import type { DraftContent, EntryContent, FieldName } from '#domain/entry.ts'
import { Button } from '#ui/button/button.tsx'
import { FormField } from '#volunteer/entry/form-field.tsx'
import { formIssues } from '#volunteer/entry/form-issues.ts'
import { drawnFields, patchOf } from '#volunteer/entry/together.ts'
import styles from '#volunteer/entry/entry.module.css'
import type { BegunWork } from '#volunteer/entry/use-begun.ts'
import { useAreas } from '#volunteer/fields/area-field.tsx'
import { issueWords } from '#volunteer/fields/issue-words.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
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
  const [isTried, setTried] = useState(false)
  const today = useToday().day
  const { startsOn = null, endsOn } = useWatch(useDevice().membership)?.campaign ?? {}
  const changing = { fields, before: content, begun: kept.fields, areas: useAreas() }
  const patch = patchOf(changing)
  const before: DraftContent = content
  const now: DraftContent = { ...before, ...patch }
  const drawn = drawnFields(changing, now)
  const issues = formIssues(drawn, { before, now, patch }, { today, startsOn, endsOn })
  const touched = fields.filter((field) => Object.hasOwn(kept.fields, field))
  // Taking away what stood there is an answer; leaving empty what was empty is none.
  const isNoAnswer = asItIsLabel !== undefined && drawn.every((field) => isEmpty(now, field) && isEmpty(before, field))
  const errorOf = (field: FieldName): string | undefined => {
    if (!isTried) return undefined
    if (isNoAnswer) return field === drawn[0] ? say('issue.missing') : undefined
    const issue = issues.find((other) => other.field === field)
    return issue === undefined ? undefined : issueWords(words, issue, now[field])
  }
  const handleCancel = (): void => {
    keeper.forget(touched)
    onCancel?.()
  }
  const handleSubmit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (isNoAnswer || issues.length > 0) return focusFirstInvalid(event.currentTarget)
    // What was begun under an answer that is not the last one is no part of it.
    const left = touched.filter((field) => !Object.hasOwn(patch, field) || patch[field] !== kept.fields[field])
    if (left.length > 0) keeper.forget(left)
    onSubmit(patch)
  }
  return (
    <form autoComplete="off" className={styles.form} noValidate data-dirty={touched.length > 0} onSubmit={handleSubmit}>
      {drawn.map((field) => <FormField key={field} field={field} label={labelOf(field)} before={content} now={now} keeper={keeper} errorOf={errorOf} />)}
      <Button look="main" type="submit" isWide>{touched.length === 0 && !isNoAnswer ? (asItIsLabel ?? submitLabel) : submitLabel}</Button>
      {onCancel === undefined ? null : <Button look="plain" onClick={handleCancel}>{say('cancel')}</Button>}
    </form>
  )
}

/** A region may be known by its code alone. */
function isEmpty(content: DraftContent, field: FieldName): boolean {
  return (field === 'adm1Name' ? (content.adm1Name ?? content.adm1Code ?? content.adm2Code) : content[field]) === undefined
}
