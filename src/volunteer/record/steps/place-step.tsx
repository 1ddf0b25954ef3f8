import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'
import { PageTitle } from '#ui/page/page.tsx'
import { Select } from '#ui/select/select.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'
import { orgTypes } from '#domain/codes/code-lists.ts'
import type { Preferences } from '#device/device.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { FieldEditor } from '#volunteer/fields/field-editor.tsx'
import { usePosition } from '#volunteer/fields/use-position.ts'
import type { PositionSearch } from '#volunteer/fields/use-position.ts'
import { numberOf, textOf, typedText } from '#volunteer/fields/values.ts'
import { editingOf } from '#volunteer/record/step-frame.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import styles from '#volunteer/record/record.module.css'
import { useVolunteering, useWords } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

/** Where it is, by the phone or by hand; both at once do no harm. For an action also who does it. */
export function PlaceStep(props: StepProps) {
  const { say } = useWords()
  const { content, keeper, errorOf } = props
  const isAction = content.kind === 'action'
  return (
    <>
      <PageTitle title={say(isAction ? 'record.place.headingAction' : 'record.place.heading')} />
      <div className={styles.group}>
        <LastPlace {...props} />
        <Point {...props} />
      </div>
      <FieldEditor {...editingOf(props, 'country', { label: say('record.place.country') })} />
      <TextInput label={say('record.place.region')} optional={say('optional')} value={textOf(content.adm1Name)} maxLength={80} autoComplete="off" onChange={(text) => keeper.type('adm1Name', typedText(text))} />
      <TextInput label={say('record.place.name')} hint={say('record.place.nameHint')} error={errorOf('placeName')} value={textOf(content.placeName)} maxLength={80} autoComplete="off" onChange={(text) => keeper.type('placeName', typedText(text))} />
      {isAction ? <Organisation {...props} /> : null}
    </>
  )
}

function LastPlace({ content, keeper }: StepProps) {
  const words = useWords()
  const last = useWatch(useDevice().preferences)?.lastPlace ?? null
  if (last === null || (content.placeName ?? content.adm1Name) !== undefined || content.lat !== undefined) return null
  return <Button icon="pin" isWide onClick={() => keeper.choose({ ...last })}>{words.say('record.place.last', { place: placeWords(last, words) })}</Button>
}

function placeWords(place: NonNullable<Preferences['lastPlace']>, words: Words): string {
  return words.format.commas([place.placeName, place.adm1Name, words.format.country(place.country)].filter((part) => part !== undefined))
}

function Point({ content, keeper }: StepProps) {
  const { ground, words } = useVolunteering()
  const [search, handleSearch] = usePosition(ground.geolocation, ({ lat, lon, accuracyM }) => keeper.choose({ lat, lon, geoPrecisionM: accuracyM }))
  const lat = numberOf(content.lat)
  const lon = numberOf(content.lon)
  if (lat !== null && lon !== null) {
    return (
      <Note
        tone="pen"
        icon="pin"
        title={words.say('record.place.point')}
        actions={<><Button onClick={handleSearch}>{words.say('record.place.findAgain')}</Button><Button look="plain" onClick={() => keeper.choose({ lat: undefined, lon: undefined, geoPrecisionM: undefined })}>{words.say('record.place.forget')}</Button></>}
      >
        <p>
          <bdi dir="ltr">{lat.toFixed(4)}, {lon.toFixed(4)}</bdi>
          {content.geoPrecisionM === undefined ? null : <span className={styles.quietLine}>{words.say('record.place.found', { metres: numberOf(content.geoPrecisionM) ?? 0 })}</span>}
          <span className={styles.quietLine}>{words.say('record.place.coarse')}</span>
        </p>
      </Note>
    )
  }
  return (
    <>
      <Button icon="pin" isWide isDisabled={search.phase === 'searching'} onClick={handleSearch}>{words.say(search.phase === 'searching' ? 'record.place.searching' : 'record.place.find')}</Button>
      <SearchTrouble phase={search.phase} />
    </>
  )
}

function SearchTrouble({ phase }: Pick<PositionSearch, 'phase'>) {
  const { say } = useWords()
  return <p role="status" className={styles.quietLine}>{phase === 'refused' || phase === 'failed' ? say(`record.place.${phase}`) : null}</p>
}

function Organisation({ content, keeper, errorOf }: StepProps) {
  const words = useWords()
  const options = orgTypes.map((code) => ({ value: code as string, label: words.code('orgType', code) }))
  const type = textOf(content.orgType)
  return (
    <>
      <TextInput label={words.say('record.place.org')} hint={words.say('record.place.orgHint')} error={errorOf('orgName')} value={textOf(content.orgName)} maxLength={120} autoComplete="organization" onChange={(text) => keeper.type('orgName', typedText(text))} />
      <Select label={words.say('record.place.orgType')} error={errorOf('orgType')} choose={words.say('record.place.orgTypeChoose')} options={options} value={type === '' ? null : type} onChange={(code) => keeper.choose({ orgType: code ?? undefined })} />
    </>
  )
}

