import * as v from 'valibot'
import { campaignIdSchema, deviceIdSchema, instantSchema, memberIdSchema } from '#domain/ids.ts'
import { publicKeySchema, roleSchema } from '#protocol/membership.ts'
import { signText, verifyText } from '#server/auth/keys.ts'
import type { StoredCampaign, StoredDevice, StoredMember } from '#server/store/store.ts'

const credentialSchema = v.strictObject({
  v: v.literal(1),
  campaignId: campaignIdSchema,
  memberId: memberIdSchema,
  deviceId: deviceIdSchema,
  role: roleSchema,
  name: v.string(),
  organisation: v.optional(v.string()),
  language: v.string(),
  publicKey: publicKeySchema,
  joinedAt: instantSchema,
  /** Only of a device that was made out of a session alone. */
  isVouched: v.optional(v.literal(false)),
})
/** A membership as the server signed it. The device keeps it; after a restore it re-creates member and device with their old ids. */
export type Credential = v.InferOutput<typeof credentialSchema>

/** `payload.signature`, both base64url, signed with the campaign's key. */
export function signCredential(campaign: Pick<StoredCampaign, 'privateKey'>, credential: Credential): string {
  const payload = Buffer.from(JSON.stringify(credential), 'utf8').toString('base64url')
  return `${payload}.${signText(campaign.privateKey, `terrain-credential:${payload}`)}`
}

/** The credential of a member on one device. */
export function credentialFor(campaign: Pick<StoredCampaign, 'id' | 'privateKey'>, member: StoredMember, device: Pick<StoredDevice, 'id' | 'publicKey' | 'isVouched'>): string {
  const { id: memberId, role, name, organisation, language, joinedAt } = member
  return signCredential(campaign, {
    v: 1, campaignId: campaign.id, memberId, deviceId: device.id, role, name, ...(organisation === undefined ? {} : { organisation }), language, publicKey: device.publicKey, joinedAt, ...(device.isVouched === false ? { isVouched: false } : {}),
  })
}

/** Reads the payload without believing it: it names the campaign whose key must then verify it. */
export function readCredential(text: string): Credential | null {
  try {
    const parsed = v.safeParse(credentialSchema, JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString('utf8')))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

export function isCredentialOf(campaign: Pick<StoredCampaign, 'publicKey'>, text: string): boolean {
  const [payload, sig] = text.split('.')
  return payload !== undefined && sig !== undefined && verifyText(campaign.publicKey, `terrain-credential:${payload}`, sig)
}
