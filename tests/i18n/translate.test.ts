import { parse } from '@formatjs/icu-messageformat-parser'
import { describe, expect, it } from 'vitest'
import type { Locale } from '#i18n/locale.ts'
import { createTranslator } from '#i18n/translate.ts'
import type { Values } from '#i18n/translate.ts'

describe('a message', () => {
  it('[IN12] has its values put in as they are, and its numbers as the language writes them', () => {
    expect(said('en', 'Kept as {name}, {count, number} of {all}', { name: 'a {b}', count: 12_345.6, all: 12_345 })).toBe('Kept as a {b}, 12,345.6 of 12345')
    expect(said('ru', '{count, number}', { count: 12_345.6 })).toBe('12\u00A0345,6')
    expect(said('fr', '{count, number}', { count: 1234 })).toBe('1\u202F234')
  })

  it('[IN12] takes the exact form before that of the language, and counts on from an offset', () => {
    const message = '{n, plural, offset:1 =0 {nobody} =1 {{name}} one {{name} and # other} other {{name} and # others}}'
    expect([0, 1, 2, 1002].map((n) => said('en', message, { n, name: 'Ruth' }))).toEqual(['nobody', 'Ruth', 'Ruth and 1 other', 'Ruth and 1,001 others'])
  })

  it('[IN12] says plurals in choices, and choices in plurals', () => {
    const message = '{who, select, me {I have {n, plural, one {# photo} other {# photos}}} other {{n, plural, one {one {who}} other {# of {who}}}}}'
    expect(said('en', message, { who: 'me', n: 2 })).toBe('I have 2 photos')
    expect(said('en', message, { who: 'Awa', n: 1 })).toBe('one Awa')
    expect(said('en', message, { who: 'Awa', n: 3 })).toBe('3 of Awa')
  })

  it('[IN12] quotes what ICU quotes, and keeps signs of markup', () => {
    expect(said('en', "It''s '{'so'}' for <b>{name}</b>", { name: 'Awa' })).toBe("It's {so} for <b>Awa</b>")
  })

  it('[IN12] that lacks a value is a fault, and so is one that says more than we can', () => {
    expect(() => said('en', 'For {name}', {})).toThrow('no value name')
    expect(() => said('en', '{when, date}', { when: 0 })).toThrow('nothing says when')
    expect(() => createTranslator('en', { message: 'For {name' })('message')).toThrow()
  })
})

/** Said from text, as the server and the tests do, and from the parsed message, as the built app does. */
function said(locale: Locale, message: string, values: Values): string {
  const fromText = createTranslator(locale, { message })('message', values)
  const parsed: unknown = parse(message, { ignoreTag: true, captureLocation: false })
  expect(createTranslator(locale, { message: parsed as string })('message', values)).toBe(fromText)
  return fromText
}
