/**
 * The whole number that a person typed: in European, Arabic, Persian or Devanagari digits, with or without signs between the
 * thousands. `null` when nothing is typed, `undefined` when it is no whole number: "1.5" must not become 15.
 */
export function typedNumber(text: string): number | null | undefined {
  const digits = inEuropeanDigits(text).replace(/[\p{Cf}]/gu, '').trim()
  if (digits === '') return null
  if (!/^(\d+|\d{1,3}([\s,.'’٬،]\d{3})+)$/u.test(digits)) return undefined
  const value = Number(digits.replace(/\D/gu, ''))
  return Number.isSafeInteger(value) ? value : undefined
}

const zeros = [0x0660, 0x06f0, 0x0966]

function inEuropeanDigits(text: string): string {
  return [...text].map((character) => {
    const code = character.codePointAt(0) ?? 0
    const zero = zeros.find((first) => code >= first && code <= first + 9)
    return zero === undefined ? character : String(code - zero)
  }).join('')
}
