/**
 * The value with its text made well-formed: a lone surrogate (half of an emoji, cut by a keyboard) becomes U+FFFD, U+0000
 * goes. Hashes and databases take neither. By pattern, because Firefox 114 has no toWellFormed.
 */
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return wellFormedText(value)
  if (Array.isArray(value)) return value.map(wellFormed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[wellFormedText(key), wellFormed(member)]])))
}

export function wellFormedText(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\u0000', '')
}
