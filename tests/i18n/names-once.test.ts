import { describe, expect, it } from 'vitest'
import { namesOf, valuesOf } from '../../scripts/bundle/names-once.mjs'
import { loadLanguage, loadScreens } from '#i18n/load.ts'
import type { Messages, ScreenMessages } from '#i18n/load.ts'
import type { Labels } from '#i18n/labels.ts'
import { locales } from '#i18n/locale.ts'
import { named } from '#i18n/named.ts'

interface OnPhone {
  readonly messages: Messages
  readonly screens: ScreenMessages
  readonly labels: Labels
}

async function onPhoneIn(locale: (typeof locales)[number]): Promise<OnPhone> {
  const language = await loadLanguage(locale)
  const { messages: screens, labels } = await loadScreens(language)
  return { messages: language.messages, screens, labels }
}

const names = namesOf({ ...(await onPhoneIn('en')) })

describe('the names of what a language says', () => {
  it.each(locales)('[IN23] what was taken apart in %s is the same again', async (locale) => {
    const said = await onPhoneIn(locale)
    const values = valuesOf({ ...said }, names)
    expect(JSON.stringify(values)).not.toContain('record.topic.hint')
    expect(named(names, values)).toEqual(said)
  })

  it('[IN23] the order in which a language writes them does not matter, and what is parsed is one value', () => {
    const parsed = [{ type: 0, value: 'Trouvé' }]
    const here = namesOf({ one: 'One', two: { a: 'A', b: 'B' } })
    expect(here).toEqual(['one', ['two', ['a', 'b']]])
    expect(valuesOf({ two: { b: 'Bé', a: 'Â' }, one: parsed }, here)).toEqual([parsed, ['Â', 'Bé']])
    expect(named(here, [parsed, ['Â', 'Bé']])).toEqual({ one: parsed, two: { a: 'Â', b: 'Bé' } })
  })

  it('[IN23] a name that is missing, one more or a table where English has a text ends the build: words would come to stand under another name', () => {
    const here = namesOf({ one: 'One', two: { a: 'A' } })
    expect(() => valuesOf({ one: 'Un' }, here)).toThrow('1 names where English has 2')
    expect(() => valuesOf({ one: 'Un', two: { a: 'Â' }, three: 'Trois' }, here)).toThrow('3 names where English has 2')
    expect(() => valuesOf({ one: 'Un', deux: { a: 'Â' } }, here)).toThrow('no two as English has it')
    expect(() => valuesOf({ one: { a: 'Un' }, two: { a: 'Â' } }, here)).toThrow('no one as English has it')
    expect(() => valuesOf({ one: 'Un', two: { constructor: 'Â' } }, namesOf({ one: 'One', two: { toString: 'A' } }))).toThrow('no toString as English has it')
  })
})
