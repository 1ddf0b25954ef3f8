import { PageTitle } from '#ui/page/page.tsx'
import { FieldEditor } from '#volunteer/fields/field-editor.tsx'
import { editingOf } from '#volunteer/record/step-frame.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { WhoFields } from '#volunteer/record/steps/who-step.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** How many people an action has reached so far ("not known" is an answer), and who they are. */
export function ReachedStep(props: StepProps) {
  const { say } = useWords()
  const { content } = props
  return (
    <>
      <PageTitle title={say('record.reached.heading')}>{content.status === 'planned' ? say('record.reached.planned') : null}</PageTitle>
      {content.status === 'planned' ? null : (
        <FieldEditor {...editingOf(props, 'reached', { label: say('record.reached.count') })} />
      )}
      <WhoFields {...props} />
    </>
  )
}
