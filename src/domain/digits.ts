/** A text in which the digits of every script (Unicode `Nd`: Arabic, Persian, Devanagari, full width …) are those from 0 to 9. */
export function inLatinDigits(text: string): string {
  return text.replaceAll(/(?![0-9])\p{Nd}/gu, digitValue)
}

/** Each script has its ten digits in a row, from its zero on. */
function digitValue(digit: string): string {
  const at = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(at - value - 1))) value += 1
  return String(value)
}
