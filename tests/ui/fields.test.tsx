// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { ChooseOne, ChooseSome } from '#ui/choice/choices.tsx'
import { SeverityChoices } from '#ui/choice/severity-choices.tsx'
import { DateInput } from '#ui/date-input/date-input.tsx'
import { NumberInput } from '#ui/number-input/number-input.tsx'
import { typedNumber } from '#ui/number-input/typed-number.ts'
import { Segmented } from '#ui/segmented/segmented.tsx'
import { Select } from '#ui/select/select.tsx'
import { TextArea } from '#ui/text-area/text-area.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'
import { renderInEnglish } from './in-language.tsx'

const nothing = (): void => {}

function AskedNumber({ onChange }: { readonly onChange: (value: number | null) => void }) {
  const [value, setValue] = useState<number | null>(null)
  return <NumberInput label="People" invalid="Write a whole number." value={value} onChange={(next) => { setValue(next); onChange(next) }} />
}

function AskedGroups({ start, onChange }: { readonly start: readonly string[]; readonly onChange: (values: readonly string[]) => void }) {
  const [values, setValues] = useState(start)
  return <ChooseSome label="Who?" max={2} values={values} choices={['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase() }))} onChange={(next) => { setValues(next); onChange(next) }} />
}

describe('fields', () => {
  it('[UI3] a control is named by its label and described by its hint and its error', () => {
    render(<TextInput label="Name" hint="An alias is fine." error="Write a name." value="" onChange={nothing} />)
    const input = screen.getByRole('textbox', { name: 'Name', description: 'An alias is fine. Write a name.' })
    expect(input.getAttribute('aria-invalid')).toBe('true')
  })

  it('[UI3] without an error nothing is marked invalid', () => {
    render(<TextArea label="Words" value="" onChange={nothing} isRuled />)
    const area = screen.getByRole('textbox', { name: 'Words' })
    expect(area.hasAttribute('aria-invalid')).toBe(false)
    expect(area.hasAttribute('aria-describedby')).toBe(false)
  })

  it('[UI3] a date and a list are fields like any other', () => {
    render(<><DateInput label="Day" value="2020-04-07" onChange={nothing} /><Select label="Language" value={null} choose="Choose" options={[{ value: 'fr', label: 'Français' }]} onChange={nothing} error="Choose one." /></>)
    expect(screen.getByLabelText<HTMLInputElement>('Day').value).toBe('2020-04-07')
    expect(screen.getByRole('combobox', { name: 'Language', description: 'Choose one.' })).toBeDefined()
  })

  it('[UI5] a list starts at its empty choice and gives back what was chosen', async () => {
    const onChange = vi.fn<(value: unknown) => void>()
    render(<Select label="Language" value={null} choose="Choose" groups={[{ label: 'Here', options: [{ value: 'fr', label: 'Français' }] }]} onChange={onChange} />)
    expect(screen.getByRole<HTMLSelectElement>('combobox').value).toBe('')
    await userEvent.selectOptions(screen.getByRole('combobox'), 'Français')
    expect(onChange).toHaveBeenCalledWith('fr')
  })

  it('[UI9] what is written takes its own direction', () => {
    render(<TextArea label="Words" lang="ar" value="مدرسة" onChange={nothing} />)
    expect(screen.getByRole('textbox').getAttribute('dir')).toBe('auto')
    expect(screen.getByRole('textbox').getAttribute('lang')).toBe('ar')
  })

  it('[UI46] a field that holds nothing begins where the page begins, and what it suggests is read from there', async () => {
    function Asked() {
      const [value, setValue] = useState('')
      return <><TextInput label="Name" value={value} onChange={setValue} /><TextArea label="Words" value={value} onChange={setValue} /></>
    }
    render(<Asked />)
    const directions = () => screen.getAllByRole('textbox').map((field) => field.getAttribute('dir'))
    expect(directions()).toEqual([null, null])
    await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Awa')
    expect(directions()).toEqual(['auto', 'auto'])
  })
})

describe('groups', () => {
  it('[UI44] what is wrong with a group describes it, marks it and is read out when it comes', () => {
    const choices = [{ value: 'wat', label: 'Water' }]
    const { rerender } = render(<ChooseOne label="What is it about?" value={null} onChange={nothing} choices={choices} />)
    expect(screen.getByRole('group', { name: 'What is it about?' }).hasAttribute('data-invalid')).toBe(false)
    rerender(<ChooseOne label="What is it about?" error="Choose one." value={null} onChange={nothing} choices={choices} />)
    const group = screen.getByRole('group', { name: 'What is it about?', description: 'Choose one.' })
    expect(group.hasAttribute('data-invalid')).toBe(true)
    // A group may not be `aria-invalid`.
    expect(group.hasAttribute('aria-invalid')).toBe(false)
    expect(screen.getByRole('alert').textContent).toBe('Choose one.')
  })
})

describe('numbers', () => {
  it('[UI4] digits of several scripts and signs between thousands are understood', () => {
    expect(['40', '٤٠', '۴۰', '४०', ' 40 ', '\u200f٤٠'].map(typedNumber)).toEqual([40, 40, 40, 40, 40, 40])
    expect(['1,200', '1.200', '1 200', '1\u202f200', '١٬٢٠٠', '1’200'].map(typedNumber)).toEqual([1200, 1200, 1200, 1200, 1200, 1200])
    expect(typedNumber(' ')).toBeNull()
  })

  it('[UI4] what is no whole number stays out', () => {
    expect(['1.5', '1,2', '-4', '1e3', 'about 40', '12,00', '9'.repeat(20)].map(typedNumber)).toEqual(Array.from({ length: 7 }))
  })

  it('[UI4] a field keeps what was typed, says what is wrong and gives back no number', async () => {
    const onChange = vi.fn<(value: unknown) => void>()
    render(<AskedNumber onChange={onChange} />)
    await userEvent.type(screen.getByRole('textbox', { name: 'People' }), '٤٠')
    expect(onChange).toHaveBeenLastCalledWith(40)
    await userEvent.type(screen.getByRole('textbox'), 'x')
    expect(onChange).toHaveBeenLastCalledWith(null)
    expect(screen.getByRole<HTMLInputElement>('textbox', { description: 'Write a whole number.' }).value).toBe('٤٠x')
  })

  it('[UI4] not known empties the field and switches it off', () => {
    render(<NumberInput label="People" invalid="Write a whole number." value={40} onChange={nothing} notKnown={{ label: 'Not known', isChosen: true, onChange: nothing }} />)
    expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('')
    expect(screen.getByRole<HTMLInputElement>('textbox').disabled).toBe(true)
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Not known' }).checked).toBe(true)
  })
})

describe('choices', () => {
  it('[UI5] nothing is chosen beforehand, and the keyboard chooses', async () => {
    const onChange = vi.fn<(value: unknown) => void>()
    render(<ChooseOne label="How exactly?" value={null} onChange={onChange} choices={[{ value: 'km', label: 'About 1 km', note: 'The point stays here.' }, { value: 'exact', label: 'Exact' }]} />)
    expect(screen.getByRole('group', { name: 'How exactly?' })).toBeDefined()
    expect(screen.getAllByRole<HTMLInputElement>('radio').map((radio) => radio.checked)).toEqual([false, false])
    await userEvent.tab()
    await userEvent.keyboard(' ')
    expect(onChange).toHaveBeenLastCalledWith('km')
  })

  it('[UI5] a question can be the heading of the screen', () => {
    render(<ChooseOne legend="question" label="What is it about?" value={null} onChange={nothing} choices={[]} />)
    expect(screen.getByRole('heading', { level: 1, name: 'What is it about?' })).toBeDefined()
  })

  it('[UI6] when all that may be are chosen, the others rest and a chosen one can go', async () => {
    const onChange = vi.fn<(value: unknown) => void>()
    render(<AskedGroups start={['b']} onChange={onChange} />)
    await userEvent.click(screen.getByRole('checkbox', { name: 'A' }))
    expect(onChange).toHaveBeenLastCalledWith(['b', 'a'])
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'C' }).disabled).toBe(true)
    await userEvent.click(screen.getByRole('checkbox', { name: 'B' }))
    expect(onChange).toHaveBeenLastCalledWith(['a'])
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'C' }).disabled).toBe(false)
  })

  it('[UI8] each severity is a number, steps and a sentence', async () => {
    const onChange = vi.fn<(value: unknown) => void>()
    const sentence = (label: string) => ({ label, note: 'It is so.' })
    const sentences = { 1: sentence('Almost as usual'), 2: sentence('With effort'), 3: sentence('They lack some'), 4: sentence('They lack most'), 5: sentence('Lives are lost') }
    renderInEnglish(<SeverityChoices label="How serious?" value={null} onChange={onChange} sentences={sentences} />)
    expect(screen.getAllByRole('radio')).toHaveLength(5)
    await userEvent.click(screen.getByRole('radio', { name: /^4 ?They lack most It is so/ }))
    expect(onChange).toHaveBeenCalledWith(4)
  })

  it('[UI5] segments are radio buttons too', async () => {
    const onChange = vi.fn<(value: unknown) => void>()
    render(<Segmented label="View" value="list" onChange={onChange} segments={[{ value: 'list', label: 'List' }, { value: 'map', label: 'Map' }]} />)
    await userEvent.click(screen.getByRole('radio', { name: 'Map' }))
    expect(onChange).toHaveBeenCalledWith('map')
  })
})
