import { sourceTypes } from '#domain/codes/code-lists.ts'
import { ChooseOne } from '#ui/choice/choices.tsx'
import { sourceIcon } from '#ui/icon/code-icon.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

export function SourceStep(props: StepProps) {
  return <SourceField {...props} legend="question" />
}

export function SourceField({ content, keeper, errorOf, legend }: StepProps & { readonly legend: 'question' | 'label' }) {
  const words = useWords()
  return (
    <ChooseOne
      legend={legend}
      label={words.say('record.source.heading')}
      error={errorOf('sourceType')}
      choices={sourceTypes.map((code) => ({ value: code as string, label: words.code('sourceType', code), icon: sourceIcon(code) }))}
      value={typeof content.sourceType === 'string' ? content.sourceType : null}
      onChange={(sourceType) => keeper.choose({ sourceType })}
    />
  )
}
