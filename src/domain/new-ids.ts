import type { CampaignId, ChangeId, Chance, Clock, DeviceId, EntryId, Instant, MemberId, QuestionId } from '#domain/ids.ts'

// Apart from the schemas: what makes an id reads none, and the first screen makes some.

/** UUIDv7 (RFC 9562, 5.7): 48 bits of milliseconds, then chance. */
export function createUuid(clock: Clock, chance: Chance): string {
  const bytes = Uint8Array.from(chance.bytes(16))
  const ms = clock.now()
  for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(ms / 2 ** (8 * (5 - i))) & 0xff
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export const createEntryId = (clock: Clock, chance: Chance): EntryId => createUuid(clock, chance) as EntryId
export const createChangeId = (clock: Clock, chance: Chance): ChangeId => createUuid(clock, chance) as ChangeId
export const createDeviceId = (clock: Clock, chance: Chance): DeviceId => createUuid(clock, chance) as DeviceId
export const createMemberId = (clock: Clock, chance: Chance): MemberId => createUuid(clock, chance) as MemberId
export const createCampaignId = (clock: Clock, chance: Chance): CampaignId => createUuid(clock, chance) as CampaignId
export const createQuestionId = (clock: Clock, chance: Chance): QuestionId => createUuid(clock, chance) as QuestionId

/** The clock's moment as RFC 3339 in UTC. */
export function instantOf(clock: Clock): Instant {
  return new Date(clock.now()).toISOString() as Instant
}
