import * as v from 'valibot'

/**
 * Every problem that leaves the server, as RFC 9457 problem+json with a stable code. Clients branch on `code` alone.
 * A code is never given another meaning; one that is no longer sent moves to `retiredProblemCodes`.
 */
export const problemStatus = {
  'malformed-request': 400,
  'malformed-json': 400,
  'no-session': 401,
  'bad-signature': 401,
  'device-revoked': 403,
  'forbidden': 403,
  'cross-site': 403,
  'invite-invalid': 403,
  'proof-needed': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'request-timeout': 408,
  'epoch-changed': 409,
  'device-key-differs': 409,
  'upload-conflict': 409,
  'upload-gone': 410,
  'length-required': 411,
  'precondition-failed': 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  'expectation-failed': 417,
  'invalid': 422,
  'hash-differs': 422,
  'bundle-broken': 422,
  'bundle-foreign': 422,
  'bundle-newer': 422,
  'too-many-requests': 429,
  'headers-too-large': 431,
  'internal': 500,
  'unavailable': 503,
} as const

export type ProblemCode = keyof typeof problemStatus
export const retiredProblemCodes: readonly string[] = []

/** Why one pushed change was quarantined; travels in its result and is shown on the desk. */
export const quarantineReasons = ['invalid', 'forbidden', 'newer-version', 'bad-seal', 'revoked-device', 'unparseable', 'too-large', 'unknown-entry', 'content-differs'] as const
export type QuarantineReason = (typeof quarantineReasons)[number]

export const problemSchema = v.looseObject({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.string(),
  detail: v.optional(v.string()),
  /** With `epoch-changed`. */
  epoch: v.optional(v.string()),
  restoredSeq: v.optional(v.number()),
  /** Where the input does not fit, as JSON pointers; never the input itself. */
  at: v.optional(v.array(v.string())),
  retryAfterS: v.optional(v.number()),
})
export type Problem = v.InferOutput<typeof problemSchema>

/** The problem as it leaves the server. `detail` is for developers; people read the catalogue's words for the code. */
export function createProblem(code: ProblemCode, details: Omit<Partial<Problem>, 'code' | 'status' | 'type'> = {}): Problem {
  return { type: `/problems/${code}`, title: code.replaceAll('-', ' '), status: problemStatus[code], code, ...details }
}
