import { describe, expect, it } from 'vitest'
import { countRecords } from '#coordinator/data/csv-records.ts'
import { areaNames, facetText, noNames } from '#coordinator/queue/facet-words.ts'
import { spansOf } from '#coordinator/people/missing-spans.ts'
import { shownParts } from '#coordinator/queue/window-parts.ts'
import { addressFromSearch, filterFromAddress, searchFromAddress, withoutFilters, withView } from '#coordinator/queue/queue-address.ts'
import { otherValueOf } from '#coordinator/review/other-value.ts'
import { keyNameOf } from '#coordinator/shell/keys.ts'
import { createTimeWords } from '#coordinator/time-words.ts'
import { valueText } from '#coordinator/value-text.ts'

const aKey = (key: string, target: EventTarget | null = null, ctrlKey = false) => ({ key, code: '', target, ctrlKey, metaKey: false, altKey: false })

describe('the address of the queue', () => {
  it('[CO1] reading an address and writing it gives the same address', () => {
    for (const search of ['', 'view=approved', 'view=all&kind=action&state=hasIssues&state=edited&topic=WSH&q=dlo+pwop&sort=severity', 'view=conflicts&organisation=Fanm%2C+Vanyan&author=a&device=d&photo=yes&warning=personal-phone&sort=waiting']) expect(searchFromAddress(addressFromSearch(search))).toBe(search)
  })

  it('[CO1] what an address does not know is left out', () => {
    expect(searchFromAddress(addressFromSearch('?view=moon&sort=size&other=1'))).toBe('')
  })

  it('[CO2] the request holds the states of the view, and only what was chosen', () => {
    const address = addressFromSearch('severity=4&severity=5&q=dlo')
    expect(filterFromAddress(address)).toEqual({ state: ['received', 'edited'], severity: ['4', '5'], q: 'dlo', sort: 'oldest', limit: 50 })
    expect(filterFromAddress(withView(withoutFilters(address), 'all'))).toEqual({ sort: 'oldest', limit: 50 })
    expect(filterFromAddress(addressFromSearch('view=answered&topic=EDU'))).toEqual({ state: ['received', 'edited', 'hasIssues'], question: ['answered'], topic: ['EDU'], sort: 'oldest', limit: 50 })
  })
})

describe('a value that neither of two people wrote', () => {
  it('[CO309] a count is understood in the digits that the keyboard has and with signs between its thousands, degrees with any sign before their parts', () => {
    const count = { kind: 'number' } as const
    expect(['٤٠', '1,200', '१२', ' 7 '].map((text) => otherValueOf('affectedMin', text, count))).toEqual([40, 1200, 12, 7])
    expect(['1.5', '-4', 'some', ' '].map((text) => otherValueOf('affectedMin', text, count))).toEqual(Array.from({ length: 4 }))
    expect(['٣٣٫٥١٣', '18.542', '-18,542', '91'].map((text) => otherValueOf('lat', text, count))).toEqual([33.513, 18.542, -18.542, undefined])
  })
})

describe('the filters of the queue', () => {
  it.each(['constructor', '__proto__', 'toString'])('[IN21] a region that somebody calls %s is called so, and so is a phone that nobody knows', (code) => {
    const words = { say: (key: string) => key } as never
    expect([facetText('adm1', code, { words, names: noNames }), facetText('device', code, { words, names: noNames })]).toEqual([code, 'facetCode.unknown'])
  })
})

describe('the regions of the campaign among the filters', () => {
  it('[CO254] are called as the map calls them, in the language of the desk where the list has a name in it', () => {
    const campaign = { areas: [{ code: 'HT01', name: 'Ouest', names: { ar: 'غرب' }, country: 'HTI' }, { code: 'HT03', name: 'Nord', country: 'HTI' }] }
    expect(areaNames(campaign, 'ar')).toEqual({ HT01: 'غرب', HT03: 'Nord' })
    expect(areaNames(campaign, 'fr')).toEqual({ HT01: 'Ouest', HT03: 'Nord' })
  })
})

describe('a long list', () => {
  const ids = Array.from({ length: 50_000 }, (_, n) => `e${n}`)
  const drawn = (seen: { readonly from: number; readonly to: number } | null, kept: readonly string[] = []) => shownParts({ ids, kept: new Set(kept), seen, heightOf: (id) => (id === 'e0' ? 100 : 50) })

  it('[CO75] draws what is in sight, and gaps as high as the rows that they stand for', () => {
    const parts = drawn({ from: 100_000, to: 100_500 })
    expect(parts.filter(({ kind }) => kind === 'row').map(({ index }) => index)).toEqual([1999, 2000, 2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008])
    expect(parts.filter((part) => part.kind === 'gap')).toEqual([{ kind: 'gap', index: 0, height: 100 + 1998 * 50 - 0 }, { kind: 'gap', index: 2009, height: 47_991 * 50 }])
  })

  it('[CO75] keeps the row that is read and the one with the focus, wherever they are', () => {
    const parts = drawn({ from: 0, to: 100 }, ['e300', 'e49999'])
    expect(parts.map(({ kind, index }) => `${kind} ${index}`)).toEqual(['row 0', 'gap 1', 'row 300', 'gap 301', 'row 49999'])
    expect(drawn(null)).toHaveLength(50_000)
  })
})

