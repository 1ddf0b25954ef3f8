/** The languages that are complete: those of the United Nations. Chinese is written in simplified characters. */
export const locales = ['en', 'fr', 'es', 'ar', 'ru', 'zh'] as const
export type Locale = (typeof locales)[number]

/** Each language in its own words, for people who cannot read the one that is on. */
export const ownNames: Readonly<Record<Locale, string>> = { en: 'English', fr: 'Français', es: 'Español', ar: 'العربية', ru: 'Русский', zh: '中文' }

/** Languages that people write in although the screens do not speak them yet. */
export const writtenLanguages: readonly string[] = ['pt', 'ht', 'sw', 'ha', 'am', 'so', 'fa', 'ur', 'hi', 'bn', 'id', 'tr', 'uk', 'mg', 'bm', 'ln', 'rw', 'wo']

export function isLocale(text: unknown): text is Locale {
  return locales.some((locale) => locale === text)
}

/** The first wanted language (BCP 47, or the `fr_CA` of some systems; most wanted first) that is complete; English when there is none. */
export function pickLocale(wanted: readonly string[]): Locale {
  const found = wanted.map((tag) => tag.toLowerCase().split(/[-_]/)[0]).find(isLocale)
  return found ?? 'en'
}
