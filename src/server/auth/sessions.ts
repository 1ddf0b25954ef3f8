import type { Chance, Clock, DeviceId, Instant, MemberId } from '#domain/ids.ts'
import type { CampaignId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { createSecret, sha256Of } from '#server/auth/secrets.ts'
import { usualSession } from '#server/auth/session-config.ts'
import type { Config } from '#server/config.ts'
import type { Store } from '#server/store/store.ts'

/** So often a session in use is noted while it would become idle. */
const usesPerIdle = 12

export interface NewSession {
  readonly token: string
  readonly expiresAt: Instant
}

/** A fresh opaque token of 256 bits; the store only ever sees its hash. */
export async function startSession(deps: { readonly store: Store; readonly clock: Clock; readonly chance: Chance; readonly config: Pick<Config, 'session'> }, who: { readonly campaignId: CampaignId; readonly memberId: MemberId; readonly deviceId: DeviceId }): Promise<NewSession> {
  const token = createSecret(deps.chance, 32)
  const now = deps.clock.now()
  const { lifeMs } = deps.config.session ?? usualSession
  const expiresAt = instantOf({ now: () => now + lifeMs })
  await deps.store.members.createSession({ tokenHash: sha256Of(token), expiresAt, usedAt: instantOf({ now: () => now }), ...who })
  return { token, expiresAt }
}

/** Who comes by this token, if it is still good: not ended, not left lying. */
export async function sessionOf({ store, clock, config }: { readonly store: Store; readonly clock: Clock; readonly config: Pick<Config, 'session'> }, token: string): ReturnType<Store['members']['session']> {
  const { idleMs } = config.session ?? usualSession
  const now = clock.now()
  const at = (ms: number) => instantOf({ now: () => ms })
  const session = await store.members.session(sha256Of(token), at(now), at(now - idleMs))
  // Not with each request: a write for each read would be one too many.
  if (session !== null && now - Date.parse(session.usedAt) > idleMs / usesPerIdle) await store.members.useSession(session.tokenHash, at(now))
  return session
}
