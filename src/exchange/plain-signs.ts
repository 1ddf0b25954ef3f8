import { inLatinDigits } from '#domain/digits.ts'

const others: Readonly<Record<string, string>> = { '，': ',', '،': ',', '．': '.', '／': '/', '－': '-' }

/** A cell of numbers or days as it would be typed in Latin script: without the marks of direction that spreadsheets put between Arabic digits, and without the wide signs of Chinese. */
export function inPlainSigns(text: string): string {
  return inLatinDigits(text).replaceAll(/\p{Cf}/gu, '').replaceAll(/[，،．／－]/gu, (sign) => others[sign] ?? sign).trim()
}
