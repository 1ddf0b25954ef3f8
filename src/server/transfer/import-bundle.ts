import * as v from 'valibot'
import { bundleSchema } from '#protocol/bundle.ts'
import type { Bundle } from '#protocol/bundle.ts'
import type { ImportResponse } from '#protocol/desk.ts'
import type { PushResult } from '#protocol/sync.ts'
import { isCredentialOf, readCredential } from '#server/auth/credential.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import { enterFile } from '#server/files/keep-file.ts'
import type { OnFileStored } from '#server/files/finish-upload.ts'
import { maxFileBytes } from '#server/files/uploads.ts'
import type { Actor } from '#server/http/access.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import type { StoredCampaign, StoredDevice } from '#server/store/store.ts'
import { receiveRun } from '#server/sync/receive-run.ts'

/**
 * Takes in what another phone could not send: its sealed runs and its photos. The seal says who the author is, whoever
 * brings the file; importing it twice leaves each change and each photo once.
 */
export async function importBundle(context: ServerContext, carrier: Pick<Actor, 'campaign' | 'memberId'>, text: string, onFileStored: OnFileStored): Promise<ImportResponse> {
  const bundle = parsedBundle(text)
  const { campaign } = carrier
  if (bundle.campaignId !== campaign.id) throw new ProblemError('not-found')
  const device = await authorDevice(context, campaign, bundle)
  const results: PushResult[] = []
  for (const run of bundle.runs) results.push(...(await receiveRun(context, { campaign, device, carriedBy: carrier.memberId }, run)).results)
  await keepFiles(context, { campaign, device, bundle, onFileStored })
  return summary(results)
}

function parsedBundle(text: string): Bundle {
  try {
    const parsed = v.safeParse(bundleSchema, JSON.parse(text))
    if (parsed.success) return parsed.output
  } catch {
    throw new ProblemError('malformed-json')
  }
  throw new ProblemError('malformed-request', { at: ['/'] })
}

/** The device that made the bundle: one that is known, or one whose membership the campaign's key has signed. */
async function authorDevice(context: ServerContext, campaign: StoredCampaign, bundle: Bundle): Promise<StoredDevice> {
  const known = await context.store.members.device(bundle.deviceId)
  if (known !== null && known.campaignId === campaign.id) return known
  const credential = readCredential(bundle.credential)
  if (known !== null || credential === null || credential.deviceId !== bundle.deviceId || credential.campaignId !== campaign.id || !isCredentialOf(campaign, bundle.credential)) throw new ProblemError('bad-signature')
  const { memberId, role, name, organisation, language, joinedAt, publicKey } = credential
  const device = { id: bundle.deviceId, campaignId: campaign.id, memberId, publicKey, label: '', createdAt: joinedAt, revokedAt: null, lastContactAt: null, appVersion: null, manifest: null }
  await context.store.members.add({ id: memberId, campaignId: campaign.id, role, name, language, joinedAt, endedAt: null, ...(organisation === undefined ? {} : { organisation }) }, device)
  return device
}

/** Files whose bytes are not what their name says are left out: the phone still has them and sends them itself. */
async function keepFiles(context: ServerContext, { campaign, device, bundle, onFileStored }: { readonly campaign: StoredCampaign; readonly device: StoredDevice; readonly bundle: Bundle; readonly onFileStored: OnFileStored }): Promise<void> {
  for (const { sha256, type, entryId, data } of bundle.files) {
    const bytes = Buffer.from(data, 'base64')
    if (bytes.length > maxFileBytes || sha256Of(bytes) !== sha256) continue
    await context.shelf.keepBytes('received', { campaignId: campaign.id, sha256 }, bytes)
    await enterFile(context, { campaignId: campaign.id, entryId, sha256, type, uploadedBy: device.memberId }, bytes)
    await onFileStored({ campaign }, { sha256, entryId })
  }
}

function summary(results: readonly PushResult[]): ImportResponse {
  const refused = results.flatMap((result, index) => (result.status === 'stored' || result.status === 'duplicate' ? [] : [{ row: index + 1, reason: result.problem ?? result.status }]))
  return { accepted: results.filter(({ status }) => status === 'stored').length, duplicates: results.filter(({ status }) => status === 'duplicate').length, refused }
}
