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

/** Names of fields as they are written, with their colon: there are only so many (capped all the same, since whoever sends may name them as they like). */
const names = new Map<string, string>()
const [mostNames, longestName] = [1000, 64]

function canonicalName(key: string): string {
  const known = names.get(key)
  if (known !== undefined) return known
  const name = `${canonicalString(key)}:`
  if (names.size < mostNames && key.length <= longestName) names.set(key, name)
  return name
}

/** Keys whose value is undefined are left out, as JSON.stringify does. */
function canonicalObject(value: object): string {
  const given = value as Readonly<Record<string, unknown>>
  let members = ''
  // Without a comparison of our own, `sort` compares strings by their code units.
  for (const key of Object.keys(given).sort()) if (given[key] !== undefined) members += `${members === '' ? '' : ','}${canonicalName(key)}${canonicalJson(given[key])}`
  return `{${members}}`
}
