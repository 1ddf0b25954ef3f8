import { createProblem, problemStatus } from '#protocol/problem.ts'
import type { Problem, ProblemCode } from '#protocol/problem.ts'
import { ActorChanged } from '#server/store/actor-changed.ts'
import { isUnavailable } from '#server/store/unavailable.ts'

/** Thrown by a route and turned into problem+json by the one error handler. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(code: ProblemCode, details: Parameters<typeof createProblem>[1] = {}) {
    super(code)
    this.problem = createProblem(code, details)
  }
}

const codeByStatus: ReadonlyMap<number, ProblemCode> = new Map([
  [400, 'malformed-request'], [401, 'no-session'], [403, 'forbidden'], [404, 'not-found'], [405, 'method-not-allowed'],
  [406, 'not-acceptable'], [408, 'request-timeout'], [409, 'upload-conflict'], [410, 'upload-gone'], [411, 'length-required'],
  [412, 'precondition-failed'], [413, 'too-large'], [414, 'malformed-request'], [415, 'unsupported-media-type'],
  [417, 'expectation-failed'], [422, 'invalid'], [429, 'too-many-requests'], [431, 'headers-too-large'], [503, 'unavailable'],
])

const codeByFrameworkCode: ReadonlyMap<string, ProblemCode> = new Map([
  ['FST_ERR_CTP_INVALID_JSON_BODY', 'malformed-json'],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', 'malformed-json'],
])

/** The problem that an error of the framework, a plugin or a route means to the client; `internal` when it is our own fault. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  if (isUnavailable(error) || error instanceof ActorChanged) return createProblem('unavailable')
  const { code, statusCode } = (typeof error === 'object' && error !== null ? error : {}) as { readonly code?: unknown; readonly statusCode?: unknown }
  const known = typeof code === 'string' ? codeByFrameworkCode.get(code) : undefined
  const byStatus = typeof statusCode === 'number' ? codeByStatus.get(statusCode) : undefined
  const clientFault = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
  return createProblem(known ?? byStatus ?? (clientFault ? 'malformed-request' : 'internal'))
}

export function problemOfStatus(status: number): Problem {
  return createProblem(codeByStatus.get(status) ?? (status < 500 ? 'malformed-request' : 'internal'))
}

/** So long a phone waits at least when the database or the storage is away. */
const retryAfterS = 5

export function waitHeaders(status: number): Readonly<Record<string, string>> {
  return status === problemStatus.unavailable ? { 'retry-after': String(retryAfterS) } : {}
}

export const problemType = 'application/problem+json; charset=utf-8'
export const problemStatuses = problemStatus
