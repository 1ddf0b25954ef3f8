import { attributeOf } from '#exchange/xlsx-markup.ts'

/** The styles of a workbook by which a date shows no day, by their number in its list of styles of cells. */
export type CoarseStyles = ReadonlyMap<string, 'month' | 'year'>

/** `mmm-yy`, which Excel itself gives to what is typed as “March 2026”, and the forms of year and month that it has for Chinese. */
const builtIn: Readonly<Record<string, string>> = { 17: 'mmm-yy', 27: 'yyyymm', 36: 'yyyymm', 50: 'yyyymm', 52: 'yyyymm', 57: 'yyyymm' }

export function coarseStyles(styles: string): CoarseStyles {
  const own = new Map([...styles.matchAll(/<(?:\w{1,9}:)?numFmt\s[^<>]*>/g)].map(([format]) => [attributeOf(format, 'numFmtId') ?? '', attributeOf(format, 'formatCode') ?? ''] as const))
  const [cells = ''] = xfsOfCells.exec(styles) ?? []
  return new Map([...cells.matchAll(/<(?:\w{1,9}:)?xf\b[^<>]*>/g)].flatMap(([style], index) => {
    const format = attributeOf(style, 'numFmtId') ?? ''
    const shown = shownBy(own.get(format) ?? builtIn[format] ?? '')
    return shown === null ? [] : [[String(index), shown] as const]
  }))
}

export const xfsOfCells = /<(?:\w{1,9}:)?cellXfs[\s>].*?<\/(?:\w{1,9}:)?cellXfs>/s

/** By the letters that stand for parts of a date, whatever is written between them: words in quotation marks, signs behind a backslash, a language in brackets. */
function shownBy(format: string): 'month' | 'year' | null {
  const [code = ''] = format.replaceAll(/&quot;.*?(?:&quot;|$)|"[^"]*"|\\.|\[[^\]]*\]|[_*]./g, '').split(';')
  const letters = code.toLowerCase()
  if (!/[ye]/.test(letters) || /[dhsgb0#?@]|general/.test(letters)) return null
  return letters.includes('m') ? 'month' : 'year'
}

const dayLength = 86_400_000

/** Null for a number that is not the first day of what is shown: somebody knew the day, though it does not show. */
export function coarseDay(serial: number, shown: 'month' | 'year', isFrom1904: boolean): string | null {
  const at = new Date(Date.UTC(isFrom1904 ? 1904 : 1899, isFrom1904 ? 0 : 11, isFrom1904 ? 1 : 30) + serial * dayLength)
  const day = Number.isNaN(at.getTime()) ? '' : at.toISOString()
  if (shown === 'month') return /^\d{4}-\d{2}-01T00:00:00/.test(day) ? day.slice(0, 7) : null
  return /^\d{4}-01-01T00:00:00/.test(day) ? day.slice(0, 4) : null
}
