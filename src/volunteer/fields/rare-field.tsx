import { useRef, useState } from 'react'
import { ageBands, sexes } from '#domain/codes/code-lists.ts'
import { Button } from '#ui/button/button.tsx'
import { FieldGroup } from '#ui/field/field.tsx'
import { NumberInput } from '#ui/number-input/number-input.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'
import { CountedLine } from '#volunteer/fields/counted-text.tsx'
import { groupWordsOf } from '#volunteer/fields/editing.ts'
import type { Editing } from '#volunteer/fields/editing.ts'
import { ofGroup } from '#volunteer/fields/field-controls.ts'
import styles from '#volunteer/fields/fields.module.css'
import { PersonalDataNote } from '#volunteer/fields/personal-data-note.tsx'
import { listOf, numberOf, recordOf, textOf, unclearOf } from '#volunteer/fields/values.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

export interface RareFieldProps {
  readonly kind: 'names' | 'sadd' | 'output' | 'money'
  readonly editing: Editing
}

const maxNames = 5
const maxOutputs = 10

/** Fields of several parts. An empty part is no answer, and goes out of the entry. */
export function RareField({ kind, editing }: RareFieldProps) {
  switch (kind) {
    case 'names':
      return <NamesField {...editing} />
    case 'sadd':
      return <SaddField {...editing} />
    case 'output':
      return <OutputField {...editing} />
    case 'money':
      return <MoneyField {...editing} />
  }
}

function NamesField(editing: Editing) {
  const { say } = useWords()
  const names = listOf(editing.value)
  // A line that was emptied to be written anew stays where it is: the next name must not move under the caret.
  const [lines, setLines] = useState(names)
  const now = withoutBlank(lines).join('\n') === names.join('\n') ? lines : names
  const shown = now.length < maxNames && now.at(-1) !== '' ? [...now, ''] : now
  const handleChange = (index: number, name: string): void => {
    const next = shown.map((other, at) => (at === index ? name : other))
    setLines(next)
    editing.onType(withoutBlank(next).length === 0 ? undefined : withoutBlank(next))
  }
  return (
    <FieldGroup {...groupWordsOf(editing)}>
      {/* oxlint-disable-next-line react/no-array-index-key -- the place is the identity: a name is edited where it stands */}
      {shown.map((name, index) => <NameLine key={index} label={say('field.name', { number: index + 1 })} name={name} onChange={(text) => handleChange(index, text)} />)}
    </FieldGroup>
  )
}

function withoutBlank(names: readonly string[]): readonly string[] {
  return names.filter((name) => name !== '')
}

function NameLine({ label, name, onChange }: { readonly label: string; readonly name: string; readonly onChange: (name: string) => void }) {
  const control = useRef<HTMLInputElement>(null)
  return (
    <div className={styles.noted}>
      <CountedLine ref={control} label={label} isLabelHidden max={120} autoComplete="off" value={name} onChange={onChange} />
      <PersonalDataNote text={name} kinds={ofGroup} control={control} />
    </div>
  )
}

function SaddField(editing: Editing) {
  const words = useWords()
  const table = recordOf(editing.value)
  const handleChange = (sex: string, band: string, count: number | string | null): void => {
    const cells = { ...recordOf(table[sex]), [band]: count ?? undefined }
    const next = withoutEmpty({ ...table, [sex]: withoutEmpty(cells) })
    editing.onType(next)
  }
  return (
    <FieldGroup {...groupWordsOf(editing)}>
      {sexes.map((sex) => (
        <FieldGroup key={sex} label={words.code('sex', sex)}>
          <div className={styles.pair}>
            {ageBands.map((band) => <NumberInput key={band} label={words.code('ageBand', band)} invalid={words.say('issue.number')} value={numberOf(recordOf(table[sex])[band])} onChange={(count) => handleChange(sex, band, count)} unclear={unclearOf(recordOf(table[sex])[band])} onUnclear={(text) => handleChange(sex, band, text)} />)}
          </div>
        </FieldGroup>
      ))}
    </FieldGroup>
  )
}

function OutputField(editing: Editing) {
  const { say } = useWords()
  const kept = Array.isArray(editing.value) ? editing.value.map(recordOf) : []
  // A line in which nothing is written yet stands here alone: an entry would be refused for it.
  const [drawn, setDrawn] = useState(kept)
  const lines = JSON.stringify(drawn.filter(isWritten)) === JSON.stringify(kept.filter(isWritten)) ? drawn : kept
  const handleLines = (next: readonly Readonly<Record<string, unknown>>[]): void => {
    setDrawn([...next])
    editing.onType(next.some(isWritten) ? next.filter(isWritten) : undefined)
  }
  const handleChange = (index: number, patch: Readonly<Record<string, unknown>>): void => handleLines(lines.map((line, at) => (at === index ? (withoutEmpty({ ...line, ...patch }) ?? {}) : line)))
  return (
    <FieldGroup {...groupWordsOf(editing)}>
      {lines.map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the place is the identity: a line is edited where it stands
        <div key={index} className={styles.pair}>
          <CountedLine label={say('field.item')} max={80} autoComplete="off" value={textOf(line['item'])} onChange={(item) => handleChange(index, { item: item === '' ? undefined : item })} />
          <NumberInput label={say('field.quantity')} invalid={say('issue.number')} value={numberOf(line['quantity'])} onChange={(quantity) => handleChange(index, { quantity: quantity ?? undefined })} unclear={unclearOf(line['quantity'])} onUnclear={(quantity) => handleChange(index, { quantity })} />
          <CountedLine label={say('field.unit')} max={40} autoComplete="off" value={textOf(line['unit'])} onChange={(unit) => handleChange(index, { unit: unit === '' ? undefined : unit })} />
          <Button look="plain" icon="bin" data-takes-away onClick={() => handleLines(lines.filter((_, at) => at !== index))}>{say('field.remove')}</Button>
        </div>
      ))}
      {lines.length >= maxOutputs ? null : <Button icon="plus" onClick={() => handleLines([...lines, {}])}>{say('field.addOutput')}</Button>}
    </FieldGroup>
  )
}

function isWritten(line: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(line).length > 0
}

function MoneyField(editing: Editing) {
  const { say } = useWords()
  const value = recordOf(editing.value)
  const handleChange = (patch: Readonly<Record<string, unknown>>): void => editing.onType(withoutEmpty({ ...value, ...patch }))
  return (
    <FieldGroup {...groupWordsOf(editing)}>
      <div className={styles.pair}>
        <NumberInput label={say('field.amount')} invalid={say('issue.number')} value={numberOf(value['amount'])} onChange={(amount) => handleChange({ amount: amount ?? undefined })} unclear={unclearOf(value['amount'])} onUnclear={(amount) => handleChange({ amount })} />
        <TextInput label={say('field.currency')} dir="ltr" autoComplete="off" autoCapitalize="characters" value={textOf(value['currency'])} onChange={(currency) => handleChange({ currency: codeOf(currency) })} />
      </div>
    </FieldGroup>
  )
}

/** Never cut: the first three letters of “FCFA” are another code. Phones set a space behind a word by themselves. */
function codeOf(typed: string): string | undefined {
  const code = typed.replaceAll(/\s/g, '').toUpperCase()
  return code === '' ? undefined : code
}

function withoutEmpty(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
