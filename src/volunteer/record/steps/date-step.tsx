import { useState } from 'react'
import { ChooseOne } from '#ui/choice/choices.tsx'
import { DateInput } from '#ui/date-input/date-input.tsx'
import { Note } from '#ui/note/note.tsx'
import { PageTitle } from '#ui/page/page.tsx'
import { textOf, typedText } from '#volunteer/fields/values.ts'
import { dayBefore } from '#volunteer/ground.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useToday } from '#volunteer/use-today.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** Today stands chosen; yesterday and any other day are one tap away. Where the clock cannot be right nothing does, and it is said why. */
export function DateStep(props: StepProps) {
  const words = useWords()
  const today = useToday()
  if (today.day !== null) return <DayChoice {...props} today={today.day} />
  return (
    <>
      <PageTitle title={words.say('record.date.heading')} />
      <Note tone="ask">{words.say('record.date.clock', { date: words.format.day(today.told) })}</Note>
      <OtherDay {...props} />
    </>
  )
}

function DayChoice({ today, ...props }: StepProps & { readonly today: string }) {
  const { content, keeper, errorOf } = props
  const words = useWords()
  const yesterday = dayBefore(today)
  const day = textOf(content.observedOn)
  const [isOtherChosen, choosesOther] = useState(false)
  // A screen that stood open over midnight keeps the day that it has.
  const isOther = isOtherChosen || (day !== today && day !== yesterday)
  const choices = [
    { value: today, label: words.say('record.date.today'), note: words.format.day(today) },
    { value: yesterday, label: words.say('record.date.yesterday'), note: words.format.day(yesterday) },
    { value: 'other', label: words.say('record.date.other'), note: isOther && day !== '' ? words.days.say(day, today) : undefined },
  ]
  const handleChoose = (value: string): void => {
    choosesOther(value === 'other')
    if (value !== 'other') keeper.choose({ observedOn: value })
  }
  return (
    <>
      <ChooseOne legend="question" label={words.say('record.date.heading')} error={isOther ? undefined : errorOf('observedOn')} choices={choices} value={isOther ? 'other' : day} onChange={handleChoose} />
      {isOther ? <OtherDay {...props} /> : null}
    </>
  )
}

/** No `max`: a phone whose clock is behind would grey out the right day without a word. */
function OtherDay({ content, keeper, errorOf }: StepProps) {
  return <DateInput label={useWords().say('record.date.day')} error={errorOf('observedOn')} value={textOf(content.observedOn)} onChange={(next) => keeper.choose({ observedOn: typedText(next) })} />
}
