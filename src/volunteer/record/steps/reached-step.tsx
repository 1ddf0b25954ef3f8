import { NumberInput } from '#ui/number-input/number-input.tsx'
import { PageTitle } from '#ui/page/page.tsx'
import { numberOf } from '#volunteer/fields/values.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { WhoFields } from '#volunteer/record/steps/who-step.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** How many people an action has reached so far ("not known" is an answer), and who they are. */
export function ReachedStep(props: StepProps) {
  const { say } = useWords()
  const { content, keeper, errorOf } = props
  return (
    <>
      <PageTitle title={say('record.reached.heading')}>{content.status === 'planned' ? say('record.reached.planned') : null}</PageTitle>
      {content.status === 'planned' ? null : (
        <NumberInput
          label={say('record.reached.count')}
          error={errorOf('reached')}
          invalid={say('issue.number')}
          value={numberOf(content.reached)}
          onChange={(count) => keeper.type('reached', count ?? undefined)}
          notKnown={{ label: say('notKnown'), isChosen: content.reached === 'unknown', onChange: (isChosen) => keeper.choose({ reached: isChosen ? 'unknown' : undefined }) }}
        />
      )}
      <WhoFields {...props} />
    </>
  )
}
