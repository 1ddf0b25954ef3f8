import { canonicalJson } from '#protocol/jcs.ts'

/** Carries `CHALLENGE.SIG`: a challenge of `GET /session/challenge`, and the signature of `actText` by the key of the session's device. */
export const proofHeader = 'x-terrain-proof'

export interface ProvedAct {
  readonly method: string
  /** Below the prefix of the interface, with its query. */
  readonly path: string
  /** As JSON; null where there is none. */
  readonly body: unknown
}

/** What a device signs to do this one act, once. */
export function actText(challenge: string, deviceId: string, { method, path, body }: ProvedAct): string {
  return `terrain-act:${challenge}:${deviceId}:${method} ${path} ${canonicalJson(body ?? null)}`
}
