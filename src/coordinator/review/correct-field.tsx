import { useId, useState } from 'react'
import type { SubmitEvent } from 'react'
import { isFieldValue } from '#domain/entry.ts'
import { tooLongBy } from '#domain/text-limits.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useBegun } from '#coordinator/review/begun.ts'
import type { DeskWords } from '#coordinator/desk-words.ts'
import { editorFor } from '#coordinator/review/field-editor.ts'
import type { FieldEditor } from '#coordinator/review/field-editor.ts'
import { KeptBegun } from '#coordinator/review/kept-begun.tsx'
import styles from '#coordinator/review/question.module.css'
import type { Correcting } from '#coordinator/review/use-correction.ts'
import { useFirstField } from '#coordinator/review/use-first-field.ts'
import ownStyles from '#coordinator/review/voice-note.module.css'
import { Button } from '#ui/button/button.tsx'
import { ChooseSome } from '#ui/choice/choices.tsx'
import { DateInput } from '#ui/date-input/date-input.tsx'
import { Icon } from '#ui/icon/icon.tsx'
import { NumberInput } from '#ui/number-input/number-input.tsx'
import { Select } from '#ui/select/select.tsx'
import { TextArea } from '#ui/text-area/text-area.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'

/** The pen beside a field: opens the correction there. */
export function CorrectButton({ field, correcting }: { readonly field: string; readonly correcting: Correcting }) {
  const { words } = useDesk()
  return (
    <button type="button" className={styles.askButton} aria-label={words.say('correct.about', { field: words.field(field) })} aria-expanded={correcting.isOpen} onClick={correcting.isOpen ? correcting.close : correcting.open}>
      <Icon name="edit" size="text" />
    </button>
  )
}

interface CorrectFieldProps {
  readonly field: string
  /** What stands there now: the last correction, or the author's own. */
  readonly value: unknown
  readonly correcting: Correcting
  /** What is begun is kept under it. */
  readonly on: string
}

/** Another value for one field, laid beside the author's own. */
export function CorrectField({ on, field, value, correcting }: CorrectFieldProps) {
  const { words } = useDesk()
  const { value: next, put: setNext, forget } = useBegun<unknown>(on, value)
  const [isTried, setTried] = useState(false)
  const form = useFirstField(correcting)
  const editor = editorFor(field, value, words)
  if (editor === null) return null
  const isRight = isFieldValue(field, next)
  const over = tooLongBy(field, next)
  const wrong = over > 0 ? words.say('correct.tooLong', { over }) : words.say('correct.wrong')
  const isNew = JSON.stringify(next) !== JSON.stringify(value)
  const giveUp = () => {
    forget()
    correcting.close()
  }
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTried(true)
    if (isRight && isNew) correcting.keep({ [field]: next }, forget)
  }
  return (
    <form ref={form} autoComplete="off" className={ownStyles.form} noValidate data-dirty={isNew} onSubmit={handleSubmit}>
      <KeptBegun on={on} />
      <Editor editor={editor} value={next} words={words} label={words.say('correct.label', { field: words.field(field) })} error={isTried && !isRight ? wrong : undefined} onChange={setNext} />
      <div className={ownStyles.acts}>
        <Button look="main" type="submit" isDisabled={!isNew}>{words.say('correct.keep')}</Button>
        <Button look="plain" onClick={giveUp}>{words.say('transcript.cancel')}</Button>
      </div>
    </form>
  )
}

interface EditorProps {
  readonly editor: FieldEditor
  readonly value: unknown
  readonly words: DeskWords
  readonly label: string
  readonly error: string | undefined
  readonly onChange: (value: unknown) => void
}

function Editor({ editor, value, words: { say }, label, error, onChange }: EditorProps) {
  const id = useId()
  const said = { id, label, error, hint: say('correct.hint') }
  switch (editor.kind) {
    case 'code':
      return <Select {...said} value={String(value)} options={editor.choices} onChange={(code) => onChange(editor.isNumber && code !== null ? Number(code) : code)} />
    case 'codes':
      return <ChooseSome label={label} error={error} hint={said.hint} choices={editor.choices} values={Array.isArray(value) ? value.map(String) : []} onChange={onChange} />
    case 'day':
      return <DateInput {...said} value={String(value)} onChange={onChange} />
    case 'number':
      return <NumberInput {...said} value={typeof value === 'number' ? value : null} invalid={say('correct.wrong')} onChange={onChange} />
    case 'text':
      return <TextInput {...said} value={String(value)} onChange={onChange} />
    case 'words':
      return <TextArea {...said} rows={3} value={String(value)} onChange={onChange} />
  }
}
