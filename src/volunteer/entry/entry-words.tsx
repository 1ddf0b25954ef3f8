import { useState } from 'react'
import type { LocalEntry } from '#device/device.ts'
import { IconButton } from '#ui/icon-button/icon-button.tsx'
import { sparePart } from '#ui/later-screen.tsx'
import { Words as OwnWords } from '#ui/words/words.tsx'
import { CorrectionNote } from '#volunteer/entry/entry-facts.tsx'
import { FieldsForm } from '#volunteer/entry/fields-form.tsx'
import { aboutWords } from '#volunteer/entry/lines-of.tsx'
import { QuestionAtField } from '#volunteer/entry/question-at-field.tsx'
import { isBegun } from '#volunteer/entry/use-begun.ts'
import type { BegunWork } from '#volunteer/entry/use-begun.ts'
import type { EntryActs } from '#volunteer/entry/use-entry-acts.ts'
import styles from '#volunteer/entry/entry.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'

const EntryVoice = sparePart(async () => (await import('#volunteer/voice/kept-voice.tsx')).NamedKeptVoice)

interface EntryWordsProps {
  readonly entry: LocalEntry
  readonly acts: EntryActs
  readonly begun: BegunWork
  readonly isEditing: boolean
}

/** The author's own words, large; nobody but the author changes them. */
export function EntryWords({ entry, acts, begun, isEditing }: EntryWordsProps) {
  const words = useWords()
  const [isChosen, setOpen] = useState(false)
  const isOpen = isChosen || ownFields.some((field) => isBegun(entry, begun, field))
  const { state } = entry
  const handleSubmit = (changed: Readonly<Record<string, unknown>>): void => {
    if (Object.keys(changed).length === 0) return setOpen(false)
    void acts.onRevise(changed, []).then((isKept) => (isKept ? setOpen(false) : undefined))
  }
  return (
    <>
      <div className={styles.wordsLine}>
        <OwnWords as="h1" size="l" lang={state.content.lang}>{state.content.description ?? words.say('home.voiceOnly')}</OwnWords>
        {isEditing ? <IconButton icon="edit" label={words.say('entry.editField', { field: words.say('fact.words') })} onClick={() => setOpen(true)} /> : null}
      </div>
      {state.content.audio === undefined ? null : <EntryVoice audio={state.content.audio} isWaiting={!state.storedFiles.includes(state.content.audio.sha256)} />}
      {isEditing && isOpen ? <FieldsForm content={state.content} fields={ownFields} begun={begun} submitLabel={words.say('entry.save')} labelOf={words.field} onSubmit={handleSubmit} onCancel={() => setOpen(false)} /> : null}
      <CorrectionNote field="descriptionEn" state={state} />
      <CorrectionNote field="description" state={state} />
      {state.questions.filter(({ field }) => aboutWords.includes(field)).map((question) => <QuestionAtField key={question.id} entry={entry} question={question} acts={acts} begun={begun} />)}
    </>
  )
}

const ownFields = ['description', 'lang'] as const
