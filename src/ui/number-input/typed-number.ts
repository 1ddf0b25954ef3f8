import { inLatinDigits } from '#domain/digits.ts'

/**
 * The whole number that a person typed: in the digits of any script, with or without signs between the
 * thousands. `null` when nothing is typed, `undefined` when it is no whole number: "1.5" must not become 15.
 */
export function typedNumber(text: string): number | null | undefined {
  const digits = inLatinDigits(text).replace(/[\p{Cf}]/gu, '').trim()
  if (digits === '') return null
  if (!/^(\d+|\d{1,3}([\s,.'’٬،]\d{3})+)$/u.test(digits)) return undefined
  const value = Number(digits.replace(/\D/gu, ''))
  return Number.isSafeInteger(value) ? value : undefined
}
