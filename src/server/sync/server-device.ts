import type { ChangeId, EntryId, Instant, MemberId } from '#domain/ids.ts'
import { createChangeId, instantOf } from '#domain/new-ids.ts'
import { changeText, linkText } from '#protocol/chain.ts'
import { maxRunChanges } from '#protocol/sync.ts'
import type { PushResult } from '#protocol/sync.ts'
import { signText } from '#server/auth/keys.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { prepareRun } from '#server/sync/prepare-run.ts'
import { judgeChange } from '#server/policies/change-policy.ts'
import { judgeContent } from '#server/policies/content-policy.ts'

type Ground = Pick<ServerContext, 'store' | 'clock' | 'chance'>

/** A change that the server wants to make. An import gives id, salt and recordedAt itself, so that the same row twice is a duplicate. */
export interface ServerChange {
  readonly entryId: EntryId
  readonly type: string
  readonly base: ChangeId | null
  readonly body: unknown
  readonly id?: ChangeId
  readonly salt?: string
  readonly recordedAt?: Instant
}

const serverAppVersion = 'server'
/** How often another appender may come first before something must be wrong. */
const maxRaces = 100

/**
 * The server is a device too: its imports and receipts are sealed changes of its own chain, in runs of at most 500, each
 * committed by itself. Two appenders (also of two processes) may read the same chain end; the later one's run then does not
 * continue the chain, the store drops it, and it is sealed anew behind the other.
 */
export async function appendAsServer(ground: Ground, campaign: StoredCampaign, changes: readonly ServerChange[], carriedBy: MemberId = campaign.serverMemberId): Promise<readonly PushResult[]> {
  const envelopes = changes.map((change) => unnumbered(ground, change))
  const results: PushResult[] = []
  for (let start = 0; start < envelopes.length; start += maxRunChanges) {
    results.push(...(await appendSealed(ground, campaign, { batch: envelopes.slice(start, start + maxRunChanges), carriedBy })))
  }
  return results
}

type Unnumbered = ReturnType<typeof unnumbered>

function unnumbered({ clock, chance }: Ground, change: ServerChange) {
  return {
    v: 1 as const, id: change.id ?? createChangeId(clock, chance), entryId: change.entryId, type: change.type, base: change.base, body: change.body,
    salt: change.salt ?? Buffer.from(chance.bytes(16)).toString('base64url'), recordedAt: change.recordedAt ?? instantOf(clock), appVersion: serverAppVersion,
  }
}

async function appendSealed(ground: Ground, campaign: StoredCampaign, { batch, carriedBy }: { readonly batch: readonly Unnumbered[]; readonly carriedBy: MemberId }): Promise<readonly PushResult[]> {
  const { store, clock } = ground
  const author = { memberId: campaign.serverMemberId, role: 'coordinator', isServer: true, isVouched: true } as const
  for (let race = 0; race < maxRaces; race += 1) {
    const run = await sealedRun(ground, campaign, batch)
    const { changes, seal } = prepareRun({ campaignId: campaign.id, deviceId: campaign.serverDeviceId, publicKey: campaign.publicKey, isRevoked: false }, run)
    const { results } = await store.changes.append({
      campaignId: campaign.id, deviceId: campaign.serverDeviceId, memberId: campaign.serverMemberId, carriedBy, receivedAt: instantOf(clock), seal, changes, onFork: 'drop',
      judge: (change, context) => judgeChange(author, change, context) ?? judgeContent(change, context),
    })
    if (!results.some(({ status }) => status === 'forked')) return results
  }
  throw new Error("the server's own chain did not hold still: two databases may share one campaign key")
}

async function sealedRun({ store }: Ground, campaign: StoredCampaign, batch: readonly Unnumbered[]): Promise<Parameters<typeof prepareRun>[1]> {
  const place = { campaignId: campaign.id, deviceId: campaign.serverDeviceId }
  const { highDeviceSeq, hash: prevHash } = await store.changes.chain(campaign.id, campaign.serverDeviceId)
  const changes = batch.map((change, index) => ({ ...change, deviceSeq: highDeviceSeq + 1 + index }))
  const hash = changes.reduce((before, change) => sha256Of(linkText(place, { deviceSeq: change.deviceSeq, changeHash: sha256Of(changeText(change)), prevHash: before })), prevHash)
  if (hash === null) throw new Error('an empty run has no seal')
  return { prevHash, changes, seal: { deviceSeq: highDeviceSeq + changes.length, hash, sig: signText(campaign.privateKey, hash) } }
}
