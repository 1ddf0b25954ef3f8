import { fail } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { DeviceCrypto } from '#device/device-ground.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import type { Http, HttpProblem } from '#device/sync/http.ts'

/** Runs a call; when the session has ended, renews it by the device's key and runs the call once more. */
export type InSession = <Value, Problem extends SessionEnd>(call: () => Promise<Result<Value, Problem>>) => Promise<Result<Value, Problem | HttpProblem>>

/** What tells that the session has ended. */
export type SessionEnd = Pick<HttpProblem, 'code'> & { readonly status?: number | null }

export interface SessionGround {
  readonly db: DeviceDatabase
  readonly http: Http
  readonly crypto: Pick<DeviceCrypto, 'sign'>
}

/** Only a revoked device is asked to join again, and even then nothing is deleted that its person wrote. */
export function createSession(ground: SessionGround): InSession {
  // Calls that find the session ended at the same time renew it once.
  let renewing: Promise<Result<null, HttpProblem>> | null = null
  const renewed = (): Promise<Result<null, HttpProblem>> => {
    renewing ??= renewedBy(ground).finally(() => {
      renewing = null
    })
    return renewing
  }
  return async (call) => {
    const first = await call()
    if (first.ok || !isEnded(first.problem)) return first
    const session = await renewed()
    return session.ok ? call() : session
  }
}

/** A server with a newer version may not have the code for it any more: that is a problem of the call, which nobody would else get an answer to. */
async function renewedBy(ground: SessionGround): Promise<Result<null, HttpProblem>> {
  // Loaded when a session has ended, which none has at a first visit.
  const code = await import('#device/sync/renew-session.ts').catch(() => null)
  return code === null ? fail({ kind: 'unreachable', code: 'not-loaded', status: null, isOurs: false }) : code.renewSession(ground)
}

function isEnded({ status, code }: SessionEnd): boolean {
  return status === 401 || code === 'no-session'
}
