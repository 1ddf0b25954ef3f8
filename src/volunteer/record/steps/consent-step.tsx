import { Note } from '#ui/note/note.tsx'
import { PageTitle } from '#ui/page/page.tsx'
import { ConsentFields } from '#volunteer/fields/consent-fields.tsx'
import { SourceField } from '#volunteer/record/steps/source-step.tsx'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** Whether the people agree, and to what. For an action "How do you know?" stands on the same screen, since its path is longer. */
export function ConsentStep(props: StepProps) {
  const { say } = useWords()
  const { content, keeper, errorOf } = props
  const isAction = content.kind === 'action'
  return (
    <>
      <PageTitle title={say(isAction ? 'record.consent.headingAction' : 'record.consent.heading')} />
      {isAction ? <SourceField {...props} legend="label" /> : null}
      <ConsentFields content={content} onChoose={keeper.choose} error={errorOf('consentBasis')} legend={isAction ? 'label' : 'hidden'} />
      <Note>{say('record.consent.reminder')}</Note>
    </>
  )
}
