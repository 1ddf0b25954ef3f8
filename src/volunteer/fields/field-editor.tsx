import { useId, useRef, useState } from 'react'
import { Button } from '#ui/button/button.tsx'
import { ChooseOne, ChooseSome } from '#ui/choice/choices.tsx'
import { DateInput } from '#ui/date-input/date-input.tsx'
import { sparePart } from '#ui/later-screen.tsx'
import { Note } from '#ui/note/note.tsx'
import { NumberInput } from '#ui/number-input/number-input.tsx'
import { CountedLine } from '#volunteer/fields/counted-text.tsx'
import { CountryField } from '#volunteer/fields/country-field.tsx'
import { groupWordsOf, wordsOf } from '#volunteer/fields/editing.ts'
import type { Editing } from '#volunteer/fields/editing.ts'
import { controls } from '#volunteer/fields/field-controls.ts'
import type { Control } from '#volunteer/fields/field-controls.ts'
import styles from '#volunteer/fields/fields.module.css'
import { MonthField } from '#volunteer/fields/month-field.tsx'
import { SeverityField } from '#volunteer/fields/severity-field.tsx'
import { TopicField } from '#volunteer/fields/topic-field.tsx'
import { PersonalDataNote } from '#volunteer/fields/personal-data-note.tsx'
import { listOf, numberOf, textOf, typedText, unclearOf } from '#volunteer/fields/values.ts'
import { LanguageField, WordsField } from '#volunteer/fields/words-field.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** Tables and lists of names are rare on the phone: they come when they are first asked for. */
const RareField = sparePart(async () => (await import('#volunteer/fields/rare-field.tsx')).RareField)

/** The control of one field. A field that is never asked alone draws nothing. */
export function FieldEditor(editing: Editing) {
  const control = controls[editing.field]
  return control === undefined ? null : <ControlFor control={control} editing={editing} />
}

function ControlFor({ control, editing }: { readonly control: Control; readonly editing: Editing }) {
  switch (control.kind) {
    case 'one':
      return <OneField codes={control.codes} editing={editing} />
    case 'some':
      return <SomeField codes={control.codes} max={control.max} editing={editing} />
    case 'yesNo':
      return <YesNoField editing={editing} />
    case 'line':
      return <LineField control={control} editing={editing} />
    case 'words':
      return <WordsField max={control.max} editing={editing} />
    case 'count':
      return <CountField control={control} editing={editing} />
    case 'day':
      return <DayField editing={editing} />
    case 'month':
      return <MonthField editing={editing} />
    case 'country':
      return <CountryField editing={editing} />
    case 'language':
      return <LanguageField editing={editing} />
    case 'topic':
      return <TopicField editing={editing} recent={[]} />
    case 'severity':
      return <SeverityField editing={editing} />
    case 'photos':
      return null
    case 'names':
    case 'sadd':
    case 'output':
    case 'money':
      return <RareField kind={control.kind} editing={editing} />
  }
}

function OneField({ codes, editing }: { readonly codes: readonly string[]; readonly editing: Editing }) {
  const words = useWords()
  const choices = codes.map((code) => ({ value: code, label: words.code(editing.field, code) }))
  return <ChooseOne {...groupWordsOf(editing)} choices={choices} value={typeof editing.value === 'string' ? editing.value : null} onChange={editing.onChoose} />
}

function SomeField({ codes, max, editing }: { readonly codes: readonly string[]; readonly max: number; readonly editing: Editing }) {
  const words = useWords()
  const choices = codes.map((code) => ({ value: code, label: words.code(editing.field, code) }))
  const hint = editing.hint ?? (max < codes.length ? words.say('field.upTo', { count: max }) : undefined)
  return <ChooseSome {...groupWordsOf(editing)} hint={hint} choices={choices} values={listOf(editing.value)} max={max} onChange={(values) => editing.onChoose(values.length === 0 ? undefined : values)} />
}

function YesNoField({ editing }: { readonly editing: Editing }) {
  const { say } = useWords()
  const choices = [{ value: 'yes', label: say('yes') }, { value: 'no', label: say('no') }] as const
  const value = typeof editing.value === 'boolean' ? (editing.value ? 'yes' : 'no') : null
  return <ChooseOne {...groupWordsOf(editing)} choices={choices} layout="inline" value={value} onChange={(answer) => editing.onChoose(answer === 'yes')} />
}

function LineField({ control: { max, suggestions = [], risks }, editing }: { readonly control: Extract<Control, { kind: 'line' }>; readonly editing: Editing }) {
  const words = useWords()
  const control = useRef<HTMLInputElement>(null)
  const text = textOf(editing.value)
  const offered = editing.suggestions ?? suggestions.map((code) => words.code(editing.field, code))
  return (
    <div className={styles.noted}>
      <CountedLine {...wordsOf(editing)} ref={control} value={text} onChange={(next) => editing.onType(typedText(next))} max={max} lang={editing.lang} autoComplete="off" {...(offered.length === 0 ? {} : { suggestions: offered })} />
      <PersonalDataNote text={text} kinds={risks} control={control} />
    </div>
  )
}

function CountField({ control: { max, sureAbove }, editing }: { readonly control: Extract<Control, { kind: 'count' }>; readonly editing: Editing }) {
  const { say } = useWords()
  const field = useId()
  const count = numberOf(editing.value)
  return (
    <div className={styles.noted}>
      <NumberInput
        {...wordsOf(editing)}
        id={field}
        value={count}
        onChange={(next) => editing.onType(next ?? undefined)}
        unclear={unclearOf(editing.value)}
        onUnclear={editing.onType}
        invalid={say('issue.number')}
        notKnown={{ label: say('notKnown'), isChosen: editing.value === 'unknown', onChange: (isChosen) => editing.onChoose(isChosen ? 'unknown' : undefined) }}
      />
      {/* What cannot stand here is no question: Next says how much can. */}
      <AskIfSure count={count === null || count > max ? null : count} limit={Math.min(sureAbove ?? Infinity, editing.unlikelyAbove ?? Infinity)} controlId={field} />
    </div>
  )
}

/** Asked once for each number: whoever keeps it is not asked again. */
function AskIfSure({ count, limit, controlId }: { readonly count: number | null; readonly limit: number; readonly controlId: string }) {
  const words = useWords()
  const [sureOf, setSureOf] = useState<number | null>(null)
  const isAsked = count !== null && count > limit && count !== sureOf
  const handleChange = (): void => document.querySelector<HTMLInputElement>(`#${CSS.escape(controlId)}`)?.focus()
  return (
    <div role="status">
      {isAsked ? (
        <Note tone="ask" icon="question" title={words.say('number.sure', { count })} actions={<><Button onClick={handleChange}>{words.say('risk.change')}</Button><Button look="plain" onClick={() => setSureOf(count)}>{words.say('risk.keep')}</Button></>}>
          {words.say('number.sureText')}
        </Note>
      ) : null}
    </div>
  )
}

function DayField({ editing }: { readonly editing: Editing }) {
  return <DateInput {...wordsOf(editing)} value={textOf(editing.value)} onChange={(day) => editing.onChoose(typedText(day))} />
}
