import * as v from 'valibot'
import { changeEnvelopeSchema } from '#domain/change.ts'
import { changeIdSchema, deviceIdSchema, entryIdSchema, instantSchema, memberIdSchema, refSchema, sha256Schema } from '#domain/ids.ts'
import { quarantineReasons } from '#protocol/problem.ts'

export const maxRunChanges = 500
export const maxPullItems = 500
export const maxPullBytes = 1_000_000

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
export const seqSchema = count

/** More erased places than this are not told; what is left over reads as missing. */
export const maxErasedPlaces = 1000

export const pushStatuses = ['stored', 'duplicate', 'mismatch', 'forked', 'erased', 'quarantined'] as const
export type PushStatus = (typeof pushStatuses)[number]

/** One result per pushed change, in order. `id` is null when not even that could be read. */
export const pushResultSchema = v.looseObject({
  id: v.nullable(changeIdSchema),
  status: v.picklist(pushStatuses),
  seq: v.optional(count),
  ref: v.optional(refSchema),
  problem: v.optional(v.picklist(quarantineReasons)),
})
export type PushResult = v.InferOutput<typeof pushResultSchema>

export const digestSchema = v.looseObject({
  entryId: entryIdSchema,
  ref: refSchema,
  topic: v.string(),
  country: v.string(),
  adm1: v.nullable(v.string()),
  place: v.optional(v.string()),
  lat: v.optional(v.number()),
  lon: v.optional(v.number()),
  observedOn: v.string(),
  text: v.string(),
})
/** What a volunteer sees of others' approved challenges: coarse, and only when neither high nor severe. */
export type Digest = v.InferOutput<typeof digestSchema>

export const erasedSchema = v.looseObject({ id: changeIdSchema, entryId: entryIdSchema, changeHash: sha256Schema, erasedAt: instantSchema })

const changeItemSchema = v.looseObject({
  seq: count,
  deviceId: deviceIdSchema,
  memberId: memberIdSchema,
  /** The member's display name, so that a question can say who asks. */
  memberName: v.optional(v.string()),
  receivedAt: instantSchema,
  ref: v.optional(refSchema),
  quarantined: v.optional(v.picklist(quarantineReasons)),
  change: changeEnvelopeSchema,
})
export type ChangeItem = v.InferOutput<typeof changeItemSchema>

export const pullItemSchema = v.union([
  changeItemSchema,
  v.looseObject({ seq: count, digest: digestSchema }),
  v.looseObject({ seq: count, gone: entryIdSchema }),
  v.looseObject({ seq: count, erased: erasedSchema }),
])
export type PullItem = v.InferOutput<typeof pullItemSchema>

export const syncResponseSchema = v.looseObject({
  epoch: v.string(),
  results: v.array(pushResultSchema),
  device: v.looseObject({ highDeviceSeq: count, hash: v.nullable(sha256Schema), missing: v.array(count) }),
  items: v.array(pullItemSchema),
  /** The highest seq scanned, which may be above the last item. */
  next: count,
  more: v.boolean(),
  scope: v.string(),
  safeSeq: count,
  serverTime: instantSchema,
  /** When what came with this request was received: the time that stands with each of its changes. */
  receivedAt: v.optional(instantSchema),
  /** The revision of the campaign's settings: one that the device does not have is asked for by `GET /me`. */
  campaignRevision: v.optional(count),
  /** What stands at `next`, in a few letters, where the device has asked for it and does not know it: with its next request it says it again. */
  mark: v.optional(v.string()),
  /** At the device's `after` something else stands than it was told: the log was set back and has grown since. */
  setBack: v.optional(v.literal(true)),
})
export type SyncResponse = v.InferOutput<typeof syncResponseSchema>

/** The answer where all is as the device said (`same`): what is absent is what it knows, or nothing. Its time is that of the HTTP message (`Date`). */
export const briefSyncResponseSchema = v.looseObject({
  same: v.string(),
  results: v.optional(v.array(pushResultSchema), []),
  items: v.optional(v.array(pullItemSchema), []),
  /** Absent: the request's `after`. */
  next: v.optional(count),
  more: v.optional(v.boolean(), false),
  receivedAt: v.optional(instantSchema),
  mark: v.optional(v.string()),
})
export type BriefSyncResponse = v.InferInput<typeof briefSyncResponseSchema>
