import { focusGroups, populationGroups } from '#domain/codes/code-lists.ts'
import { ChooseSome } from '#ui/choice/choices.tsx'
import { PageTitle } from '#ui/page/page.tsx'
import { listOf } from '#volunteer/fields/values.ts'
import { Below } from '#volunteer/record/below.tsx'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

const maxFocusGroups = 3

export function WhoStep(props: StepProps) {
  const { say } = useWords()
  return (
    <>
      <PageTitle title={say('record.who.heading')} />
      <WhoFields {...props} />
    </>
  )
}

/** Who it is about: everyone in general stands chosen, visibly, and can be taken away; then up to three groups. */
export function WhoFields({ content, keeper, errorOf }: StepProps) {
  const words = useWords()
  const groups = listOf(content.focusGroup)
  const choose = (field: 'populationGroup' | 'focusGroup') => (codes: readonly string[]) => keeper.choose({ [field]: codes.length === 0 ? undefined : codes })
  return (
    <>
      <ChooseSome
        label={words.say('record.who.population')}
        layout="grid"
        error={errorOf('populationGroup')}
        choices={populationGroups.map((code) => ({ value: code as string, label: words.code('populationGroup', code) }))}
        values={listOf(content.populationGroup)}
        onChange={choose('populationGroup')}
      />
      <Below>
        <ChooseSome
          label={words.say('record.who.groups')}
          hint={groups.length >= maxFocusGroups ? words.say('record.who.groupsFull') : undefined}
          layout="grid"
          error={errorOf('focusGroup')}
          choices={focusGroups.map((code) => ({ value: code as string, label: words.code('focusGroup', code) }))}
          values={groups}
          max={maxFocusGroups}
          onChange={choose('focusGroup')}
        />
      </Below>
    </>
  )
}
