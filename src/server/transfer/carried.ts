import type { EntryId, Sha256 } from '#domain/ids.ts'
import type { DeviceId } from '#domain/ids.ts'
import type { ImportResponse } from '#protocol/import.ts'
import type { PushResult } from '#protocol/sync.ts'
import { isCredentialOf, readCredential } from '#server/auth/credential.ts'
import { signedMembership } from '#server/auth/readmission.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import { isKnownFileType } from '#server/files/finish-upload.ts'
import type { OnFileStored } from '#server/files/finish-upload.ts'
import { keepFile } from '#server/files/keep-file.ts'
import { maxFileBytes } from '#server/files/uploads.ts'
import type { StoredCampaign, StoredDevice } from '#server/store/store.ts'

/** The device that made a bundle: one that is known, or one whose membership the campaign's key has signed. Null for any other, and for one who was erased. */
export async function authorDevice(context: ServerContext, campaign: StoredCampaign, made: { readonly deviceId: DeviceId; readonly credential: string }): Promise<StoredDevice | null> {
  const known = await context.store.members.device(made.deviceId)
  if (known !== null && known.campaignId === campaign.id) return known
  const credential = readCredential(made.credential)
  if (known !== null || credential === null || credential.deviceId !== made.deviceId || credential.campaignId !== campaign.id || !isCredentialOf(campaign, made.credential)) return null
  const signed = await signedMembership(context.store, credential)
  if (signed === null) return null
  await context.store.members.add(signed.member, signed.device)
  return signed.device
}

export interface CarriedFile {
  readonly sha256: Sha256
  readonly type: string
  readonly entryId: EntryId
}

export interface FileGround {
  readonly campaign: StoredCampaign
  readonly device: StoredDevice
  readonly onFileStored: OnFileStored
}

/** False for a file whose bytes are not what its name says: it is left out, the phone still has it and sends it itself. So is one whose words were erased. */
export async function keepCarriedFile(context: ServerContext, { campaign, device, onFileStored }: FileGround, { sha256, type, entryId }: CarriedFile, bytes: Uint8Array): Promise<boolean> {
  if (bytes.length > maxFileBytes || !isKnownFileType(type) || sha256Of(bytes) !== sha256) return false
  if ((await context.store.erasures.isErased(campaign.id, entryId)) || (await context.store.erasures.isPersonErased(campaign.id, device.memberId))) return false
  await keepFile(context, campaign, { campaignId: campaign.id, entryId, sha256, type, uploadedBy: device.memberId }, bytes)
  await onFileStored({ campaign, memberId: device.memberId }, { sha256, entryId })
  return true
}

/** What was taken, and each change that was not, with its place in the file. */
export function importSummary(results: readonly PushResult[], files: number): ImportResponse {
  const refused = results.flatMap((result, index) => (result.status === 'stored' || result.status === 'duplicate' ? [] : [{ row: index + 1, reason: result.problem ?? result.status }]))
  return { accepted: results.filter(({ status }) => status === 'stored').length, duplicates: results.filter(({ status }) => status === 'duplicate').length, files, refused }
}
