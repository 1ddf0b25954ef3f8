import * as v from 'valibot'
import type { FetchResponse } from '#device/device-ground.ts'
import { answeredBy } from '#device/sync/answered-by.ts'
import type { HttpProblem } from '#device/sync/http.ts'
import { problemSchema } from '#protocol/problem.ts'

/** Reads JSON that fits a wire schema. */
export function readJson<Schema extends v.GenericSchema>(schema: Schema): (response: FetchResponse, text: string) => v.InferOutput<Schema> | null {
  return (_, text) => parsed(schema, text)
}

/** What an answer that is no success says: by our server, or by something on the way. */
export function readProblem({ status, headers }: FetchResponse, text: string): HttpProblem {
  const problem = parsed(problemSchema, text)
  const retryAfterS = problem?.retryAfterS ?? Number(headers.get('retry-after') ?? Number.NaN)
  const retry = Number.isFinite(retryAfterS) ? { retryAfterMs: retryAfterS * 1000 } : {}
  if (problem === null) return { kind: 'unreachable', code: `http-${status}`, ...answeredBy({ code: `http-${status}` }), status, isOurs: false, ...retry }
  const { code, epoch, restoredSeq } = problem
  return { kind: status >= 500 ? 'unreachable' : 'refused', code, status, isOurs: true, epoch, restoredSeq, ...retry }
}

function parsed<Schema extends v.GenericSchema>(schema: Schema, text: string): v.InferOutput<Schema> | null {
  try {
    const result = v.safeParse(schema, JSON.parse(text))
    return result.success ? result.output : null
  } catch {
    return null
  }
}
