import * as v from 'valibot'
import { campaignIdSchema, deviceIdSchema, entryIdSchema, instantSchema, sha256Schema } from '#domain/ids.ts'
import { publicKeySchema } from '#protocol/membership.ts'
import { runSchema } from '#protocol/sync-request.ts'

/**
 * "Save everything unsent as a file": the sealed runs and the files that the server has not proved to hold, as plain JSON.
 * The seal says who the author is, whoever carries the file; importing it twice does no harm.
 */
export const bundleSchema = v.looseObject({
  format: v.literal('terrain-bundle'),
  v: v.literal(1),
  campaignId: campaignIdSchema,
  deviceId: deviceIdSchema,
  publicKey: publicKeySchema,
  /** The membership as the server signed it: after a restore it still says who this device is. */
  credential: v.string(),
  createdAt: instantSchema,
  runs: v.array(runSchema),
  files: v.array(v.looseObject({
    sha256: sha256Schema,
    type: v.string(),
    entryId: entryIdSchema,
    /** base64 (RFC 4648, section 4). */
    data: v.string(),
  })),
})
export type Bundle = v.InferOutput<typeof bundleSchema>
