import { useMemo } from 'react'
import { countries } from '#domain/codes/countries.ts'
import { Select } from '#ui/select/select.tsx'
import { useBehindFrame } from '#volunteer/behind-frame.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { wordsOf } from '#volunteer/fields/editing.ts'
import type { Editing } from '#volunteer/fields/editing.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

/** All countries by name, those of the campaign first. */
export function CountryField({ editing }: { readonly editing: Editing }) {
  const words = useWords()
  const here = useWatch(useDevice().membership)?.campaign.countries
  const chosen = typeof editing.value === 'string' ? editing.value : null
  // The screen stands first: two hundred and fifty options cost an old phone as much as all the rest of it.
  const isWhole = useBehindFrame()
  const begun = isWhole ? null : chosen
  const groups = useMemo(() => countryGroups(words, here ?? [], isWhole ? countries : countries.filter((code) => code === begun)), [words, here, isWhole, begun])
  return <Select {...wordsOf(editing)} value={chosen} choose={words.say('record.place.countryChoose')} groups={groups} onChange={(code) => editing.onChoose(code ?? undefined)} />
}

/** Two hundred and fifty names, sorted: made once for a language, not again with each letter that is typed on the same screen. */
function countryGroups({ format, locale, say }: Words, here: readonly string[], all: readonly string[]) {
  const { compare } = new Intl.Collator(locale)
  const named = (codes: readonly string[]) => codes.map((code) => ({ value: code, label: format.country(code) })).sort((a, b) => compare(a.label, b.label))
  return [
    ...(here.length === 0 ? [] : [{ label: say('record.place.countryHere'), options: named(here) }]),
    { label: say('record.place.countryOthers'), options: named(all.filter((code) => !here.includes(code))) },
  ]
}
