import type { Instant } from '#domain/ids.ts'
import type { Role } from '#protocol/membership.ts'
import type { StoredDevice, StoredMember } from '#server/store/store.ts'

/** What decides what becomes of what somebody brings. A name goes with an erasure alone. */
export interface Standing {
  readonly name: string
  readonly role: Role
  readonly endedAt: Instant | null
  readonly asideSince: Instant | null
  readonly revokedAt: Instant | null
}

export function standingOf({ name, role, endedAt, asideSince = null }: StoredMember, { revokedAt }: Pick<StoredDevice, 'revokedAt'>): Standing {
  return { name, role, endedAt, asideSince, revokedAt }
}

/**
 * Whoever acts was ended, erased, set aside or given another role, or their phone revoked, while the request was under way: nothing of it is
 * stored, and it is judged anew by what holds now, or may come again.
 */
export class ActorChanged extends Error {
  constructor() {
    super('whoever acts is not any more who they were when it was looked at')
  }
}
