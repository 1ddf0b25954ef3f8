import * as v from 'valibot'

/** Words that people write beside entries. U+0000 is no letter of any language, and PostgreSQL keeps none in a text. */
export const plainText = v.check<string, 'no-text'>((text) => !text.includes('\u0000'), 'no-text')
