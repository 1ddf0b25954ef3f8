import * as v from 'valibot'
import { ProblemError } from '#server/http/problem-error.ts'

/** Parses what came in; a misfit is answered with where it does not fit, never with what it held. */
export function parseInput<Schema extends v.GenericSchema>(schema: Schema, input: unknown): v.InferOutput<Schema> {
  // To gather all that does not fit takes seconds and hundreds of megabytes for a body of brackets, which anybody may send.
  const parsed = v.safeParse(schema, input, { abortEarly: true })
  if (parsed.success) return parsed.output
  throw new ProblemError('malformed-request', { at: parsed.issues.map(pointerOf) })
}

function pointerOf(issue: v.BaseIssue<unknown>): string {
  return `/${(issue.path ?? []).map((item) => String(item.key).slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`
}
