import { areaName, areasOf, districtsOf, regionsOf } from '#domain/areas.ts'
import type { Area } from '#domain/areas.ts'
import { Select } from '#ui/select/select.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { CountedLine } from '#volunteer/fields/counted-text.tsx'
import { textOf, typedText } from '#volunteer/fields/values.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** "Another one": the list of a campaign is never taken for complete. */
const other = 'other'

export interface AreaFieldProps extends StepProps {
  readonly isRequired: boolean
  /** A district says more than a region. */
  readonly withDistrict: boolean
}

/** The region from the campaign's list where there is one for the country, else in the author's words. */
export function AreaField({ isRequired, withDistrict, ...props }: AreaFieldProps) {
  const { say, locale } = useWords()
  const optionOf = (area: Area) => ({ value: area.code, label: areaName(area, locale) })
  const { content, keeper, errorOf } = props
  const areas = useAreas()
  const regions = regionsOf(areas, content.country)
  const code = textOf(content.adm1Code)
  const words = { label: say('record.place.region'), error: errorOf('adm1Name'), ...(isRequired ? {} : { optional: say('optional') }) }
  const byHand = <CountedLine {...words} value={textOf(content.adm1Name)} max={80} autoComplete="off" onChange={(text) => keeper.type('adm1Name', typedText(text))} />
  if (regions.length === 0) return byHand
  const isOther = code === '' && content.adm1Name !== undefined
  const districts = districtsOf(areas, code)
  const handleRegion = (chosen: string | null): void => {
    const area = regions.find((region) => region.code === chosen)
    keeper.choose({ adm1Code: area?.code, adm1Name: area?.name ?? (chosen === other ? '' : undefined), adm2Code: undefined })
  }
  return (
    <>
      <Select {...words} choose={say('record.place.regionChoose')} options={[...regions.map(optionOf), { value: other, label: say('record.place.regionOther') }]} value={isOther ? other : code === '' ? null : code} onChange={handleRegion} />
      {isOther ? byHand : null}
      {withDistrict && districts.length > 0 ? <Select label={say('record.place.district')} optional={say('optional')} choose={say('record.place.districtChoose')} options={districts.map(optionOf)} value={textOf(content.adm2Code) === '' ? null : textOf(content.adm2Code)} onChange={(chosen) => keeper.choose({ adm2Code: chosen ?? undefined })} /> : null}
    </>
  )
}

export function useAreas(): readonly Area[] {
  const campaign = useWatch(useDevice().membership)?.campaign
  return campaign === undefined ? [] : areasOf(campaign)
}
