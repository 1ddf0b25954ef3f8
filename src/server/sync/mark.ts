import type { SyncResponse } from '#protocol/sync.ts'
import type { SyncRequest } from '#protocol/sync-request.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import type { Actor } from '#server/http/access.ts'
import type { StoredChange } from '#server/store/store.ts'

/**
 * What stands at the place that a device has read to is told in a few letters, and said again by it with its next request. Where they differ, the
 * database was set back past `terrain restore` and has grown since beyond that place: nothing else would show it.
 */
export async function markedFor({ store }: Pick<ServerContext, 'store'>, { campaign }: Pick<Actor, 'campaign'>, { after, mark }: Pick<SyncRequest, 'after' | 'mark'>, next: number): Promise<Pick<SyncResponse, 'mark' | 'setBack'>> {
  if (mark === undefined || next === 0) return {}
  const rows = await store.changes.places(campaign.id, after === next ? [next] : [after, next])
  const [before, now] = [after, next].map((place) => rows.find(({ seq }) => seq === place)).map((row) => (row === undefined ? undefined : markOf(row)))
  if (mark !== '' && before !== undefined && before !== mark) return { setBack: true }
  return now === undefined || now === mark ? {} : { mark: now }
}

/** With the time: the same change may be sent again and come to stand at its old place, and what is before it is another. No seal, so few letters do. */
function markOf({ seq, receivedAt, changeHash }: Pick<StoredChange, 'seq' | 'receivedAt' | 'changeHash'>): string {
  return sha256Of(`${seq} ${receivedAt} ${changeHash}`).slice(0, 8)
}
