import type { Chance, Clock, DeviceId, Instant, MemberId } from '#domain/ids.ts'
import type { CampaignId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { createSecret, sha256Of } from '#server/auth/secrets.ts'
import type { Store } from '#server/store/store.ts'

/** Renewed by the device key without a person, so a session need not be long. */
export const sessionLifeMs = 30 * 24 * 3600 * 1000

export interface NewSession {
  readonly token: string
  readonly expiresAt: Instant
}

/** A fresh opaque token of 256 bits; the store only ever sees its hash. */
export async function startSession(deps: { readonly store: Store; readonly clock: Clock; readonly chance: Chance }, who: { readonly campaignId: CampaignId; readonly memberId: MemberId; readonly deviceId: DeviceId }): Promise<NewSession> {
  const token = createSecret(deps.chance, 32)
  const expiresAt = instantOf({ now: () => deps.clock.now() + sessionLifeMs })
  await deps.store.members.createSession({ tokenHash: sha256Of(token), expiresAt, ...who })
  return { token, expiresAt }
}
