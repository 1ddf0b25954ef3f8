import * as v from 'valibot'

/** UUID as of RFC 9562, lower case, as every device writes it. */
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const uuid = v.pipe(v.string(), v.regex(uuidPattern))

export const campaignIdSchema = v.pipe(uuid, v.brand('CampaignId'))
export const memberIdSchema = v.pipe(uuid, v.brand('MemberId'))
export const deviceIdSchema = v.pipe(uuid, v.brand('DeviceId'))
export const entryIdSchema = v.pipe(uuid, v.brand('EntryId'))
export const changeIdSchema = v.pipe(uuid, v.brand('ChangeId'))
export const questionIdSchema = v.pipe(uuid, v.brand('QuestionId'))

export type CampaignId = v.InferOutput<typeof campaignIdSchema>
export type MemberId = v.InferOutput<typeof memberIdSchema>
export type DeviceId = v.InferOutput<typeof deviceIdSchema>
export type EntryId = v.InferOutput<typeof entryIdSchema>
export type ChangeId = v.InferOutput<typeof changeIdSchema>
export type QuestionId = v.InferOutput<typeof questionIdSchema>

/** SHA-256 as 64 lowercase hex digits. */
export const sha256Schema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/), v.brand('Sha256'))
export type Sha256 = v.InferOutput<typeof sha256Schema>

/** The public name of an entry, given by the server and never reused: C-000123 or A-000123. */
export const refSchema = v.pipe(v.string(), v.regex(/^[CA]-\d{6,}$/), v.brand('Ref'))
export type Ref = v.InferOutput<typeof refSchema>

/** RFC 3339 with an offset or Z. */
export const instantSchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/),
  v.brand('Instant'),
)
export type Instant = v.InferOutput<typeof instantSchema>

/** What ids and salts are made from: passed in, so that tests repeat themselves. */
export interface Chance {
  /** `count` random bytes from a cryptographic source. */
  readonly bytes: (count: number) => Uint8Array
}

export interface Clock {
  /** Milliseconds since 1970, as the device believes. */
  readonly now: () => number
}

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
