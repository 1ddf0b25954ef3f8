import * as v from 'valibot'
import { isCalendarDay } from '#domain/calendar-day.ts'

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

/**
 * RFC 3339 with an offset or Z, and a moment that there is: every screen that shows `9999-99-99` as a time would be gone. The 30th of February is 2 March to
 * some engines and nothing to others, so it is none here.
 */
export const instantSchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/),
  v.check((text) => Date.parse(text) < Infinity && isCalendarDay(text)),
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
