import { countries } from '#domain/codes/countries.ts'
import { Select } from '#ui/select/select.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { wordsOf } from '#volunteer/fields/editing.ts'
import type { Editing } from '#volunteer/fields/editing.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** All countries by name, those of the campaign first. */
export function CountryField({ editing }: { readonly editing: Editing }) {
  const words = useWords()
  const here = useWatch(useDevice().membership)?.campaign.countries ?? []
  const named = (codes: readonly string[]) => codes.map((code) => ({ value: code, label: words.format.country(code) })).sort((a, b) => a.label.localeCompare(b.label, words.locale))
  const groups = [
    ...(here.length === 0 ? [] : [{ label: words.say('record.place.countryHere'), options: named(here) }]),
    { label: words.say('record.place.countryOthers'), options: named(countries.filter((code) => !here.includes(code))) },
  ]
  return <Select {...wordsOf(editing)} value={typeof editing.value === 'string' ? editing.value : null} choose={words.say('record.place.countryChoose')} groups={groups} onChange={(code) => editing.onChoose(code ?? undefined)} />
}
