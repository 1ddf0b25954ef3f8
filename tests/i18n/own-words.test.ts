import { describe, expect, it } from 'vitest'
import { ownValue } from '#domain/own-value.ts'
import { listOfField } from '#i18n/field-lists.ts'
import { labelOf } from '#i18n/labels.ts'
import { loadDesk, loadLanguage } from '#i18n/load.ts'

const { labels } = await loadDesk(await loadLanguage('en'))
/** What every object answers to without holding it. */
const inherited = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', '__proto__', '__defineGetter__']

describe('words that an object has for itself', () => {
  it.each(inherited)('[IN21] who writes %s where a code may stand reads just that', (word) => {
    expect([labelOf(labels, 'quoteRole', word), labelOf(labels, 'field', word), listOfField(word), ownValue({ a: 1 }, word)]).toEqual([word, word, null, undefined])
  })

  it('[IN21] a code of the list has its label, and one that is in the table under such a name is found', () => {
    expect([labelOf(labels, 'quoteRole', 'mother'), listOfField('quoteRole')]).toEqual([labels.quoteRole.mother, 'quoteRole'])
    expect(ownValue(Object.fromEntries([['constructor', 'an area']]), 'constructor')).toBe('an area')
  })
})
