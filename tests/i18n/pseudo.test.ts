import { describe, expect, it } from 'vitest'
import { languageLoader } from '#app/language-loader.ts'
import { loadLanguage } from '#i18n/load.ts'
import { pseudoLanguage, pseudoMessage } from '#i18n/pseudo.ts'
import { createTranslator } from '#i18n/translate.ts'

describe('the pseudo-language', () => {
  it('[IN10] accents the words, and leaves values and plural forms as they are', () => {
    const message = pseudoMessage('Sending {photos, plural, one {# photo} other {# photos}} to {name}, {size, number} in all')
    const say = createTranslator('en', { message })
    expect(say('message', { photos: 1, name: 'Ruth', size: 1234 })).toBe('Šééññðííññĝ 1 pĥóóţóó ţóó Ruth, 1,234 ííññ ááļļ')
    expect(say('message', { photos: 3, name: 'Ruth', size: 2 })).toContain('3 pĥóóţóóšš')
  })

  it('[IN10] everything that can be said is in it, and about two fifths longer than English', async () => {
    const english = await loadLanguage('en')
    const pseudo = pseudoLanguage(english)
    for (const [plain, odd] of [[english.messages, pseudo.messages], [await english.further.screens(), await pseudo.further.screens()], [await english.further.desk(), await pseudo.further.desk()]] as const) {
      expect(Object.keys(odd)).toEqual(Object.keys(plain))
      const [before, after] = [plain, odd].map((texts) => Object.values<string>(texts).join('').length)
      expect((after ?? 0) / (before ?? 1)).toBeGreaterThan(1.3)
      expect((after ?? 0) / (before ?? 1)).toBeLessThan(1.5)
    }
    expect(pseudo.labels.topic.HEA).toBe('Ĥééááļţĥ')
    expect((await pseudo.further.labels()).trend.same).toBe('Ţĥéé ššááméé')
  })

  it('[IN10] it is spoken where a developer asks for it, and nowhere else', async () => {
    expect((await (await languageLoader('?lang=pseudo'))('fr')).messages['home.record']).toBe('Ŕééçóóŕð')
    expect((await (await languageLoader('?lang=fr'))('fr')).messages['home.record']).toBe('Noter')
  })
})
