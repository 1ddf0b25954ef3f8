import { useState } from 'react'
import type { LocalEntry } from '#device/device.ts'
import type { FieldName } from '#domain/entry.ts'
import { Fact, Facts } from '#ui/facts/facts.tsx'
import { IconButton } from '#ui/icon-button/icon-button.tsx'
import { Note } from '#ui/note/note.tsx'
import { FieldsForm } from '#volunteer/entry/fields-form.tsx'
import { QuestionAtField } from '#volunteer/entry/question-at-field.tsx'
import { isBegun } from '#volunteer/entry/use-begun.ts'
import type { BegunWork } from '#volunteer/entry/use-begun.ts'
import type { EntryActs } from '#volunteer/entry/use-entry-acts.ts'
import { linesOf } from '#volunteer/entry/lines-of.tsx'
import type { EntryLine } from '#volunteer/entry/lines-of.tsx'
import { isAskedAlone } from '#volunteer/fields/field-controls.ts'
import { FieldValue } from '#volunteer/fields/field-value.tsx'
import styles from '#volunteer/entry/entry.module.css'
import { useMemberName } from '#volunteer/home/use-home.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

interface EntryFactsProps {
  readonly entry: LocalEntry
  readonly acts: EntryActs
  readonly begun: BegunWork
  readonly isEditing: boolean
}

/** The fields of a saved entry. Questions, corrections and changes stand at the field they are about. */
export function EntryFacts({ entry, acts, begun, isEditing }: EntryFactsProps) {
  const words = useWords()
  const [open, setOpen] = useState<string | null>(null)
  return (
    <Facts>
      {linesOf(entry.state, words, isEditing, (field) => isBegun(entry, begun, field)).map((line) => (
        <Fact
          key={line.id}
          name={line.name}
          action={isEditing && canEdit(line) ? <IconButton icon="edit" label={words.say('entry.editField', { field: line.name })} onClick={() => setOpen(line.id)} /> : undefined}
          below={<Below line={line} entry={entry} acts={acts} begun={begun} isOpen={isEditing && (open === line.id || line.fields.some((field) => isBegun(entry, begun, field)))} onClose={() => setOpen(null)} />}
        >
          {line.value ?? <span className={styles.quiet}>{words.say('record.review.missing')}</span>}
        </Fact>
      ))}
    </Facts>
  )
}

interface BelowProps {
  readonly line: EntryLine
  readonly entry: LocalEntry
  readonly acts: EntryActs
  readonly begun: BegunWork
  readonly isOpen: boolean
  readonly onClose: () => void
}

function Below({ line, entry, acts, begun, isOpen, onClose }: BelowProps) {
  const words = useWords()
  const { state } = entry
  const questions = state.questions.filter((question) => line.fields.some((field) => field === question.field))
  const corrected = line.fields.filter((field) => state.corrections[field] !== undefined)
  const isConflicting = state.conflicts.some((conflict) => line.fields.some((field) => field === conflict.field))
  if (questions.length + corrected.length === 0 && !isConflicting && !isOpen) return null
  const handleSubmit = (changed: Readonly<Record<string, unknown>>): void => {
    if (Object.keys(changed).length === 0) return onClose()
    void acts.onRevise(changed, []).then((isKept) => (isKept ? onClose() : undefined))
  }
  return (
    <div className={styles.below}>
      {corrected.map((field) => <CorrectionNote key={field} field={field} state={state} />)}
      {isConflicting ? <Note tone="ask" icon="split">{words.say('entry.conflict')}</Note> : null}
      {questions.map((question) => <QuestionAtField key={question.id} entry={entry} question={question} acts={acts} begun={begun} />)}
      {isOpen ? <FieldsForm content={state.content} fields={editedFields(line)} begun={begun} submitLabel={words.say('entry.save')} labelOf={words.field} onSubmit={handleSubmit} onCancel={onClose} /> : null}
    </div>
  )
}

/** What a coordinator noted, beside the author's own answer and never over it. */
export function CorrectionNote({ field, state }: { readonly field: FieldName | 'descriptionEn'; readonly state: LocalEntry['state'] }) {
  const words = useWords()
  const nameOf = useMemberName()
  const correction = state.corrections[field]
  if (correction === undefined) return null
  return (
    <Note tone="pen" icon="edit" title={words.say('entry.correction', { name: nameOf(correction.memberId) })}>
      <p><FieldValue field={field} value={correction.value} /></p>
      <p className={styles.quiet}>{words.say('entry.correctionNote')}</p>
    </Note>
  )
}

function canEdit(line: EntryLine): boolean {
  return editedFields(line).some(isAskedAlone)
}

function editedFields({ fields, edits = fields }: EntryLine): readonly FieldName[] {
  return edits
}
