import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { inPlainSigns } from '#exchange/plain-signs.ts'

/** Several codes in one cell, unless the whole cell is one of the known words. */
export function splitCodes(text: string, known: Readonly<Record<string, string>>): readonly string[] {
  return Object.hasOwn(known, text) ? [text] : partsOf(text, new Set(Object.keys(known)))
}

/** What people put between codes, in any script, or on lines of their own. */
const between = /[;,|\n،؛、；，]/

/** The words of such a cell. Forms put blanks between codes (`food water`): those part it only where each of its words is known, since names have blanks too. */
export function partsOf(text: string, known: ReadonlySet<string>): readonly string[] {
  const parts = text.split(between).map((part) => part.trim()).filter((part) => part !== '')
  if (parts.length > 1) return parts
  const words = text.split(/\s+/u)
  return words.length > 1 && words.every((word) => known.has(word)) ? words : parts
}

/**
 * A number that a file holds as one, as the cells of a table: in text `3.125` could be a group of thousands, and this one is not.
 */
export function numberText(value: number): string | number {
  const text = String(value)
  return /^-?\d{1,3}\.\d{3}$/.test(text) ? `${text}0` : value
}

export type NumberProblem = 'not-a-number' | 'number-unclear'

const groups = /^([+-]?[1-9]\d{0,2}(?:([.,'’٬ \u00a0\u2009\u202f])\d{3})(?:\2\d{3})*)(?:([.,])(\d{1,2}))?$/
const decimal = /^[+-]?\d+(?:[.,](\d+))?$/

/**
 * A count of people or things: `1 234`, `1,234`, `1.234`, `1'234.0` and `١٬٢٣٤` are groups of thousands under one separator, `1.5`, `3,5` and `١٫٥` have
 * a decimal sign. Three digits behind a sign that cannot be a group (`0,045`, `1200.000`) could be either, so nobody guesses.
 */
export function readCount(text: string): Result<number, NumberProblem> {
  const written = plainNumber(text)
  const [, whole, separator, sign, part = '0'] = groups.exec(written) ?? []
  if (whole !== undefined && sign !== separator) return ok(Number(`${whole.replace(/[^\d-]/g, '')}.${part}`))
  return decimalOf(written)
}

/** Degrees: nobody groups them, so that a single comma or point is the decimal sign, however many digits follow. */
export function readCoordinate(text: string): Result<number, NumberProblem> {
  const written = plainNumber(text)
  // Tiny numbers of a spreadsheet come as `1e-7`.
  return /^[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?$/i.test(written) ? ok(Number(written.replace(',', '.'))) : fail(problemOf(written))
}

/** What may have parts (money, tonnes): as a program writes it, or as people do where it can be read in one way only. */
export function readAmount(text: string): Result<number, NumberProblem> {
  if (String(Number(text)) === text) return Number.isFinite(Number(text)) ? ok(Number(text)) : fail('not-a-number')
  const written = plainNumber(text)
  const [, , , sign] = groups.exec(written) ?? []
  if (sign === undefined && /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(written)) return fail('number-unclear')
  return readCount(written)
}

function decimalOf(text: string): Result<number, NumberProblem> {
  const [found, parts] = decimal.exec(text) ?? []
  if (found === undefined || parts?.length === 3) return fail(problemOf(text))
  return ok(asShown(Number(found.replace(',', '.'))))
}

/** Programs reckon with more digits than the fifteen that spreadsheets show: what is shown as 57 may stand in the file as 56.999999999999993. */
function asShown(value: number): number {
  return Number(value.toPrecision(15))
}

/** What begins and ends with a digit and has nothing else but separators was meant as a number. */
function problemOf(text: string): NumberProblem {
  return /^[+-]?\d[\d.,'’٬\s]*$/.test(text) ? 'number-unclear' : 'not-a-number'
}

/** In Latin digits; behind the Arabic decimal sign three digits are no thousands, as a zero behind them says. */
function plainNumber(text: string): string {
  return inPlainSigns(text).replace(/^−/, '-').replace(/٫(\d{3})$/, '.$10').replaceAll('٫', '.')
}
