import { noPoint } from '#domain/disclosure.ts'
import type { DraftContent, EntryContent, FieldName } from '#domain/entry.ts'
import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'
import type { BegunKeeper } from '#volunteer/entry/begun-keeper.ts'
import { sayAccuracy } from '#volunteer/fields/accuracy-words.ts'
import { AreaField, countryFields } from '#volunteer/fields/area-field.tsx'
import { FieldEditor } from '#volunteer/fields/field-editor.tsx'
import { numberOf } from '#volunteer/fields/values.ts'
import { precisionOf } from '#volunteer/record/place-precision.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

export interface FormFieldProps {
  readonly field: FieldName
  readonly label: string
  /** What is saved, and what stands there with what was begun. */
  readonly before: EntryContent
  readonly now: DraftContent
  readonly keeper: BegunKeeper
  readonly errorOf: (field: FieldName) => string | undefined
}

/** One control of a saved entry, as it is asked of a new one. */
export function FormField(props: FormFieldProps) {
  const { field, label, now, before, keeper, errorOf } = props
  if (field === 'adm1Name') return <SavedArea {...props} />
  if (field === 'lat') return <SavedPoint {...props} />
  const handleChoose = (value: unknown): void => {
    if (field !== 'country') return keeper.choose({ [field]: value })
    if (value === before.country) return keeper.forget(['country', ...areaFields])
    keeper.choose(countryFields(now, value))
  }
  return <FieldEditor field={field} label={label} value={now[field]} lang={before.lang} error={errorOf(field)} onChoose={handleChoose} onType={(value) => keeper.type(field, value)} />
}

const areaFields = ['adm1Code', 'adm1Name', 'adm2Code']

/** Whoever comes back to the region of before has changed nothing: its district comes back with it. */
function SavedArea({ label, before, now, keeper, errorOf }: FormFieldProps) {
  const handleChoose = (fields: Readonly<Record<string, unknown>>): void => {
    const isAsBefore = fields['adm1Code'] !== undefined && fields['adm1Code'] === before.adm1Code && now.country === before.country
    if (isAsBefore) keeper.forget(areaFields)
    else keeper.choose(fields)
  }
  return <AreaField isRequired withDistrict={precisionOf({ content: before }) !== 'region'} label={label} content={now} keeper={{ choose: handleChoose, type: keeper.type }} errorOf={errorOf} />
}

/** A point is set anew in a new entry alone. Here it stays or goes, and nothing takes it away unseen. */
function SavedPoint({ before: { lat, lon, geoPrecisionM }, now, keeper }: FormFieldProps) {
  const words = useWords()
  const { say } = words
  if (now.lat === undefined) return <Note tone="ask" icon="pin" live="status" actions={<Button onClick={() => keeper.choose({ lat, lon, geoPrecisionM })}>{say('entry.pointKeep')}</Button>}>{say('entry.pointGoes')}</Note>
  const metres = numberOf(geoPrecisionM)
  return (
    <Note tone="pen" icon="pin" title={say('record.place.point')} actions={<Button look="plain" onClick={() => keeper.choose({ ...noPoint })}>{say('record.place.forget')}</Button>}>
      {metres === null ? null : say('record.place.within', { accuracy: sayAccuracy(words, metres) })}
    </Note>
  )
}
