/** The likeliest first, and always in the same order. */
export function byScore(a: { readonly id: string; readonly score: number }, b: { readonly id: string; readonly score: number }): number {
  if (a.score !== b.score) return b.score - a.score
  return a.id < b.id ? -1 : 1
}
