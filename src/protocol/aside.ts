import * as v from 'valibot'
import { changeEnvelopeSchema } from '#domain/change.ts'
import { changeIdSchema, deviceIdSchema, entryIdSchema, instantSchema, memberIdSchema, refSchema } from '#domain/ids.ts'
import { plainText } from '#domain/plain-text.ts'
import { quarantineReasons } from '#protocol/problem.ts'

export const settlementActs = ['settle', 'reopen'] as const
export type SettlementAct = (typeof settlementActs)[number]

/** A coordinator's word on a set-aside change or an alarm; `subject` is what the server called it. The same twice is one. */
export const settleRequestSchema = v.looseObject({
  subject: v.pipe(v.string(), v.minLength(1), v.maxLength(200), plainText),
  act: v.picklist(settlementActs),
  reason: v.pipe(v.string(), v.maxLength(500), plainText),
})
export type SettleRequest = v.InferOutput<typeof settleRequestSchema>

const settledSchema = v.nullable(v.looseObject({ at: instantSchema, by: v.string(), reason: v.string() }))

/** Why a change that was set aside cannot be made to count: unreadable, its entry unknown, or of a kind that is said anew instead. */
export const hindrances = ['unreadable', 'no-entry', 'say-anew'] as const
export type Hindrance = (typeof hindrances)[number]

export const quarantineRowSchema = v.looseObject({
  id: v.nullable(changeIdSchema),
  seq: v.number(),
  reason: v.picklist(quarantineReasons),
  memberId: v.nullable(memberIdSchema),
  deviceId: deviceIdSchema,
  receivedAt: instantSchema,
  /** What a settlement names. */
  subject: v.string(),
  type: v.nullable(v.string()),
  entryId: v.nullable(entryIdSchema),
  /** The entry's public name, if the entry counts. */
  ref: v.nullable(refSchema),
  memberName: v.nullable(v.string()),
  deviceLabel: v.nullable(v.string()),
  /** Who brought it, when that was somebody else. */
  carrierName: v.nullable(v.string()),
  /** The change as far as it has the form of one. */
  change: v.nullable(changeEnvelopeSchema),
  /** The beginning of what came, when it has not. */
  text: v.nullable(v.string()),
  hindrance: v.nullable(v.picklist(hindrances)),
  /** The fields for which it cannot be read, where it has fields; a server of before does not say. */
  misfits: v.optional(v.array(v.looseObject({ field: v.string(), is: v.picklist(['missing', 'unfit']) }))),
  /** Left aside by a coordinator; null while it waits for one. */
  left: settledSchema,
})
export type QuarantineRow = v.InferOutput<typeof quarantineRowSchema>
/** `open` and `total` count all; the rows are the first of them, those that wait before those that were left aside. */
export const quarantineResponseSchema = v.looseObject({ quarantined: v.array(quarantineRowSchema), open: v.number(), total: v.number() })
export type QuarantineResponse = v.InferOutput<typeof quarantineResponseSchema>

/** All alarms of one kind from one device. */
export const alarmRowSchema = v.looseObject({
  subject: v.string(),
  kind: v.picklist(['mismatch', 'forked']),
  deviceId: deviceIdSchema,
  memberName: v.nullable(v.string()),
  deviceLabel: v.nullable(v.string()),
  count: v.number(),
  lastAt: instantSchema,
  /** When the phone took a new number, which heals a fork; null when it has not. */
  renewedAt: v.nullable(instantSchema),
  /** The first few of them as they came. */
  changes: v.array(changeEnvelopeSchema),
  settled: settledSchema,
})
export type AlarmRow = v.InferOutput<typeof alarmRowSchema>
export const alarmsResponseSchema = v.looseObject({ alarms: v.array(alarmRowSchema) })
