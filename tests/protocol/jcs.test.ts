import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '#protocol/jcs.ts'
import { vectors } from '../support/vectors.ts'

describe('canonical JSON', () => {
  it.each(vectors.jcs)('[PR1] $canonical is the one form of its value', ({ value, canonical }) => {
    expect(canonicalJson(value)).toBe(canonical)
  })

  it('[PR1] keys are sorted by UTF-16 code units, as the example of RFC 8785 is', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toHaveLength(7)
    expect([...canonicalJson(value).matchAll(/:(\d)/g)].map(([, n]) => n).join('')).toBe('2467153')
  })

  it('[PR1] any JSON value comes back as it was, and in one form whatever the order of its keys', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value))
    }))
  })

  it('[PR1] what many other objects were like before makes no difference', () => {
    const expected: string[] = []
    const told: string[] = []
    for (let n = 0; n < 600; n += 1) {
      const [first, second] = [`x${n}`, `"a\u00e9${n % 7}`]
      told.push(canonicalJson({ [first]: n, [second]: { b: 1, a: [n] } }), canonicalJson({ [second]: null, [first]: undefined }))
      expected.push(`{${JSON.stringify(second)}:{"a":[${n}],"b":1},"${first}":${n}}`, `{${JSON.stringify(second)}:null}`)
    }
    expect(told).toEqual(expected)
  })

  it.each([['a lone surrogate', 'a\uD800'], ['a surrogate in a key', { '\uDC00': 1 }], ['no number', Number.NaN], ['infinity', 1 / 0], ['a function', () => 1], ['undefined in a list', [undefined]], ['a big integer', 1n]])('[PR2] %s has no form', (_what, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).toReversed().map(([key, member]) => [key, reversed(member)]))
}
