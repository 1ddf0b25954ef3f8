import * as v from 'valibot'
import { isWellFormed } from '#domain/well-formed.ts'

/** No half of a letter (a lone surrogate has no UTF-8) and no U+0000, which is a letter of no language and which PostgreSQL keeps in no text. */
export function isPlainText(text: string): boolean {
  return isWellFormed(text) && !text.includes('\u0000')
}

/** The same in a schema, for words that people write. */
export const plainText = v.check<string, 'no-text'>(isPlainText, 'no-text')
