import { alpha2Of } from '#domain/codes/countries.ts'
import { locales } from '#i18n/locale.ts'

const known = new Map<string, ReadonlySet<string>>()

/** Whether a place is named by its country alone, in whichever language of Terrain: it says no more than the country that stands beside it. */
export function isNameOfCountry(place: string, alpha3: string): boolean {
  const names = known.get(alpha3) ?? namesOf(alpha3)
  known.set(alpha3, names)
  return names.has(place.trim().toLowerCase())
}

function namesOf(alpha3: string): ReadonlySet<string> {
  const code = alpha2Of(alpha3)
  return new Set(code === null ? [] : locales.flatMap((locale) => new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' }).of(code)?.toLowerCase() ?? []))
}
