import { PageTitle } from '#ui/page/page.tsx'
import { ChooseOne } from '#ui/choice/choices.tsx'
import { Select } from '#ui/select/select.tsx'
import { orgTypes } from '#domain/codes/code-lists.ts'
import type { UsedPlace } from '#device/device.ts'
import { apart } from '#i18n/apart.ts'
import { Button } from '#ui/button/button.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { AreaField, countryFields } from '#volunteer/fields/area-field.tsx'
import { FieldEditor } from '#volunteer/fields/field-editor.tsx'
import { textOf } from '#volunteer/fields/values.ts'
import { Below } from '#volunteer/record/below.tsx'
import { editingOf } from '#volunteer/record/step-frame.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { PointField } from '#volunteer/record/steps/point-field.tsx'
import { usePlace } from '#volunteer/record/steps/use-place.ts'
import type { Place } from '#volunteer/record/steps/use-place.ts'
import styles from '#volunteer/record/record.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

/** Where it is, by the phone, on the map or by hand, and how exactly that may be known. For an action also who does it. */
export function PlaceStep(props: StepProps) {
  const { say } = useWords()
  const place = usePlace(props)
  const isAction = props.content.kind === 'action'
  const isFine = place.precision !== 'region'
  return (
    <>
      <PageTitle title={say(isAction ? 'record.place.headingAction' : 'record.place.heading')} />
      <div className={styles.group}>
        <RecentPlaces {...props} isFine={isFine} />
        {isFine ? <PointField {...props} place={place} /> : null}
      </div>
      <CountryOf {...props} />
      <AreaField {...props} isRequired={!isFine} withDistrict={isFine} />
      {isFine ? <FieldEditor {...editingOf(props, 'placeName', { label: say('record.place.name'), hint: say('record.place.nameHint') })} /> : null}
      <Below>
        <Precision place={place} />
        {isAction ? <Organisation {...props} /> : null}
      </Below>
    </>
  )
}

function CountryOf(props: StepProps) {
  const { say } = useWords()
  const { content, keeper } = props
  const editing = editingOf(props, 'country', { label: say('record.place.country') })
  return <FieldEditor {...editing} onChoose={(country) => keeper.choose(countryFields(content, country))} />
}

const mostOffered = 3

/** Where the author was lately: one tap each, as long as nothing else has been said. */
function RecentPlaces({ content, keeper, isFine }: StepProps & { readonly isFine: boolean }) {
  const words = useWords()
  const preferences = useWatch(useDevice().preferences)
  const [first, ...others] = recentOf(preferences)
  if (first === undefined || (content.placeName ?? content.adm1Name ?? content.adm1Code) !== undefined || content.lat !== undefined) return null
  const offered = isFine ? [first, ...others] : [first]
  return offered.slice(0, mostOffered).map((used, index) => {
    const shown: UsedPlace = isFine ? used : { country: used.country, adm1Code: used.adm1Code, adm1Name: used.adm1Name }
    return <Button key={placeWords(used, words)} icon="pin" isWide onClick={() => keeper.choose({ ...shown })}>{index === 0 ? words.say('record.place.last', { place: placeWords(shown, words) }) : placeWords(shown, words)}</Button>
  })
}

/** An older version remembered only one. */
function recentOf(preferences: { readonly lastPlace: UsedPlace | null; readonly recentPlaces: readonly UsedPlace[] } | undefined): readonly UsedPlace[] {
  if (preferences === undefined) return []
  const { recentPlaces, lastPlace } = preferences
  if (recentPlaces.length > 0) return recentPlaces
  return lastPlace === null || (lastPlace.placeName ?? lastPlace.adm1Name) === undefined ? [] : [lastPlace]
}

function placeWords(place: UsedPlace, words: Words): string {
  return words.format.commas([place.placeName, place.adm1Name, words.format.country(place.country)].filter((part) => part !== undefined).map((part) => apart(words.locale, part)))
}

/** The author decides how exactly a place may be known; what harms less stands chosen. */
function Precision({ place }: { readonly place: Place }) {
  const { say } = useWords()
  const choices = place.offered.map((precision) => ({ value: precision, label: say(`place.precision.${precision}`), note: say(`place.precision.${precision}.note`) }))
  return <ChooseOne label={say('place.precision')} choices={choices} value={place.precision} onChange={place.onPrecision} />
}

function Organisation(props: StepProps) {
  const words = useWords()
  const { content, keeper, errorOf } = props
  const options = orgTypes.map((code) => ({ value: code as string, label: words.code('orgType', code) }))
  const type = textOf(content.orgType)
  return (
    <>
      <FieldEditor {...editingOf(props, 'orgName', { label: words.say('record.place.org'), hint: words.say('record.place.orgHint') })} />
      <Select label={words.say('record.place.orgType')} error={errorOf('orgType')} choose={words.say('record.place.orgTypeChoose')} options={options} value={type === '' ? null : type} onChange={(code) => keeper.choose({ orgType: code ?? undefined })} />
    </>
  )
}
