import { createHmac } from 'node:crypto'
import type { ServerContext } from '#server/context.ts'
import { uploadWindowMs, usualFlood } from '#server/policies/flood-policy.ts'
import type { Uploader } from '#server/files/finish-upload.ts'

/** The least that a file takes on a disk: of empty ones there are not as many as anybody likes either. */
const leastBytes = 4096

/**
 * Counts what a member is about to send towards what one may send in a day, whichever of their devices it comes from and whichever process it comes to.
 * Null when there is room; otherwise in how many seconds there will be.
 */
export async function countUpload({ store, clock, serverKey, config }: Pick<ServerContext, 'store' | 'clock' | 'serverKey' | 'config'>, { campaign, memberId }: Uploader, bytes: number): Promise<number | null> {
  const { megabytes } = config.flood ?? usualFlood
  const now = clock.now()
  const key = createHmac('sha256', serverKey).update(`terrain-uploads:${campaign.id}:${memberId}`).digest('base64url')
  const max = megabytes * 1_000_000
  const { hits, endsAt } = await store.rateLimits.hit({ key, now, windowMs: uploadWindowMs, max, by: Math.max(bytes, leastBytes) })
  return hits > max ? Math.max(1, Math.ceil((endsAt - now) / 1000)) : null
}
