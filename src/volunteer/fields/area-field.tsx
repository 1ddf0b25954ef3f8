import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { areaName, areasOf, districtsOf, regionsOf } from '#domain/areas.ts'
import type { Area } from '#domain/areas.ts'
import type { DraftContent } from '#domain/entry.ts'
import { Select } from '#ui/select/select.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { FieldEditor } from '#volunteer/fields/field-editor.tsx'
import { textOf } from '#volunteer/fields/values.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** "Another one": the list of a campaign is never taken for complete. */
const other = 'other'

export interface AreaFieldProps extends Pick<StepProps, 'content' | 'errorOf'> {
  /** Of a draft, or of what was begun on a saved entry. */
  readonly keeper: Pick<StepProps['keeper'], 'choose' | 'type'>
  readonly isRequired: boolean
  /** What stands before it instead of the question of the quick path. */
  readonly label?: ReactNode
  /** A district says more than a region. */
  readonly withDistrict: boolean
}

/** The region from the campaign's list where there is one for the country, else in the author's words. */
export function AreaField({ content, keeper, errorOf, isRequired, withDistrict, label }: AreaFieldProps) {
  const { say, locale } = useWords()
  const optionOf = (area: Area) => ({ value: area.code, label: areaName(area, locale) })
  const areas = useAreas()
  const regions = regionsOf(areas, content.country)
  const code = textOf(content.adm1Code)
  const words = { label: label ?? say('record.place.region'), error: errorOf('adm1Name'), ...(isRequired ? {} : { optional: say('optional') }) }
  // Where it stands for "another one" the line stays while it is being written anew.
  const handleType = (name: unknown): void => keeper.type('adm1Name', regions.length === 0 ? name : (name ?? ''))
  const byHand = <FieldEditor {...words} field="adm1Name" value={content.adm1Name} lang={content.lang === undefined ? undefined : textOf(content.lang)} onChoose={(name) => keeper.choose({ adm1Name: name })} onType={handleType} />
  if (regions.length === 0) return byHand
  const isOther = code === '' && content.adm1Name !== undefined
  // Chosen while the campaign had another list, it stands in the entry as ever, and by its name.
  const lost = code === '' || regions.some((region) => region.code === code) ? [] : [{ value: code, label: textOf(content.adm1Name) || code }]
  const districts = districtsOf(areas, code)
  const handleRegion = (chosen: string | null): void => {
    const area = regions.find((region) => region.code === chosen)
    keeper.choose({ adm1Code: area?.code, adm1Name: area?.name ?? (chosen === other ? '' : undefined), adm2Code: undefined })
  }
  return (
    <>
      <Select {...words} error={isOther ? undefined : words.error} choose={say('record.place.regionChoose')} options={[...lost, ...regions.map(optionOf), { value: other, label: say('record.place.regionOther') }]} value={isOther ? other : code === '' ? null : code} onChange={handleRegion} />
      {isOther ? byHand : null}
      {withDistrict && districts.length > 0 ? <Select label={say('record.place.district')} optional={say('optional')} choose={say('record.place.districtChoose')} options={districts.map(optionOf)} value={textOf(content.adm2Code) === '' ? null : textOf(content.adm2Code)} onChange={(chosen) => keeper.choose({ adm2Code: chosen ?? undefined })} /> : null}
    </>
  )
}

/** The areas of one country are not those of another. */
export function countryFields({ adm1Code }: DraftContent, country: unknown): Readonly<Record<string, unknown>> {
  return { country, ...(adm1Code === undefined ? {} : { adm1Code: undefined, adm1Name: undefined, adm2Code: undefined }) }
}

/** "Another one" that got no name was not said. */
export function regionAtSave({ adm1Name }: DraftContent): Readonly<Record<string, unknown>> {
  return typeof adm1Name === 'string' && adm1Name.trim() === '' ? { adm1Name: undefined } : {}
}

/** A long list is read once, not again with each letter that is typed beside it. */
export function useAreas(): readonly Area[] {
  const campaign = useWatch(useDevice().membership)?.campaign
  return useMemo(() => (campaign === undefined ? [] : areasOf(campaign)), [campaign])
}
