import { useState } from 'react'
import { ChooseOne } from '#ui/choice/choices.tsx'
import { DateInput } from '#ui/date-input/date-input.tsx'
import { textOf, typedText } from '#volunteer/fields/values.ts'
import { dayBefore, dayOf } from '#volunteer/ground.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

/** Today stands chosen; yesterday and any other day are one tap away. */
export function DateStep({ content, keeper, errorOf }: StepProps) {
  const { ground, words } = useVolunteering()
  const today = dayOf(ground.now())
  const yesterday = dayBefore(today)
  const day = textOf(content.observedOn)
  const [isOther, setOther] = useState(day !== today && day !== yesterday)
  const choices = [
    { value: today, label: words.say('record.date.today'), note: words.format.day(today) },
    { value: yesterday, label: words.say('record.date.yesterday'), note: words.format.day(yesterday) },
    { value: 'other', label: words.say('record.date.other'), note: isOther && day !== '' ? words.days.say(day, today) : undefined },
  ]
  const handleChoose = (value: string): void => {
    setOther(value === 'other')
    if (value !== 'other') keeper.choose({ observedOn: value })
  }
  return (
    <>
      <ChooseOne legend="question" label={words.say('record.date.heading')} error={isOther ? undefined : errorOf('observedOn')} choices={choices} value={isOther ? 'other' : day} onChange={handleChoose} />
      {/* No `max`: a phone whose clock is behind would grey out the right day without a word. */}
      {isOther ? <DateInput label={words.say('record.date.day')} error={errorOf('observedOn')} value={day} onChange={(next) => keeper.choose({ observedOn: typedText(next) })} /> : null}
    </>
  )
}
