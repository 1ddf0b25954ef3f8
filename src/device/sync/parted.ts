import { instantOf } from '#domain/new-ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { readMeta } from '#device/store/meta.ts'
import { isChangeItem, isDigestItem, isErasedItem } from '#device/store/pulled.ts'
import { readSync } from '#device/sync/brief.ts'
import type { ExchangeGround } from '#device/sync/exchange.ts'
import type { HttpProblem } from '#device/sync/http.ts'
import type { PullItem } from '#protocol/sync.ts'
import type { SentSyncRequest } from '#protocol/sync-request.ts'

const timeoutMs = 60_000

/**
 * The last place up to which the server's log says what this device knows of it, once it is known to say something else further on. The log is read
 * from its beginning and nothing of it is taken: the first place at which something is here and not there, or there at another place, is behind the parting. Of what the
 * server does not show this device it cannot be said, and it counts as lost: sent again, it is the same.
 */
export async function partedAt({ db, http, inSession, clock }: ExchangeGround): Promise<Result<number, HttpProblem>> {
  const [own, pull] = [await readMeta(db, 'membership'), await readMeta(db, 'pull')]
  if (own === undefined || pull === undefined) return ok(0)
  const want = own.membership.abilities.includes('readAll') ? { want: 'own' } as const : {}
  const there = new Map<string, number>()
  for (let after = 0, more = true; more;) {
    const json: SentSyncRequest = { epoch: pull.epoch, after, ...want }
    const answer = await inSession(() => http({ method: 'POST', path: '/sync', body: { json }, by: own.identity.deviceId, timeoutMs, read: readSync(null, { after: json.after, sentAt: instantOf(clock) }) }))
    if (!answer.ok) return fail(answer.problem)
    for (const item of answer.value.items) there.set(nameOf(item), item.seq)
    more = answer.value.more && answer.value.next > after
    after = answer.value.next
  }
  return db.read([db.changes, db.digests], async () => {
    const changes = await db.changes.filter(({ id, seq }) => seq !== null && there.get(id) !== seq).toArray()
    const digests = await db.digests.filter(({ entryId, seq }) => there.get(entryId) !== seq).toArray()
    // One by one: a phone may hold more than a call takes arguments.
    return ok([...changes, ...digests].reduce((first, { seq }) => Math.min(first, seq ?? first), pull.after) - 1)
  })
}

function nameOf(item: PullItem): string {
  if (isChangeItem(item)) return item.change.id
  if (isErasedItem(item)) return item.erased.id
  return isDigestItem(item) ? item.digest.entryId : ''
}
