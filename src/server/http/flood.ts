import type { Instant } from '#domain/ids.ts'
import type { SyncRequest } from '#protocol/sync-request.ts'
import { instantOf } from '#domain/new-ids.ts'
import type { ServerContext } from '#server/context.ts'
import type { Actor } from '#server/http/access.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { countUpload } from '#server/files/upload-quota.ts'
import { floodWindowMs, usualFlood } from '#server/policies/flood-policy.ts'

/**
 * A member who has written more entries than anybody records, or ten times as many changes of any kind, is told to wait. What was stored counts
 * and not what was sent: a line that loses answers makes nobody a flood. The phone keeps what it has and comes again; nothing is lost, and
 * nobody else waits. In a bundle it is its author who has written them, whoever brings it.
 */
export async function refuseFlood(context: FloodGround, who: Writer, run: SyncRequest['run']): Promise<void> {
  if (run === undefined || run.changes.length === 0) return
  const { most } = context.config.flood ?? usualFlood
  // What everybody is well below is looked at first: nobody has written more entries than changes.
  if ((await context.store.persons.writtenSince(who.campaign.id, who.memberId, { most, since: windowFrom(context) })) < most) return
  if (run.changes.some((change) => typeof change === 'object' && change !== null && Reflect.get(change, 'type') === 'record')) await refuseBeyond(context, who, { of: 'entries', most })
  await refuseFloodOfChanges(context, who)
}

/** The same for what is handed over as bytes, of which nobody can tell what it is. */
export async function refuseFloodOfChanges(context: FloodGround, who: Writer): Promise<void> {
  await refuseBeyond(context, who, { of: 'changes', most: changesPerEntry * (context.config.flood ?? usualFlood).most })
}

/** The same for the bytes of bundles, which count with the photos and voice notes that a member sends. */
export async function refuseBeyondDay(context: Parameters<typeof countUpload>[0], who: Writer, bytes: number): Promise<void> {
  const waitS = await countUpload(context, who, bytes)
  if (waitS !== null) throw new ProblemError('too-many-requests', { retryAfterS: waitS })
}

type FloodGround = Pick<ServerContext, 'store' | 'clock' | 'config'>
type Writer = Pick<Actor, 'campaign' | 'memberId'>
type Limit = Pick<Parameters<ServerContext['store']['persons']['mostReached']>[2], 'of' | 'most'>

/** A coordinator decides, corrects, comments and links: more than a person does by hand, and less than a program does. */
const changesPerEntry = 10

function windowFrom({ clock }: FloodGround): Instant {
  const from = clock.now() - floodWindowMs
  return instantOf({ now: () => from })
}

async function refuseBeyond(context: FloodGround, { campaign, memberId }: Writer, limit: Limit): Promise<void> {
  const reached = await context.store.persons.mostReached(campaign.id, memberId, { ...limit, since: windowFrom(context) })
  if (reached !== null) throw new ProblemError('too-many-requests', { retryAfterS: Math.max(1, Math.ceil((Date.parse(reached) + floodWindowMs - context.clock.now()) / 1000)) })
}
