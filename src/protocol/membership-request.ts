import * as v from 'valibot'
import { deviceIdSchema } from '#domain/ids.ts'
import { plainText } from '#domain/plain-text.ts'
import { inviteSecretSchema, publicKeySchema, signatureSchema } from '#protocol/membership.ts'

// Requests are parsed by the server alone: see sync-request.ts.

const shortText = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max), plainText)

export const joinRequestSchema = v.looseObject({
  invite: inviteSecretSchema,
  name: shortText(80),
  organisation: v.optional(shortText(120)),
  language: v.pipe(v.string(), v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/)),
  device: v.looseObject({ id: deviceIdSchema, publicKey: publicKeySchema, label: v.pipe(v.string(), v.maxLength(80), plainText) }),
  tokenFor: v.optional(v.literal('script')),
})
export type JoinRequest = v.InferOutput<typeof joinRequestSchema>

/**
 * `POST /join/look`: which campaign an invite is for, before somebody who is a member of another one joins it too. `devices` are names
 * under which this browser has asked before and had no answer: what they have used up themselves is still theirs.
 */
export const inviteLookRequestSchema = v.looseObject({ invite: inviteSecretSchema, devices: v.optional(v.pipe(v.array(deviceIdSchema), v.maxLength(50))) })
/**
 * A new id and key for the member of the session. `sig` signs the text `terrain-rotate:DEVICE_ID` with the new key, so that
 * nobody registers a key that is not theirs. The same id and key again is the same device. Answered like a join.
 */
export const rotateRequestSchema = v.looseObject({
  device: v.looseObject({ id: deviceIdSchema, publicKey: publicKeySchema, label: v.pipe(v.string(), v.maxLength(80), plainText) }),
  sig: signatureSchema,
  /** The same text signed with the key of the device before: without it the new one may do nothing that needs a proof (`proof.ts`). */
  by: v.optional(signatureSchema),
  tokenFor: v.optional(v.literal('script')),
})
export type RotateRequest = v.InferOutput<typeof rotateRequestSchema>

/** `sig` signs the text `terrain-session:CHALLENGE:DEVICE_ID` with the device's key. */
export const sessionRequestSchema = v.looseObject({
  deviceId: deviceIdSchema,
  credential: v.pipe(v.string(), v.maxLength(4000)),
  challenge: v.pipe(v.string(), v.maxLength(400)),
  sig: signatureSchema,
  tokenFor: v.optional(v.literal('script')),
})
export type SessionRequest = v.InferOutput<typeof sessionRequestSchema>
