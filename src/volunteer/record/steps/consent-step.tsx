import { consentBases } from '#domain/codes/code-lists.ts'
import { ChooseOne } from '#ui/choice/choices.tsx'
import { Note } from '#ui/note/note.tsx'
import { PageTitle } from '#ui/page/page.tsx'
import { SourceField } from '#volunteer/record/steps/source-step.tsx'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** Whether the people agree. For an action "How do you know?" stands on the same screen, since its path is longer. */
export function ConsentStep(props: StepProps) {
  const { say } = useWords()
  const isAction = props.content.kind === 'action'
  return (
    <>
      <PageTitle title={say(isAction ? 'record.consent.headingAction' : 'record.consent.heading')} />
      {isAction ? <SourceField {...props} legend="label" /> : null}
      <BasisField {...props} legend={isAction ? 'label' : 'hidden'} />
      <PhotoConsent {...props} />
      <Note>{say('record.consent.reminder')}</Note>
    </>
  )
}

function BasisField({ content, keeper, errorOf, legend }: StepProps & { readonly legend: 'label' | 'hidden' }) {
  const words = useWords()
  /** Without their agreement nothing of theirs may be quoted or shown. */
  const handleChoose = (consentBasis: string): void => keeper.choose({ consentBasis, ...(consentBasis === 'not_asked' ? { consentQuote: undefined, quote: undefined } : {}) })
  return (
    <ChooseOne
      legend={legend}
      label={words.say('record.consent.question')}
      error={errorOf('consentBasis')}
      choices={consentBases.map((code) => ({ value: code as string, label: words.code('consentBasis', code) }))}
      value={typeof content.consentBasis === 'string' ? content.consentBasis : null}
      onChange={handleChoose}
    />
  )
}

function PhotoConsent({ content, keeper, errorOf }: StepProps) {
  const { say } = useWords()
  if (!Array.isArray(content.photos) || content.photos.length === 0) return null
  const value = content.consentPhoto === undefined ? null : content.consentPhoto === true ? 'yes' : 'no'
  const choices = [
    { value: 'yes', label: say('record.consent.photoYes'), note: say('record.consent.photoYesHint') },
    { value: 'no', label: say('record.consent.photoNo'), note: say('record.consent.photoNoHint') },
  ] as const
  return <ChooseOne label={say('record.consent.photo')} error={errorOf('consentPhoto')} choices={choices} value={value} onChange={(answer) => keeper.choose({ consentPhoto: answer === 'yes' })} />
}
