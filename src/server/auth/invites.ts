import type { CampaignId, Chance, Clock, DeviceId, Instant, MemberId } from '#domain/ids.ts'
import { createUuid, instantOf } from '#domain/new-ids.ts'
import type { InviteRow } from '#protocol/desk.ts'
import type { Role } from '#protocol/membership.ts'
import { createSecret, sha256Of } from '#server/auth/secrets.ts'
import type { Config } from '#server/config.ts'
import type { Store } from '#server/store/store.ts'

export interface InviteOrder {
  readonly campaignId: CampaignId
  readonly role: Role
  readonly uses: number
  readonly days: number
  readonly note: string | null
  readonly createdBy: MemberId | null
  readonly createdWith?: DeviceId
}

/** Makes an invite; the url is `PUBLIC_URL/join#SECRET`, and this is the only time that the secret is seen. */
export async function createInvite(deps: { readonly store: Pick<Store, 'members'>; readonly clock: Clock; readonly chance: Chance; readonly config: Pick<Config, 'publicUrl'> }, order: InviteOrder): Promise<{ readonly invite: InviteRow; readonly url: string }> {
  const secret = createSecret(deps.chance, 16)
  const id = createUuid(deps.clock, deps.chance)
  const createdAt = instantOf(deps.clock)
  const expiresAt = instantOf({ now: () => deps.clock.now() + order.days * 24 * 3600 * 1000 })
  const { campaignId, role, uses, note, createdBy, createdWith } = order
  await deps.store.members.createInvite({ id, campaignId, secretHash: sha256Of(secret), role, uses, note, createdAt, expiresAt, createdBy, ...(createdWith === undefined ? {} : { createdWith }) })
  return { invite: { id, role, note, usesLeft: uses, createdAt, expiresAt }, url: `${deps.config.publicUrl}/join#${secret}` }
}

/** How long the person has to open the other browser and to paste. */
export const movingMinutes = 30

/** An invite that makes one more device of the member who asks, and nothing else. */
export async function createMovingInvite(deps: { readonly store: Pick<Store, 'members'>; readonly clock: Clock; readonly chance: Chance }, { campaignId, role, memberId, deviceId, isVouched }: { readonly campaignId: CampaignId; readonly role: Role; readonly memberId: MemberId; readonly deviceId: DeviceId; readonly isVouched: boolean }): Promise<{ readonly secret: string; readonly expiresAt: Instant }> {
  const secret = createSecret(deps.chance, 16)
  const expiresAt = instantOf({ now: () => deps.clock.now() + movingMinutes * 60_000 })
  await deps.store.members.createInvite({
    id: createUuid(deps.clock, deps.chance), campaignId, secretHash: sha256Of(secret), role, uses: 1, note: null, createdAt: instantOf(deps.clock), expiresAt, createdBy: memberId, forDevice: deviceId, isVouched,
  })
  return { secret, expiresAt }
}
