import type { PushResult } from '#protocol/sync.ts'
import type { quarantineRequestSchema } from '#protocol/sync-request.ts'
import type { InferOutput } from 'valibot'
import type { ChangeId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import type { Actor } from '#server/http/access.ts'
import { standingOf } from '#server/store/actor-changed.ts'
import type { PreparedChange } from '#server/store/store.ts'
import { readChange } from '#server/sync/prepare-run.ts'

/**
 * One change that the server could not take otherwise, kept as the bytes it came in, with a seq, for a person to look at.
 * The same bytes again get the same answer. No epoch is compared: keeping too much does no harm.
 */
export async function quarantineBytes({ store, clock }: Pick<ServerContext, 'store' | 'clock'>, actor: Omit<Actor, 'epoch'>, request: InferOutput<typeof quarantineRequestSchema>): Promise<{ readonly epoch: string; readonly results: readonly PushResult[] }> {
  const bytes = Buffer.from(request.bytes, 'base64')
  const text = textOf(bytes)
  const { entryId, deviceSeq, type, changeHash } = readAside(text, request.id) ?? { entryId: null, deviceSeq: null, type: null, changeHash: sha256Of(bytes) }
  const { results } = await store.changes.append({
    campaignId: actor.campaign.id, deviceId: actor.device.id, memberId: actor.memberId, carriedBy: actor.memberId, receivedAt: instantOf(clock), seal: null, author: standingOf(actor.member, actor.device),
    changes: [{ id: request.id, entryId, deviceSeq, type, changeHash, link: null, text, change: null, refused: 'unparseable' }],
    judge: () => 'unparseable',
  })
  return { epoch: await store.epoch(), results }
}

/**
 * What it says of itself, where it has the form of a change after all (something on the way refused it, not this server): so a person
 * can read it and release it, and its place in the chain does not look like one that never came. Null when it says another id.
 */
function readAside(text: string, id: ChangeId | null): Pick<PreparedChange, 'entryId' | 'deviceSeq' | 'type' | 'changeHash'> | null {
  try {
    const { prepared } = readChange(JSON.parse(text))
    return prepared.id === id ? prepared : null
  } catch {
    return null
  }
}

/** As text when it is text, else as base64 that says so. */
function textOf(bytes: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.includes('\u0000') ? `base64:${bytes.toString('base64')}` : text
  } catch {
    return `base64:${bytes.toString('base64')}`
  }
}
