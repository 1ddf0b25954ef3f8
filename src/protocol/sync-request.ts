import * as v from 'valibot'
import { campaignIdSchema, changeIdSchema, deviceIdSchema, instantSchema, sha256Schema } from '#domain/ids.ts'
import { signatureSchema } from '#protocol/membership.ts'
import { maxErasedPlaces, maxPullItems, maxRunChanges, seqSchema } from '#protocol/sync.ts'

// Requests are parsed by the server alone: in a file of their own their schemas are not on the phones, which need the types of them.

const count = seqSchema
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

/** What stays on the phone after this run, so that the desk knows what it has not got. */
export const manifestSchema = v.looseObject({
  highDeviceSeq: count, pendingChanges: count, pendingFiles: count, pendingBytes: count, pendingEntries: v.optional(count),
  /** Places in its chain that the server lacks (it was restored, or they were never sent) and whose words were erased here: they never come, and are not missing. */
  erasedPlaces: v.optional(v.pipe(v.array(count), v.maxLength(maxErasedPlaces))),
})
export type Manifest = v.InferOutput<typeof manifestSchema>

export const syncRequestSchema = v.looseObject({
  epoch: v.pipe(v.string(), v.maxLength(64)),
  /** Both absent: those of the device that the header of the request names. */
  campaignId: v.optional(campaignIdSchema),
  deviceId: v.optional(deviceIdSchema),
  /** The highest seq that this device has scanned. */
  after: count,
  /** What stood at `after` by the server's own word; empty where it has not said so yet. Absent: the device does not ask. */
  mark: v.optional(v.pipe(v.string(), v.maxLength(16))),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxPullItems)), maxPullItems),
  /** The scope the device knows; null or absent at first. */
  scope: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(64)))),
  /** A coordinator's device that lists from the server asks for its `own` entries only; the default is all that the role may see. */
  want: v.optional(v.picklist(['own', 'all'])),
  /** Absent: the one that it told last. */
  appVersion: v.optional(v.pipe(v.string(), v.maxLength(40))),
  /** Absent: nothing stays on the device behind this request. */
  manifest: v.optional(manifestSchema),
  /** In place of a manifest, where its counter does not stand at the seal: its `highDeviceSeq`. */
  counter: v.optional(count),
  /** The state that this device knows (`same.ts`), this run included. An answer that has nothing else to say of it is brief. */
  same: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/))),
  /** `pushed`: what is stored from this very request is told by its result alone, and does not come back as an item. The device has it; on a slow line a fifth of each entry is saved. */
  without: v.optional(v.literal('pushed')),
  /** The device's clock as it sends, so that a wrong one can be pointed out. Nothing is decided by it. */
  sentAt: v.optional(instantSchema),
  run: v.optional(runSchema),
})
export type SyncRequest = v.InferOutput<typeof syncRequestSchema>
/** As it travels: what the other side adds by itself is left out. */
export type SentSyncRequest = v.InferInput<typeof syncRequestSchema>

/** One change that the server could not take otherwise, as the bytes it had (base64). */
export const quarantineRequestSchema = v.looseObject({
  epoch: v.pipe(v.string(), v.maxLength(64)),
  campaignId: campaignIdSchema,
  deviceId: deviceIdSchema,
  id: v.nullable(changeIdSchema),
  bytes: v.pipe(v.string(), v.maxLength(200_000), v.base64()),
})
