import { loadLanguage } from '#i18n/load.ts'
import type { Language } from '#i18n/load.ts'
import type { Locale } from '#i18n/locale.ts'

/** How this page loads languages. In development `?lang=pseudo` speaks the pseudo-language whatever is chosen; the built app knows nothing of it. */
export async function languageLoader(search: string): Promise<(locale: Locale) => Promise<Language>> {
  if (!import.meta.env.DEV || new URLSearchParams(search).get('lang') !== 'pseudo') return loadLanguage
  const { pseudoLanguage } = await import('#i18n/pseudo.ts')
  return async () => pseudoLanguage(await loadLanguage('en'))
}
