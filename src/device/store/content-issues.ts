import * as v from 'valibot'
import { entryContentSchema } from '#domain/entry.ts'
import type { EntryContent, Kind } from '#domain/entry.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'

/** The field where a person mends what holds across fields, by the code of the schema's check. */
const fieldByCheck: Readonly<Record<string, string>> = {
  'words-or-voice': 'description',
  'place': 'placeName',
  'consent-quote': 'consentQuote',
  'consent-photo': 'consentPhoto',
  'min-max': 'affectedMax',
  'start-end': 'endOn',
  'reached-status': 'reached',
  'completed-end': 'endOn',
}

/** The content if it may be saved, else the fields that stand in the way, each once. */
export function completeContent(content: { readonly kind: Kind }): Result<EntryContent, readonly string[]> {
  const parsed = v.safeParse(entryContentSchema.options[content.kind === 'challenge' ? 0 : 1], content)
  if (parsed.success) return ok(parsed.output)
  const fields = parsed.issues.map((issue) => {
    const key = issue.path?.[0]?.key
    return typeof key === 'string' ? key : (fieldByCheck[issue.message] ?? issue.message)
  })
  return fail([...new Set(fields)])
}
