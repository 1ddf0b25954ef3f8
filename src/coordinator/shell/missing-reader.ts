/** The code that reads a chosen file did not come. `opening`: it does not come into this page any more, though the server answers. */
export type MissingReader = { readonly step: 'awaited'; readonly triesLeft: number; readonly missing: { readonly kind: 'unreachable' } } | { readonly step: 'opening' }

/** Twice behind an answer of the server: the first may have been on its way when that went. */
export const readerTries = 2

export function missingReader(triesLeft: number): MissingReader {
  return triesLeft > 0 ? { step: 'awaited', triesLeft, missing: { kind: 'unreachable' } } : { step: 'opening' }
}
