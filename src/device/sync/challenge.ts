import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'
import type { OwnMembership } from '#device/store/meta.ts'
import type { Http, HttpProblem } from '#device/sync/http.ts'
import { readJson } from '#device/sync/read-json.ts'
import { challengeResponseSchema } from '#protocol/membership.ts'

export interface Challenged {
  readonly own: OwnMembership
  /** Good for a few minutes, and for one signature. */
  readonly challenge: string
}

/** What this device has to sign to prove that it is the one of its membership. */
export async function askChallenge({ db, http }: { readonly db: DeviceDatabase; readonly http: Http }): Promise<Result<Challenged, HttpProblem>> {
  const own = await readMeta(db, 'membership')
  if (own === undefined) return fail({ kind: 'refused', code: 'no-session', status: 401, isOurs: true })
  const asked = await http({ method: 'GET', path: '/session/challenge', read: readJson(challengeResponseSchema) })
  return asked.ok ? ok({ own, challenge: asked.value.challenge }) : asked
}
