import { directionOf } from '#i18n/direction.ts'
import type { Locale } from '#i18n/locale.ts'

/** Letters that are read from right to left, and signs that turn what comes after them. */
const turns = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2068\ufb1d-\ufdff\ufe70-\ufefc]/u

/**
 * What somebody wrote, to stand among other words. Between right-to-left words a Latin name would pull the number or the full stop beside it to
 * its own side, and between others an Arabic one: such a part is isolated (U+2068, U+2069).
 */
export function apart(locale: Locale, part: string): string {
  return directionOf(locale) === 'rtl' || turns.test(part) ? `\u2068${part}\u2069` : part
}
