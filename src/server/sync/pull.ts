import * as v from 'valibot'
import type { MemberId } from '#domain/ids.ts'
import { canonicalJson } from '#protocol/jcs.ts'
import { maxPullBytes, maxPullItems } from '#protocol/sync.ts'
import type { PullItem, PushResult } from '#protocol/sync.ts'
import type { SyncRequest } from '#protocol/sync-request.ts'
import type { ServerContext } from '#server/context.ts'
import type { Actor } from '#server/http/access.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { may } from '#server/policies/abilities.ts'
import { jsonOf, presentDigest, presentPulledChange } from '#server/presenters/pull-item.ts'
import { isNothingAbove } from '#server/store/appended.ts'
import type { Reach } from '#server/store/appended.ts'
import type { ChangeStore, StoredChange } from '#server/store/store.ts'

/** Raised when the rules of who sees what change: every device then pulls from 0 and merges. 2: what others had set aside comes with its release. 3: whoever wrote on an erased entry is told. 4: no copy beside the true one. */
const rulesVersion = 4

export interface Pulled {
  readonly items: readonly PullItem[]
  /** Below what was asked for only where the log ends there: it was longer once. */
  readonly next: number
  readonly more: boolean
  readonly epoch: string
  readonly safeSeq: number
}

/** What the role may see: all of it, or one's own entries and what is public. A coordinator's device may ask for its own only. */
function seeFor(actor: Pick<Actor, 'role'>, want: SyncRequest['want']): 'own' | 'ownAndPublic' | 'all' {
  if (want === 'own') return 'own'
  return may(actor, 'readAll') ? 'all' : 'ownAndPublic'
}

/**
 * A hash of role, member and rules: when it differs from the one a device knows, what it pulled before was another selection. The
 * campaign's usual sensitivity is such a rule; the first one is left out of the hash, so that no device pulled anew for it. So is a coordinator
 * who was erased: phones keep the names of those who decided on their entries, and no change tells them that one is gone.
 */
export function scopeFor({ role, memberId, campaign }: Pick<Actor, 'role' | 'memberId' | 'campaign'>, want: SyncRequest['want']): string {
  const usual = campaign.defaultSensitivity === 'moderate' ? {} : { usual: campaign.defaultSensitivity }
  const gone = (campaign.namesGone ?? 0) === 0 ? {} : { namesGone: campaign.namesGone }
  return sha256Of(canonicalJson({ rulesVersion, role, memberId, see: seeFor({ role }, want), ...usual, ...gone })).slice(0, 32)
}

/** What a pull would answer right behind a push that found nothing above the cursor but itself: the push has seen it, so nobody has to be asked. */
export function nothingAbove({ after }: Pick<SyncRequest, 'after'>, reach: Reach | undefined, had: readonly PushResult[]): Pulled | null {
  if (reach === undefined || !isNothingAbove({ after, ...placesOf(had) }, reach.head)) return null
  return { items: [], next: reach.head, more: false, epoch: reach.epoch, safeSeq: reach.safeSeq }
}

/** One page above `after`: at most the items asked for, and at most a megabyte, but never less than one change. What the device is known to have is passed over. */
export async function pullFor(context: Pick<ServerContext, 'store'>, actor: Pick<Actor, 'role' | 'memberId' | 'campaign'>, request: Pick<SyncRequest, 'after' | 'limit' | 'want'>, had: readonly PushResult[] = []): Promise<Pulled> {
  const { store } = context
  const { memberId, campaign } = actor
  const see = seeFor(actor, request.want)
  const page = await store.changes.pull({ campaignId: campaign.id, memberId, see, after: request.after, limit: Math.min(request.limit, maxPullItems), ...placesOf(had) })
  const changes = await withoutCopies(context, campaign, see === 'all' ? page.changes : await withEarlier(context, { memberId, campaign }, page.changes, request.after))
  const names = await namesOf(context, actor, changes)
  const passedOver = new Set(had.map(({ id }) => id))
  const items: PullItem[] = []
  let bytes = 0
  let scanned = request.after
  for (const stored of changes) {
    if (passedOver.has(stored.id)) continue
    const item = see === 'all' || stored.author === memberId || isOwnErased(stored, memberId) ? presentPulledChange(stored, { actor, name: names.get(stored.memberId) }) : await sharedItem(context, actor, stored)
    const size = item === null ? 0 : Buffer.byteLength(JSON.stringify(item), 'utf8') + 1
    if (items.length > 0 && bytes + size > maxPullBytes) return { ...page, items, next: scanned, more: true }
    if (item !== null) items.push(item)
    bytes += size
    scanned = Math.max(scanned, stored.seq)
  }
  return { ...page, items }
}

