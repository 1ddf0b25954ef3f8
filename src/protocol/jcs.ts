import { isWellFormed } from '#domain/well-formed.ts'

/**
 * JSON Canonicalization Scheme, RFC 8785: keys sorted by UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them. Throws on what JSON cannot hold (undefined inside arrays, functions, non-finite numbers, lone surrogates).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (typeof value === 'string') return canonicalString(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object') return canonicalObject(value)
  throw new TypeError(`JSON holds no ${typeof value}`)
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('JSON holds no such number')
  return JSON.stringify(value)
}

/** Printable signs of ASCII but the two that JSON escapes: most words and all codes are written as they are. */
const plain = /^[ !#-[\]-~]*$/

function canonicalString(value: string): string {
  if (plain.test(value)) return `"${value}"`
  if (!isWellFormed(value)) throw new TypeError('RFC 8785 refuses lone surrogates')
  return JSON.stringify(value)
}

/** How objects with these keys, given in this order, are written: in the order of JCS, each name with its colon, and with the comma before it. */
interface Shape {
  readonly keys: readonly string[]
  readonly sorted: readonly { readonly key: string; readonly first: string; readonly next: string }[]
}

/** By their number of keys. Objects are made alike, so there are only so many (capped all the same, since whoever sends may name fields as they like). */
const shapes = new Map<number, readonly Shape[]>()
const [mostShapes, mostKeys, longestKey] = [200, 80, 64]
let kept = 0

function shapeOf(keys: readonly string[]): Shape {
  const alike = shapes.get(keys.length) ?? []
  for (const shape of alike) if (isSameList(shape.keys, keys)) return shape
  // Without a comparison of our own, `toSorted` compares strings by their code units.
  const sorted = keys.toSorted().map((key) => ({ key, first: `${canonicalString(key)}:`, next: `,${canonicalString(key)}:` }))
  const shape = { keys, sorted }
  if (kept < mostShapes && keys.length <= mostKeys && keys.every(({ length }) => length <= longestKey)) {
    kept += 1
    shapes.set(keys.length, [...alike, shape])
  }
  return shape
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false
  return true
}

/** Keys whose value is undefined are left out, as JSON.stringify does. */
function canonicalObject(value: object): string {
  const given = value as Readonly<Record<string, unknown>>
  let members = ''
  for (const { key, first, next } of shapeOf(Object.keys(given)).sorted) {
    const inner = given[key]
    if (inner !== undefined) members += (members === '' ? first : next) + canonicalJson(inner)
  }
  return `{${members}}`
}
