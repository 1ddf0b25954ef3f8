import { describe, expect, it } from 'vitest'
import { createDeskWords } from '#coordinator/desk-words.ts'
import { loadDesk, loadLanguage } from '#i18n/load.ts'
import type { Locale } from '#i18n/locale.ts'
import { createSpeech } from '#ui/language/language.tsx'

describe('facts in a row', () => {
  it('[CO307] an Arabic name between words from left to right is isolated, and so is one with a sign that turns what follows', async () => {
    const { dots, list } = await wordsIn('en')
    expect(dots(['Health', 'مخيم الزعتري', '29 November 2026'])).toBe('Health · \u2068مخيم الزعتري\u2069 · 29 November 2026')
    expect(list(['\u202eKajulu', 'Kenya'])).toBe('\u2068\u202eKajulu\u2069, Kenya')
    expect(list(['Kajulu', 'Kenya'])).toBe('Kajulu, Kenya')
  })

  it('[CO307] between words from right to left each part is', async () => {
    const { dots } = await wordsIn('ar')
    expect(dots(['Kajulu', '29'])).toBe('\u2068Kajulu\u2069 · \u206829\u2069')
  })
})

async function wordsIn(locale: Locale): Promise<ReturnType<typeof createDeskWords>> {
  const language = await loadLanguage(locale)
  return createDeskWords(createSpeech(language), await loadDesk(language))
}
