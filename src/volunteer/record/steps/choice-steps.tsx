import { actionTypes } from '#domain/codes/code-lists.ts'
import { ChooseSome } from '#ui/choice/choices.tsx'
import { actionTypeIcon } from '#ui/icon/code-icon.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { FieldEditor } from '#volunteer/fields/field-editor.tsx'
import { SeverityField } from '#volunteer/fields/severity-field.tsx'
import { TopicField } from '#volunteer/fields/topic-field.tsx'
import { listOf } from '#volunteer/fields/values.ts'
import { editingOf } from '#volunteer/record/step-frame.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

const maxTypes = 3

export function TopicStep(props: StepProps) {
  const { say } = useWords()
  const preferences = useWatch(useDevice().preferences)
  return <TopicField editing={editingOf(props, 'topic', { label: say('record.topic.heading'), legend: 'question', hint: say('record.topic.hint') })} recent={preferences?.recentTopics ?? []} />
}

export function SeverityStep(props: StepProps) {
  const { say } = useWords()
  const isUpdate = props.draft.updateOf !== undefined
  return (
    <>
      <SeverityField editing={editingOf(props, 'severity', { label: say(isUpdate ? 'record.severity.now' : 'record.severity.heading'), legend: 'question' })} />
      {isUpdate ? <FieldEditor {...editingOf(props, 'trend', { label: say('record.trend'), optional: say('optional') })} /> : null}
    </>
  )
}

export function TypeStep({ content, keeper, errorOf }: StepProps) {
  const words = useWords()
  return (
    <ChooseSome
      legend="question"
      label={words.say('record.type.heading')}
      hint={words.say('record.type.hint')}
      layout="grid"
      error={errorOf('actionType')}
      choices={actionTypes.map((code) => ({ value: code as string, label: words.code('actionType', code), icon: actionTypeIcon(code) }))}
      values={listOf(content.actionType)}
      max={maxTypes}
      onChange={(codes) => keeper.choose({ actionType: codes.length === 0 ? undefined : codes })}
    />
  )
}
