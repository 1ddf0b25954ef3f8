import type { Plan } from '#exchange/plan.ts'

/** Several codes in one cell, unless the whole cell is one of the known words. */
export function splitCodes(text: string, known: Readonly<Record<string, string>>): readonly string[] {
  if (Object.hasOwn(known, text)) return [text]
  return text.split(/[;,|]/).map((part) => part.trim()).filter((part) => part !== '')
}

/** `1 234`, `1,234` and `1.5` are numbers, `about 20` is none. */
export function readNumber(text: string): number | null {
  const plain = text.replace(/[\s\u00A0\u202F]/g, '').replace(/,(?=\d{3}(?:\D|$))/g, '').replace(/^(-?\d+),(\d+)$/, '$1.$2')
  const number = Number(plain)
  return plain === '' || !Number.isFinite(number) ? null : number
}

/** `2014-03-07`, `2014-03`, `7/3/2014`, `7.3.14`, with or without a time behind it; null for what is no day. */
export function readDay(text: string, order: Plan['dayOrder']): string | null {
  const [, isoYear, isoMonth, isoDay = '01'] = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T\s].*)?$/.exec(text) ?? []
  if (isoYear !== undefined && isoMonth !== undefined) return dayOf(isoYear, isoMonth, isoDay)
  const [, first, second, year] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T\s].*)?$/.exec(text) ?? []
  if (first === undefined || second === undefined || year === undefined) return null
  const [day, month] = order === 'dmy' ? [first, second] : [second, first]
  return dayOf(year.length === 2 ? `20${year}` : year, month, day)
}

function dayOf(year: string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? null : text
}