describe('keys', () => {
  it('[CO9] letters are keys outside of fields and without modifiers', () => {
    expect(keyNameOf(aKey('A'))).toBe('a')
    expect(keyNameOf(aKey('y'))).toBeNull()
    expect(keyNameOf(aKey('a', document.createElement('textarea')))).toBeNull()
    expect(keyNameOf(aKey('a', null, true))).toBeNull()
    expect(keyNameOf(aKey('Enter', document.createElement('input'), true))).toBe('decide')
    expect(keyNameOf(aKey('Enter', document.createElement('button')))).toBeNull()
  })

  it('[CO340] on a board of another script the key counts on which the Latin letter stands', () => {
    const pressed = (key: string, code: string, target: EventTarget | null = null) => keyNameOf({ ...aKey(key, target), code })
    expect(['о', 'О', 'ф', 'я'].map((key, index) => pressed(key, ['KeyJ', 'KeyJ', 'KeyA', 'KeyZ'][index] ?? ''))).toEqual(['j', 'j', 'a', 'z'])
    expect([pressed('ت', 'KeyJ'), pressed('،', 'KeyK'), pressed('ْ', 'KeyX'), pressed('لا', 'KeyB'), pressed('ظ', 'Slash'), pressed('؟', 'Slash')]).toEqual(['j', 'k', 'x', 'b', '/', '?'])
    expect([pressed('ش', 'KeyA', document.createElement('textarea')), pressed('ж', 'Semicolon'), pressed('ñ', 'Semicolon')]).toEqual([null, null, null])
    // Where the letters of a Latin board stand elsewhere, what stands on the key counts.
    expect(pressed('q', 'KeyA')).toBe('q')
  })
})

describe('small things', () => {
  it('[CO14] numbers without a gap are one span', () => {
    expect(spansOf([43, 41, 42, 50, 50])).toEqual([{ from: 41, to: 43 }, { from: 50, to: 50 }])
    expect(spansOf([])).toEqual([])
  })

  it('[CO15] a line break inside quotes makes no record', () => {
    expect(countRecords('\uFEFFa,b\r\n"x\r\ny",z\r\n')).toBe(2)
    expect(countRecords('')).toBe(0)
    expect(countRecords('a\n"say ""hi"""')).toBe(2)
  })

  it('[CO18] values of every shape have words', () => {
    const speech = { label: (_: string, code: string) => `<${code}>`, country: (code: string) => `country ${code}`, area: (code: string) => (code === 'HT-OU' ? 'Ouest' : code), day: (day: string) => `day ${day}`, number: String, list: (items: readonly string[]) => items.join(' + '), unknown: 'not known', yes: 'yes', no: 'no' }
    expect(valueText('need', ['water', 'food'], speech)).toBe('<water> + <food>')
    expect(valueText('reached', 'unknown', speech)).toBe('not known')
    expect(valueText('consentQuote', true, speech)).toBe('yes')
    expect(valueText('country', 'HTI', speech)).toBe('country HTI')
    // [CO807] A code that the campaign's list has lost is shown as it is.
    expect(['adm1Code', 'adm2Code'].map((field) => valueText(field, field === 'adm1Code' ? 'HT-OU' : 'HT-OU-7', speech))).toEqual(['Ouest (HT-OU)', 'HT-OU-7'])
    expect(valueText('startOn', '2026-02-01', speech)).toBe('day 2026-02-01')
    expect(valueText('value', { amount: 120, currency: 'EUR' }, speech)).toBe('120 EUR')
    expect(valueText('output', [{ item: 'boxes', quantity: 30, unit: 'kg' }], speech)).toBe('30 kg boxes')
    expect(valueText('affectedSadd', { f: { '5_17': 12 }, m: { '5_17': 'unknown' } }, speech)).toBe('<f> <5_17>: 12 + <m> <5_17>: not known')
    expect(valueText('weather', { sky: 'grey' }, speech)).toBe('{"sky":"grey"}')
  })

  it('[CO19] spans and ages follow the language', () => {
    const now = Date.parse('2026-03-02T12:00:00Z')
    expect(createTimeWords('en').age('2026-03-02T07:30:00Z', now)).toBe('4h')
    expect(createTimeWords('fr').span(3 * 86_400_000)).toBe('3\u00A0jours')
    expect(createTimeWords('ar').age('2026-02-28T12:00:00Z', now)).toContain('يوم')
  })
})
