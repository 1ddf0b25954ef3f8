import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foundIn, isSought, searchableWords, soughtWords, wordsIn } from '#domain/words.ts'

const textsOf = (text: string) => wordsIn(text).map(({ text: word }) => word)
const marked = (text: string, query: string) => foundIn(text, soughtWords(query)).map(({ start, end }) => text.slice(start, end))

describe('words as a search compares them', () => {
  it('[DO60] case, diacritics, ligatures and digits of other scripts make no difference', () => {
    expect(textsOf('L’École ÉTAIT œuvre Straße İstanbul Ёлка ﬁn')).toEqual(['l', 'ecole', 'etait', 'oeuvre', 'strasse', 'istanbul', 'елка', 'fin'])
    expect(textsOf('٣٤ ۵۶ १२ ১২ １２')).toEqual(['34', '56', '12', '12', '12'])
  })

  it('[DO60] Arabic has one form of alef, ya, kaf and ta marbuta, and neither vowel signs nor tatweel', () => {
    expect(textsOf('المَدْرَسَةُ إلى أبـريل کتاب یوم')).toEqual(['المدرسه', 'الي', 'ابريل', 'كتاب', 'يوم'])
  })

  it('[DO61] a word with the Arabic article is found with and without it, and nothing is left of two letters', () => {
    expect(searchableWords(['والمدرسة للأطفال الله'])).toBe('والمدرسه مدرسه للاطفال اطفال الله')
    for (const query of ['مدرسة', 'المدرسة', 'بالمدرسة', 'والمدرسة']) expect(soughtWords(query)).toEqual([{ text: 'مدرسه', isWhole: false }])
  })

  it('[DO62] scripts without blanks are compared by pairs of letters, the last one alone', () => {
    expect(textsOf('学校关闭。水')).toEqual(['学校', '校关', '关闭', '闭', '水'])
    expect(soughtWords('学校 水').map(({ text }) => text)).toEqual(['学校', '水'])
    expect(textsOf('โรงเรียน COVID学校')).toEqual(expect.arrayContaining(['covid', '学校']))
  })

  it('[DO63] words are sought by their beginning, a single letter of an alphabet as a whole', () => {
    expect(isSought('schools', soughtWords('school'))).toBe(true)
    expect(isSought('preschool', soughtWords('school'))).toBe(false)
    expect([isSought('a', soughtWords('a')), isSought('ask', soughtWords('a'))]).toEqual([true, false])
    expect(soughtWords('% _ " -')).toEqual([])
    expect(soughtWords(Array.from({ length: 40 }, (_, n) => `word${n}`).join(' '))).toHaveLength(12)
  })

  it('[DO64] what was found stands where the text has it, in order, without overlap', () => {
    expect(marked('L’École est fermée, l’école attend.', 'ecole fermee')).toEqual(['École', 'fermée', 'école'])
    expect(marked('学校已经关闭了', '学校 关闭了')).toEqual(['学校', '关闭了'])
    expect(marked('المدرسةُ مغلقة', 'مدرسه')).toEqual(['المدرسةُ'])
  })

  it('[DO64] whatever the text, places lie inside it and every word of it finds it', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const words = wordsIn(text)
      for (const { start, end } of words) expect(0 <= start && start < end && end <= text.length).toBe(true)
      const index = new Set(searchableWords([text]).split(' '))
      for (const { text: word } of words) expect(index.has(word)).toBe(true)
      for (const { text: sought, isWhole } of soughtWords(text)) expect([...index].some((word) => (isWhole ? word === sought : word.startsWith(sought)))).toBe(true)
      expect(searchableWords([text])).not.toMatch(/[^\p{L}\p{N} ]|^ | {2}/u)
    }))
  })

  it('[DO64] what is searched of a text is what stands in it, whether its words have blanks around them or not', () => {
    const letters = fc.constantFrom(...'aZé09 ,-_ßœ\u0301٣الفكتاب水電ひカไทยລາວខ្មမ🙂ｱ'.split(''), '\u{20000}')
    fc.assert(fc.property(fc.array(letters, { maxLength: 30 }).map((all) => all.join('')), (text) => {
      // A text of that kind behind it makes the words be looked for one by one.
      const apart = searchableWords([`${text} 水`]).split(' ').filter((word) => word !== '水')
      const alone = searchableWords([text]).split(' ').filter((word) => word !== '' && word !== '水')
      expect(alone).toEqual(apart)
      for (const word of textsOf(text)) expect(searchableWords([text]).split(' ')).toContain(word)
    }), { numRuns: 2000 })
  })

  it('[DO64] a text of basic letters alone is cut and shortened like any other', () => {
    const letters = fc.constantFrom(...'aZ09 ,-_\u0000\n'.split(''), 'x'.repeat(63), 'Y'.repeat(64), '7'.repeat(70))
    fc.assert(fc.property(fc.array(letters, { maxLength: 20 }).map((all) => all.join('')), (text) => {
      // A letter of another kind behind it makes it one of the others.
      const asOther = searchableWords([`${text} é`]).split(' ').filter((word) => word !== 'e')
      expect(searchableWords([text]).split(' ').filter((word) => word !== '')).toEqual(asOther)
      for (const word of textsOf(text)) expect(searchableWords([text]).split(' ')).toContain(word)
    }), { numRuns: 2000 })
  })
})
