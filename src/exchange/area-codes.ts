import { alpha2Of } from '#domain/codes/countries.ts'

/** Whether the code of an area (P-code, or ISO 3166-2) begins with its country: `HT01` and `HTI-01` are of HTI, `NGA033022` is not of SEN. */
export function isAreaCodeOf(code: string, country: string): boolean {
  const alpha2 = alpha2Of(country)
  return /^[A-Z][A-Z0-9-]+$/.test(code) && (code.startsWith(country) || (alpha2 !== null && new RegExp(`^${alpha2}(?:[0-9]|-)`).test(code)))
}
