import type { SyncRequest } from '#protocol/sync.ts'
import { instantOf } from '#domain/new-ids.ts'
import type { ServerContext } from '#server/context.ts'
import type { Actor } from '#server/http/access.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { floodWindowMs, usualFlood } from '#server/policies/flood-policy.ts'

/**
 * A member who has written more entries than anybody records is told to wait. What was stored counts and not what was sent: a line that loses
 * answers makes nobody a flood. The phone keeps its entries and comes again; nothing is lost, and nobody else waits. In
 * a bundle it is its author who has written them, whoever brings it.
 */
export async function refuseFlood({ store, clock, config }: ServerContext, { campaign, memberId }: Pick<Actor, 'campaign' | 'memberId'>, run: SyncRequest['run']): Promise<void> {
  if (run?.changes.some((change) => typeof change === 'object' && change !== null && Reflect.get(change, 'type') === 'record') !== true) return
  const { most } = config.flood ?? usualFlood
  const now = clock.now()
  const reached = await store.persons.mostReached(campaign.id, memberId, { most, since: instantOf({ now: () => now - floodWindowMs }) })
  if (reached !== null) throw new ProblemError('too-many-requests', { retryAfterS: Math.max(1, Math.ceil((Date.parse(reached) + floodWindowMs - now) / 1000)) })
}
