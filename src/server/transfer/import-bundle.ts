import * as v from 'valibot'
import { bundleSchema } from '#protocol/bundle.ts'
import type { Bundle } from '#protocol/bundle.ts'
import type { ImportResponse } from '#protocol/import.ts'
import type { PushResult } from '#protocol/sync.ts'
import type { ServerContext } from '#server/context.ts'
import type { OnFileStored } from '#server/files/finish-upload.ts'
import type { Actor } from '#server/http/access.ts'
import { refuseFlood } from '#server/http/flood.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { receiveRun } from '#server/sync/receive-run.ts'
import { authorDevice, importSummary, keepCarriedFile } from '#server/transfer/carried.ts'

/**
 * Takes in what another phone could not send, as plain JSON: the form of the time before bundles were sealed. The seal of each run says
 * who the author is, whoever brings the file; importing it twice leaves each change and each photo once.
 */
export async function importBundle(context: ServerContext, carrier: Pick<Actor, 'campaign' | 'memberId'>, text: string, onFileStored: OnFileStored): Promise<ImportResponse> {
  const bundle = parsedBundle(text)
  const { campaign } = carrier
  if (bundle.campaignId !== campaign.id) throw new ProblemError('bundle-foreign')
  const device = await authorDevice(context, campaign, bundle)
  if (device === null) throw new ProblemError('bundle-foreign')
  const results: PushResult[] = []
  for (const run of bundle.runs) {
    await refuseFlood(context, { campaign, memberId: device.memberId }, run)
    results.push(...(await receiveRun(context, { campaign, device, carriedBy: carrier.memberId }, run)).results)
  }
  let files = 0
  for (const { data, ...file } of bundle.files) if (await keepCarriedFile(context, { campaign, device, onFileStored }, file, Buffer.from(data, 'base64'))) files += 1
  return importSummary(results, files)
}

function parsedBundle(text: string): Bundle {
  try {
    const parsed = v.safeParse(bundleSchema, JSON.parse(text), { abortEarly: true })
    if (parsed.success) return parsed.output
  } catch {
    throw new ProblemError('malformed-json')
  }
  throw new ProblemError('malformed-request', { at: ['/'] })
}
