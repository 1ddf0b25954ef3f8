import { useRef } from 'react'
import { actionStatuses } from '#domain/codes/code-lists.ts'
import { ChooseOne } from '#ui/choice/choices.tsx'
import { hasEnded } from '#volunteer/fields/has-ended.ts'
import { MonthField } from '#volunteer/fields/month-field.tsx'
import { editingOf } from '#volunteer/record/step-frame.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** Where the action stands, and since which month. */
export function StatusStep(props: StepProps) {
  const words = useWords()
  const { content, keeper, errorOf } = props
  // A finger that slips to the line beside it takes nothing away for good.
  const said = useRef({ reached: content.reached, endOn: content.endOn })
  /** Nobody has been reached by what is only planned, and what has not ended has no end. */
  const handleChoose = (status: string): void => {
    said.current = { reached: content.reached ?? said.current.reached, endOn: content.endOn ?? said.current.endOn }
    keeper.choose({ status, reached: status === 'planned' ? undefined : said.current.reached, endOn: hasEnded(status) ? said.current.endOn : undefined })
  }
  return (
    <>
      <ChooseOne
        legend="question"
        label={words.say('record.status.heading')}
        error={errorOf('status')}
        choices={actionStatuses.map((code) => ({ value: code as string, label: words.code('status', code) }))}
        value={typeof content.status === 'string' ? content.status : null}
        onChange={handleChoose}
      />
      <MonthField editing={editingOf(props, 'startOn', { label: words.say(content.status === 'planned' ? 'record.status.startPlanned' : 'record.status.start') })} />
      {hasEnded(content.status) ? <MonthField editing={editingOf(props, 'endOn', { label: words.say('record.status.end') })} /> : null}
    </>
  )
}
