import * as v from 'valibot'
import { fieldSchemas } from '#domain/entry.ts'

/** By how many characters a text is longer than its field holds, or the first part of several that is; nought where all of it fits. */
export function tooLongBy(field: string, value: unknown): number {
  const schema = Object.hasOwn(fieldSchemas, field) ? fieldSchemas[field] : undefined
  if (schema === undefined) return 0
  const issue = v.safeParse(schema, value).issues?.find(({ type, input }) => type === 'max_length' && typeof input === 'string')
  return issue === undefined ? 0 : String(issue.input).length - Number(issue.requirement)
}
