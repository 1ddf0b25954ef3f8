import type { Clock } from '#domain/ids.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { hasApproved, keepUse, readUseStanding } from '#device/store/used-entries.ts'
import type { Http } from '#device/sync/http.ts'
import { readJson } from '#device/sync/read-json.ts'
import type { InSession } from '#device/sync/session.ts'
import { usedResponseSchema } from '#protocol/written-report.ts'

export interface UsedGround {
  readonly db: DeviceDatabase
  readonly http: Http
  readonly inSession: InSession
  readonly clock: Clock
  readonly network: Pick<DeviceGround['network'], 'isOnline' | 'isMetered'>
}

/** Why it is asked: a sync got through, a sync told of a decision, or a person looks at an entry. */
export type UsedReason = 'sync' | 'decision' | 'person'

const [minuteMs, hourMs] = [60_000, 3_600_000]

/** How old the last answer must be; where the connection counts data, the second. A report comes out every few weeks. */
const restMs: Readonly<Record<UsedReason, readonly [free: number, metered: number]>> = {
  sync: [6 * hourMs, 24 * hourMs],
  decision: [10 * minuteMs, 6 * hourMs],
  person: [minuteMs, 10 * minuteMs],
}

/** Asks in which published issues own entries count, when it is time. A courtesy: what fails is asked again another time, and nobody is told. */
export async function askUsed(ground: UsedGround, reason: UsedReason): Promise<void> {
  const { db, http, inSession, clock, network } = ground
  const standing = network.isOnline() ? await readUseStanding(db) : null
  if (standing === null) return
  const { asker, kept } = standing
  const askedAt = clock.now()
  // A clock that was set back has no say in it; nor has a look that found nothing to ask, once there may be something.
  const isFresh = kept !== null && (reason === 'sync' || kept.isIdle !== true) && askedAt >= kept.askedAt && askedAt - kept.askedAt < restMs[reason][network.isMetered?.() === true ? 1 : 0]
  if (isFresh) return
  const before = kept?.used ?? []
  if (before.length === 0 && !(await hasApproved(db))) return keepUse(db, asker, { askedAt, isIdle: true, used: [] })
  const answer = await inSession(() => http({ method: 'GET', path: '/reports/used', read: readJson(usedResponseSchema) }))
  if (answer.ok) return keepUse(db, asker, { askedAt, used: answer.value.used })
  // A server that does not know the question is not asked at every sync.
  if (answer.problem.kind === 'refused') await keepUse(db, asker, { askedAt, used: before })
}
