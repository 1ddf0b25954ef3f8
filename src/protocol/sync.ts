import * as v from 'valibot'
import { changeEnvelopeSchema } from '#domain/change.ts'
import { campaignIdSchema, changeIdSchema, deviceIdSchema, entryIdSchema, instantSchema, memberIdSchema, refSchema, sha256Schema } from '#domain/ids.ts'
import { signatureSchema } from '#protocol/membership.ts'
import { quarantineReasons } from '#protocol/problem.ts'

export const maxRunChanges = 500
export const maxPullItems = 500
export const maxPullBytes = 1_000_000

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
export const seqSchema = count

export const sealSchema = v.looseObject({ deviceSeq: v.pipe(count, v.minValue(1)), hash: sha256Schema, sig: signatureSchema })

/**
 * Consecutive changes of one device. Each change is opaque here, because one that does not parse must not block the others:
 * the server reads each by itself and quarantines what it cannot read.
 */
export const runSchema = v.looseObject({
  prevHash: v.nullable(sha256Schema),
  changes: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(maxRunChanges)),
  seal: sealSchema,
})
export type Run = v.InferOutput<typeof runSchema>

/** More erased places than this are not told; what is left over reads as missing. */
export const maxErasedPlaces = 1000

/** What stays on the phone after this run, so that the desk knows what it has not got. */
export const manifestSchema = v.looseObject({
  highDeviceSeq: count, pendingChanges: count, pendingFiles: count, pendingBytes: count, pendingEntries: v.optional(count),
  /** Places in its chain that the server lacks (it was restored, or they were never sent) and whose words were erased here: they never come, and are not missing. */
  erasedPlaces: v.optional(v.pipe(v.array(count), v.maxLength(maxErasedPlaces))),
})
export type Manifest = v.InferOutput<typeof manifestSchema>

export const syncRequestSchema = v.looseObject({
  epoch: v.pipe(v.string(), v.maxLength(64)),
  campaignId: campaignIdSchema,
  deviceId: deviceIdSchema,
  /** The highest seq that this device has scanned. */
  after: count,
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxPullItems)),
  /** The scope the device knows; null or absent at first. */
  scope: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(64)))),
  /** A coordinator's device that lists from the server asks for its `own` entries only; the default is all that the role may see. */
  want: v.optional(v.picklist(['own', 'all'])),
  appVersion: v.optional(v.pipe(v.string(), v.maxLength(40))),
  manifest: manifestSchema,
  /** `pushed`: what is stored from this very request is told by its result alone, and does not come back as an item. The device has it; on a slow line a fifth of each entry is saved. */
  without: v.optional(v.literal('pushed')),
  /** The device's clock as it sends, so that a wrong one can be pointed out. Nothing is decided by it. */
  sentAt: v.optional(instantSchema),
  run: v.optional(runSchema),
})
export type SyncRequest = v.InferOutput<typeof syncRequestSchema>

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
})
export type SyncResponse = v.InferOutput<typeof syncResponseSchema>

/** One change that the server could not take otherwise, as the bytes it had (base64). */
export const quarantineRequestSchema = v.looseObject({
  epoch: v.pipe(v.string(), v.maxLength(64)),
  campaignId: campaignIdSchema,
  deviceId: deviceIdSchema,
  id: v.nullable(changeIdSchema),
  bytes: v.pipe(v.string(), v.maxLength(200_000), v.base64()),
})
