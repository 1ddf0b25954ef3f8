import { inLatinDigits } from '#domain/digits.ts'
import { figureSlot } from '#domain/written-report.ts'

/** Digits with what stands between them. */
const digits = /\p{Nd}+(?:[.,٫٬\u00a0\u202f]\p{Nd}+)*/gu

/**
 * Numbers that were typed where the report could count them. Years, days and what is part of a name (C-000123, COVID-19) are left alone.
 * Only pointed at: a number that stands in no figure may still be true.
 */
export function typedNumbers(text: string, lang: string): readonly string[] {
  const plain = withoutDays(text.replaceAll(figureSlot, (slot) => ' '.repeat(slot.length)), lang)
  return [...plain.matchAll(digits)].flatMap((match) => {
    const isPartOfName = /[\p{L}\p{Nd}][-‑–/]?$/u.test(plain.slice(0, match.index)) && lang.slice(0, 2) !== 'zh'
    return isYear(match[0]) || isPartOfName ? [] : [match[0]]
  })
}

function isYear(number: string): boolean {
  return /^(?:19|20)\d\d$/.test(inLatinDigits(number))
}

/** Days are blanked out: 2026-03-12, 12/03/2026, 12 March, March 12, 3月12日. */
function withoutDays(text: string, lang: string): string {
  const month = `(?:${monthsOf(lang).join('|')})`
  const patterns = [
    /\p{Nd}{1,4}[-/.]\p{Nd}{1,2}[-/.]\p{Nd}{1,4}/gu, /(?:\p{Nd}{4}年)?\p{Nd}{1,2}月(?:\p{Nd}{1,2}[日号])?|\p{Nd}{4}年/gu,
    new RegExp(`\\p{Nd}{1,2}(?:st|nd|rd|th|er|\\.)?(?:\\s*[-–]\\s*\\p{Nd}{1,2})?\\s+(?:de\\s+|of\\s+)?${month}`, 'giu'), new RegExp(`${month}\\s+\\p{Nd}{1,2}(?!\\p{Nd})`, 'giu'),
  ]
  return patterns.reduce((rest, pattern) => rest.replaceAll(pattern, (day) => ' '.repeat(day.length)), text)
}

function monthsOf(lang: string): readonly string[] {
  const locale = Intl.DateTimeFormat.supportedLocalesOf(lang)[0] ?? 'en'
  const named = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options })
    // Beside a day, Russian months stand in another case.
    return Array.from({ length: 12 }, (_, month) => format.formatToParts(Date.UTC(2026, month, 15)).find(({ type }) => type === 'month')?.value ?? '')
  }
  const all = [...named({ day: 'numeric', month: 'long' }), ...named({ day: 'numeric', month: 'short' }), ...named({ month: 'long' })]
  return [...new Set(all)].filter((name) => /\p{L}/u.test(name)).map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).toSorted((a, b) => b.length - a.length)
}
