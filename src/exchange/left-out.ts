import { isAreaCodeOf } from '#exchange/area-codes.ts'
import type { LeftOut } from '#exchange/mapping.ts'

/** Codes that cannot be true beside the country of their row: they stay out, and are named. */
export function codesOfOtherCountries(fields: Readonly<Record<string, unknown>>): readonly LeftOut[] {
  const country = String(fields['country'])
  return (['adm1Code', 'adm2Code'] as const).flatMap((field) => {
    const code = fields[field]
    return typeof code !== 'string' || isAreaCodeOf(code, country) ? [] : [{ field, reason: 'code-of-another-country' as const }]
  })
}
