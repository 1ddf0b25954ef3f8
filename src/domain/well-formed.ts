/** ECMAScript 2024, in Firefox since 119: ten times faster than a pattern, and every word that is kept is asked about. */
const { isWellFormed: known } = String.prototype as { readonly isWellFormed?: () => boolean }

/** Whether the text holds no half of a letter (a lone surrogate), which has no UTF-8. */
export function isWellFormed(text: string): boolean {
  return known === undefined ? !/\p{Surrogate}/u.test(text) : known.call(text)
}
