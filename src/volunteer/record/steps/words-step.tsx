import { Suspense, lazy } from 'react'
import { PageTitle } from '#ui/page/page.tsx'
import { LanguageField, WordsField } from '#volunteer/fields/words-field.tsx'
import { editingOf } from '#volunteer/record/step-frame.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

const PhotoSection = lazy(async () => ({ default: (await import('#volunteer/photos/photo-section.tsx')).PhotoSection }))
const VoiceSection = lazy(async () => ({ default: (await import('#volunteer/voice/voice-section.tsx')).VoiceSection }))

const maxLength = 2000

export function WordsStep(props: StepProps) {
  const { say } = useWords()
  const heading = say(props.content.kind === 'action' ? 'record.words.headingAction' : 'record.words.heading')
  return (
    <>
      <PageTitle title={heading}>{say('record.words.hint')}</PageTitle>
      <WordsField max={maxLength} editing={editingOf(props, 'description', { label: heading, legend: 'hidden' })} />
      <Suspense><VoiceSection {...props} /></Suspense>
      <Suspense><PhotoSection {...props} /></Suspense>
      <LanguageField editing={editingOf(props, 'lang', { label: say('record.words.language') })} />
    </>
  )
}
