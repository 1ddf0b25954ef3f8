import { createHmac } from 'node:crypto'
import type { SyncRequest } from '#protocol/sync.ts'
import type { ServerContext } from '#server/context.ts'
import type { Actor } from '#server/http/access.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { floodWindowMs, usualFlood } from '#server/policies/flood-policy.ts'

/** A member who brings more entries than anybody records is told to wait. The phone keeps them and comes again; nothing is lost, and nobody else waits. */
export async function refuseFlood({ store, clock, serverKey, config }: ServerContext, { campaign, memberId }: Actor, run: SyncRequest['run']): Promise<void> {
  const records = run?.changes.filter((change) => typeof change === 'object' && change !== null && Reflect.get(change, 'type') === 'record').length ?? 0
  if (records === 0) return
  const { most } = config.flood ?? usualFlood
  const key = createHmac('sha256', serverKey).update(`terrain-flood:${campaign.id} ${memberId}`).digest('base64url')
  const now = clock.now()
  const { hits, endsAt } = await store.rateLimits.hit({ key, now, windowMs: floodWindowMs, max: most, by: records })
  if (hits > most) throw new ProblemError('too-many-requests', { retryAfterS: Math.ceil((endsAt - now) / 1000) })
}