/** What one run stored stands in one row of places, if nothing else of the run stands among it: then it need not be read. */
function placesOf(had: readonly PushResult[]): Pick<Parameters<ChangeStore['pull']>[0], 'had'> {
  const [first, last] = [had[0]?.seq, had.at(-1)?.seq]
  return first === undefined || last === undefined || last - first !== had.length - 1 ? {} : { had: { from: first, to: last } }
}

/**
 * What stands below the cursor and no later page would bring. Before a release what it releases: an author is not shown what others tried
 * on an entry while it is set aside. In the place of another's entry's erasure, whose reason is not theirs to read: what the member wrote on
 * that entry and is gone with it. Verdicts and corrections repeat its words, and stand on the device that they were made on.
 */
async function withEarlier({ store }: Pick<ServerContext, 'store'>, { memberId, campaign }: Pick<Actor, 'memberId' | 'campaign'>, changes: readonly StoredChange[], after: number): Promise<readonly StoredChange[]> {
  const found = await Promise.all(changes.map(async (stored): Promise<readonly StoredChange[]> => {
    if (stored.type === 'erase' && stored.entryId !== null && stored.author !== memberId) {
      const rows = await store.changes.ofEntry(campaign.id, stored.entryId)
      return [...rows.filter((row) => isOwnErased(row, memberId)), ...(stored.publishes === null ? [] : [stored])]
    }
    if (stored.type !== 'release' || stored.entryId === null || stored.author !== memberId || stored.quarantined !== null) return [stored]
    const release = v.safeParse(releaseSchema, jsonOf(stored.text))
    if (!release.success) return [stored]
    const rows = await store.changes.ofEntry(campaign.id, stored.entryId)
    return [...rows.filter(({ id, seq, released }) => released && seq <= after && id === release.output.body.change), stored]
  }))
  return found.flat()
}

/**
 * What was handed over as bytes and has come by its chain as well stands twice, and the true one counts, in its own place. A device keeps one
 * row for each change: the copy would stand in the true one's place, or bring it back to its own.
 */
async function withoutCopies({ store }: Pick<ServerContext, 'store'>, campaign: Pick<Actor['campaign'], 'id'>, changes: readonly StoredChange[]): Promise<readonly StoredChange[]> {
  const entries = new Set(changes.flatMap(({ entryId, proven }) => (proven || entryId === null ? [] : [entryId])))
  const rows = await Promise.all([...entries].map((entry) => store.changes.ofEntry(campaign.id, entry)))
  const whole = new Set(rows.flat().flatMap(({ id, proven }) => (proven && id !== null ? [id] : [])))
  return changes.filter(({ id, proven }) => proven || id === null || !whole.has(id))
}

function isOwnErased({ memberId, erasedAt }: StoredChange, member: MemberId): boolean {
  return memberId === member && erasedAt !== null
}

const releaseSchema = v.looseObject({ body: v.looseObject({ change: v.string() }) })

/** What an approval made public, as it is now: an answer from a cache could show what has been taken back since. */
async function sharedItem({ store }: Pick<ServerContext, 'store'>, { campaign }: Pick<Actor, 'campaign'>, stored: StoredChange): Promise<PullItem | null> {
  if (stored.entryId === null || stored.publishes === null) return null
  if (stored.publishes === 'gone') return { seq: stored.seq, gone: stored.entryId }
  const entry = await store.entries.state(campaign.id, stored.entryId)
  const digest = entry === null ? null : presentDigest(entry, campaign.defaultSensitivity)
  return digest === null ? { seq: stored.seq, gone: stored.entryId } : { seq: stored.seq, digest }
}

async function namesOf({ store }: Pick<ServerContext, 'store'>, { campaign }: Pick<Actor, 'campaign'>, changes: readonly StoredChange[]): Promise<ReadonlyMap<MemberId, string>> {
  const ids = [...new Set(changes.map((change) => change.memberId))]
  const members = await Promise.all(ids.map((id) => store.members.get(campaign.id, id)))
  return new Map(members.flatMap((member) => (member === null ? [] : [[member.id, member.name] as const])))
}
