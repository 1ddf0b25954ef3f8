import * as v from 'valibot'
import { campaignIdSchema, deviceIdSchema, instantSchema, memberIdSchema } from '#domain/ids.ts'

export const roles = ['volunteer', 'coordinator'] as const
export const roleSchema = v.picklist(roles)
export type Role = v.InferOutput<typeof roleSchema>

/** A public ECDSA P-256 key as JWK (RFC 7517); extra members are refused so that a private key can never be sent by mistake. */
export const publicKeySchema = v.strictObject({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  x: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
  y: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
})
export type PublicKey = v.InferOutput<typeof publicKeySchema>

/** ECDSA P-256 signature, IEEE P1363 (64 bytes), base64url without padding. */
export const signatureSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/))
export const inviteSecretSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,64}$/))

export const memberSchema = v.looseObject({
  id: memberIdSchema,
  role: roleSchema,
  name: v.string(),
  organisation: v.optional(v.string()),
  language: v.string(),
})
export type Member = v.InferOutput<typeof memberSchema>

export const campaignSchema = v.looseObject({
  id: campaignIdSchema,
  name: v.string(),
  publicKey: publicKeySchema,
  /** What bundles are sealed for (ECDH P-256), apart from the key that signs; absent from servers before wire version 4. */
  encryptionKey: v.optional(publicKeySchema),
  /** Where the campaign takes place: the countries offered first, alpha-3. */
  countries: v.array(v.string()),
  languages: v.array(v.string()),
  startsOn: v.nullable(v.string()),
  /** Text with local hotlines that the coordinator set, or null. */
  urgentHelp: v.nullable(v.string()),
  /** How often the settings were changed; a device that hears of another number in a sync asks for them anew. Absent: never. */
  revision: v.optional(v.number()),
  endsOn: v.optional(v.nullable(v.string())),
  /** The themes in their order, with names of the campaign's own; absent: all topics under their usual names. */
  topics: v.optional(v.array(v.looseObject({ code: v.string(), names: v.optional(v.record(v.string(), v.string())) }))),
  /** Read by `areasOf`; left out where the device said that it has those of this revision. */
  areas: v.optional(v.array(v.unknown())),
  /** Who made the list of areas and its outlines: their licences ask for it. */
  areasSource: v.optional(v.nullable(v.string())),
  /** What the campaign adds to the words by which consent is asked, and its version. */
  consentNote: v.optional(v.nullable(v.looseObject({ version: v.number(), text: v.string() }))),
  /** So many months after the last day everything is erased; null or absent: never by itself. */
  retentionMonths: v.optional(v.nullable(v.number())),
  /** Whether the server keeps photos and voice notes as phones sent them beside its own copies; absent: no. */
  keepOriginals: v.optional(v.boolean()),
})
export type Campaign = v.InferOutput<typeof campaignSchema>

/** Answer to `POST /campaigns`. Here and not beside its order: phones read it, and the rules for settings are not on them. */
export const campaignMadeSchema = v.looseObject({ campaign: campaignSchema })

export const inviteLookResponseSchema = v.looseObject({ campaign: v.looseObject({ id: campaignIdSchema, name: v.string() }), role: roleSchema })
export type InviteLook = v.InferOutput<typeof inviteLookResponseSchema>

/** `credential` is opaque to the device: the membership signed by the server, which re-creates it after a restore. */
export const joinResponseSchema = v.looseObject({
  member: memberSchema,
  campaign: campaignSchema,
  credential: v.string(),
  epoch: v.string(),
  session: v.optional(v.looseObject({ token: v.string(), expiresAt: instantSchema })),
})
export type JoinResponse = v.InferOutput<typeof joinResponseSchema>

export function rotateText(deviceId: string): string {
  return `terrain-rotate:${deviceId}`
}

/** Answer to `POST /devices/move`: joining with this invite makes another device of the same member, once and until then. */
export const moveResponseSchema = v.looseObject({ invite: inviteSecretSchema, expiresAt: instantSchema })
export type MoveResponse = v.InferOutput<typeof moveResponseSchema>

export const challengeResponseSchema = v.looseObject({ challenge: v.string(), expiresAt: instantSchema })

export function sessionText(challenge: string, deviceId: string): string {
  return `terrain-session:${challenge}:${deviceId}`
}

export const sessionResponseSchema = v.looseObject({
  epoch: v.string(),
  session: v.optional(v.looseObject({ token: v.string(), expiresAt: instantSchema })),
})

/** What the member may do here; the screens ask for these and never for roles. */
export const abilities = ['record', 'review', 'readAll', 'manageMembers', 'invite', 'import', 'export', 'editCampaign', 'createCampaign'] as const
export type Ability = (typeof abilities)[number]

export const meResponseSchema = v.looseObject({
  member: memberSchema,
  campaign: campaignSchema,
  deviceId: deviceIdSchema,
  abilities: v.array(v.string()),
  epoch: v.string(),
})
export type MeResponse = v.InferOutput<typeof meResponseSchema>
