import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { campaignIdSchema, deviceIdSchema, entryIdSchema } from '#domain/ids.ts'
import type { CampaignId, DeviceId } from '#domain/ids.ts'
import type { ServerContext } from '#server/context.ts'

type Ground = Pick<ServerContext, 'store' | 'uploadDir'>

/** Whose it is stands in the name: of an upload, its description beside it, and of a bundle in parts. */
const ownerSchema = v.tuple([campaignIdSchema, deviceIdSchema])
const describedSchema = v.object({ metadata: v.object({ entryId: entryIdSchema }) })

/**
 * Takes out what phones have begun to send of an entry that is erased, or of somebody who is, and of all in a campaign whose time is `over`. A phone
 * that goes on with one finds nothing, begins anew, and is told at its end that the words are gone.
 */
export async function forgetUnfinished(ground: Ground, over?: CampaignId): Promise<void> {
  const isGone = personsIn(ground)
  for (const name of await namesIn(ground)) {
    const owner = v.safeParse(ownerSchema, name.replace(/^bundle\./, '').split('.').slice(0, 2))
    if (!owner.success) continue
    const [campaign, device] = owner.output
    if (campaign === over || (await isGone(campaign, device)) || (await isOfErased(ground, campaign, name))) await rm(join(ground.uploadDir, name), { force: true })
  }
}

/** All that phones have begun to send, of a campaign. */
export async function forgetBegun(ground: Ground, campaign: CampaignId): Promise<void> {
  for (const name of await namesIn(ground)) if (name.startsWith(`${campaign}.`) || name.startsWith(`bundle.${campaign}.`)) await rm(join(ground.uploadDir, name), { force: true })
}

/** Whether the person of a device is erased, asked once of each: a phone may have begun many. */
function personsIn({ store }: Ground): (campaign: CampaignId, device: DeviceId) => Promise<boolean> {
  const known = new Map<DeviceId, Promise<boolean>>()
  const ask = async (campaign: CampaignId, device: DeviceId): Promise<boolean> => {
    const memberId = (await store.members.device(device))?.memberId
    return memberId !== undefined && store.erasures.isPersonErased(campaign, memberId)
  }
  return (campaign, device) => {
    const asked = known.get(device) ?? ask(campaign, device)
    known.set(device, asked)
    return asked
  }
}

async function isOfErased({ store, uploadDir }: Ground, campaign: CampaignId, name: string): Promise<boolean> {
  const described = await readFile(join(uploadDir, `${name.replace(/\.json$/, '')}.json`), 'utf8').catch(() => '')
  const parsed = v.safeParse(describedSchema, parsedJson(described))
  return parsed.success && store.erasures.isErased(campaign, parsed.output.metadata.entryId)
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The descriptions last: without its own an upload says no more which entry it is of. */
async function namesIn({ uploadDir }: Ground): Promise<readonly string[]> {
  return (await readdir(uploadDir).catch(() => [])).toSorted((a, b) => Number(a.endsWith('.json')) - Number(b.endsWith('.json')))
}
