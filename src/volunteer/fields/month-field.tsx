import { useState } from 'react'
import { FieldGroup } from '#ui/field/field.tsx'
import { Select } from '#ui/select/select.tsx'
import { groupWordsOf } from '#volunteer/fields/editing.ts'
import type { Editing } from '#volunteer/fields/editing.ts'
import styles from '#volunteer/fields/fields.module.css'
import { textOf } from '#volunteer/fields/values.ts'
import { useToday } from '#volunteer/use-today.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

const yearsBack = 12
const yearsAhead = 2

/** A month is enough for when something began or ended: two lists that every phone can open (`type="month"` is not everywhere). */
export function MonthField({ editing }: { readonly editing: Editing }) {
  const words = useWords()
  const [keptYear = '', month = ''] = textOf(editing.value).split('-')
  // A year alone is no answer yet, and is the one that the month will get.
  const [chosenYear, setChosenYear] = useState('')
  const thisYear = useToday().year
  const year = keptYear === '' ? chosenYear : keptYear
  const offered = Array.from({ length: yearsBack + yearsAhead + 1 }, (_, index) => String(thisYear + yearsAhead - index))
  const years = year === '' || offered.includes(year) ? offered : [...offered, year].toSorted().toReversed()
  const months = words.days.months().map((label, index) => ({ value: String(index + 1).padStart(2, '0'), label }))
  const handleChange = (nextYear: string, nextMonth: string): void => {
    setChosenYear(nextYear)
    editing.onChoose(nextMonth === '' ? undefined : `${nextYear === '' ? thisYear : nextYear}-${nextMonth}-01`)
  }
  return (
    <FieldGroup {...groupWordsOf(editing)}>
      <div className={styles.pair}>
        <Select label={words.say('record.month')} isLabelHidden choose={words.say('record.month')} value={month === '' ? null : month} options={months} onChange={(next) => handleChange(year, next ?? '')} />
        <Select label={words.say('record.year')} isLabelHidden value={year === '' ? String(thisYear) : year} options={years.map((value) => ({ value, label: value }))} onChange={(next) => handleChange(next ?? '', month)} />
      </div>
    </FieldGroup>
  )
}
