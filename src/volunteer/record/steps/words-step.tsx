import { sparePart } from '#ui/later-screen.tsx'
import { PageTitle } from '#ui/page/page.tsx'
import { LanguageField, WordsField } from '#volunteer/fields/words-field.tsx'
import { editingOf } from '#volunteer/record/step-frame.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

const PhotoSection = sparePart(async () => (await import('#volunteer/photos/photo-section.tsx')).PhotoSection)
const VoiceSection = sparePart(async () => (await import('#volunteer/voice/voice-section.tsx')).VoiceSection)

const maxLength = 2000

export function WordsStep(props: StepProps) {
  const { say } = useWords()
  const heading = say(props.content.kind === 'action' ? 'record.words.headingAction' : 'record.words.heading')
  return (
    <>
      <PageTitle title={heading}>{say('record.words.hint')}</PageTitle>
      <WordsField max={maxLength} editing={editingOf(props, 'description', { label: heading, legend: 'hidden' })} />
      <VoiceSection {...props} />
      <PhotoSection {...props} />
      <LanguageField editing={editingOf(props, 'lang', { label: say('record.words.language') })} />
    </>
  )
}
