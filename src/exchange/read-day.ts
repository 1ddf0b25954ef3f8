import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { monthIn } from '#exchange/month-names.ts'
import { inPlainSigns } from '#exchange/plain-signs.ts'
import type { Plan } from '#exchange/plan.ts'

/** How days are written in a file, and the day after which none of two digits is read; without it none is. */
export interface DayReading {
  readonly order: Plan['dayOrder']
  readonly today?: string | undefined
}

export type DayProblem = 'not-a-day' | 'year-unclear'

/**
 * `2014-03-07`, `7/3/2014`, `7.3.14`, `2014年3月7日`, `٧/٣/٢٠١٤` or with the month's name, with or without a time behind it, as a day; `2014-03` as a month. Two digits are a year of this century
 * that has begun: `7.3.98` could be of the last one or of nobody's, so nobody guesses.
 */
export function readDay(cell: string, { order, today = '' }: DayReading): Result<string, DayProblem> {
  const text = inPlainSigns(cell).replace(/^(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号號])?/u, (_all, year: string, month: string, day?: string) => `${year}-${month}${day === undefined ? '' : `-${day}`} `).trim()
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T\s].*)?$/.exec(text) ?? []
  if (isoYear !== undefined && isoMonth !== undefined) {
    const found = dayOf(isoYear, isoMonth, isoDay ?? '01')
    return found === null ? fail('not-a-day') : ok(isoDay === undefined ? found.slice(0, 7) : found)
  }
  const [, first, second, year] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[T\s].*)?$/.exec(text) ?? []
  if (first === undefined || second === undefined || year === undefined) return namedDay(text, today)
  const [day, month] = order === 'dmy' ? [first, second] : [second, first]
  return begunDay({ year, month, day }, today)
}

interface WrittenDay {
  /** Of two digits or four. */
  readonly year: string
  readonly month: string
  readonly day: string
}

function begunDay({ year, month, day }: WrittenDay, today: string): Result<string, DayProblem> {
  const found = dayOf(year.length === 2 ? `20${year}` : year, month, day)
  if (found === null) return fail('not-a-day')
  return year.length === 2 && found > today ? fail('year-unclear') : ok(found)
}

/** What may stand beside the day, the name of its month and its year. */
const beside = /(?<=\d)(?:st|nd|rd|th|er|º)|\p{L}+/gu
const besideWords = new Set(['st', 'nd', 'rd', 'th', 'er', 'º', 'of', 'the', 'le', 'de', 'del', 'el', 'г', 'год', 'года', 'م'])

/** `5 January 2024`, `Jan 5, 2024`, `05-Jan-24`, `5 de enero de 2024`, `٥ كانون الثاني ٢٠٢٤`, with or without a time behind it; `March 2014` as a month. A year of two digits without a day could be a day without a year. */
function namedDay(text: string, today: string): Result<string, DayProblem> {
  const found = monthIn(text.replace(/[\s,T]+\d{1,2}:\d{2}.*$/u, ''))
  if (found === null) return fail('not-a-day')
  const { month, before, behind } = found
  const numbers = [...before.matchAll(/\d+/g), ...behind.matchAll(/\d+/g)].map(([number]) => number)
  const areFit = numbers.every((number) => number.length <= 2 || number.length === 4) && `${before} ${behind}`.match(beside)?.every((word) => besideWords.has(word)) !== false
  const [first = '', second] = numbers
  if (!areFit || numbers.length > 2 || first === '') return fail('not-a-day')
  if (second === undefined) return first.length === 4 ? monthOf(first, month) : fail(before.includes(first) ? 'not-a-day' : 'year-unclear')
  return begunDay(first.length === 4 ? { year: first, month, day: second } : { year: second, month, day: first }, today)
}

function monthOf(year: string, month: string): Result<string, DayProblem> {
  return dayOf(year, month, '01') === null ? fail('not-a-day') : ok(`${year}-${month.padStart(2, '0')}`)
}

/** Null where there is no such day, or its year is one of another calendar: 1445 after the Hijra, 2567 of the Buddha. */
function dayOf(year: string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = new Date(`${text}T00:00:00Z`)
  return year < '1900' || year > '2100' || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? null : text
}
