import type { Locale } from '#i18n/locale.ts'

/** A length of time as a player shows it: "0:07", in the digits of the language. */
export function clockWords(locale: Locale, seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const number = new Intl.NumberFormat(locale, { useGrouping: false })
  const twoDigits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 })
  return `${number.format(Math.floor(whole / 60))}:${twoDigits.format(whole % 60)}`
}
