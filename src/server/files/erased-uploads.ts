import { readFile, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { campaignIdSchema, deviceIdSchema, entryIdSchema, sha256Schema } from '#domain/ids.ts'
import type { CampaignId, DeviceId, Instant } from '#domain/ids.ts'
import type { ServerContext } from '#server/context.ts'

type Ground = Pick<ServerContext, 'store' | 'uploadDir'>

/** Whose it is stands in the name: of an upload, its description beside it, and of a bundle in parts. */
const ownerSchema = v.tuple([campaignIdSchema, deviceIdSchema])
const describedSchema = v.object({ metadata: v.object({ entryId: entryIdSchema }) })
const wholeSchema = v.object({ size: v.number(), creation_date: v.string(), metadata: v.object({ entryId: entryIdSchema, sha256: sha256Schema, type: v.string() }) })

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
    if (campaign !== over && !(await isGone(campaign, device)) && !(await isOfErased(ground, campaign, name))) continue
    await noteOnShelf(ground, name)
    await rm(join(ground.uploadDir, name), { force: true })
  }
}

/** Before a campaign is erased as a whole: what its uploads may have on the shelf already goes with it. */
export async function noteBegun(ground: Ground, campaign: CampaignId): Promise<void> {
  for (const name of await namesIn(ground)) if (name.startsWith(`${campaign}.`)) await noteOnShelf(ground, name)
}

/**
 * Of an upload whose last byte came some may stand on the shelf without a row, since the storage went away in between, no picture could be made, or the process died: with its
 * upload gone, nobody would ever find it. With a row that says that nothing is kept it is taken out like any other.
 */
export async function noteOnShelf({ store, uploadDir }: Ground, name: string): Promise<void> {
  const owner = v.safeParse(ownerSchema, name.split('.').slice(0, 2))
  const [about, bytes] = [await descriptionOf(uploadDir, name), await stat(join(uploadDir, name)).catch(() => null)]
  const whole = v.safeParse(wholeSchema, about)
  if (!owner.success || !whole.success || name.endsWith('.json') || bytes?.size !== whole.output.size) return
  const [campaign, device] = owner.output
  const { size, creation_date: storedAt, metadata: { sha256, entryId, type } } = whole.output
  const memberId = (await store.members.device(device))?.memberId
  if (memberId === undefined || (await store.files.get(campaign, sha256)) !== null) return
  await store.files.put({ campaignId: campaign, sha256, entryId, type, bytes: size, uploadedBy: memberId, storedAt: storedAt as Instant, shownSha256: null, original: 'gone' })
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
  const parsed = v.safeParse(describedSchema, await descriptionOf(uploadDir, name))
  return parsed.success && store.erasures.isErased(campaign, parsed.output.metadata.entryId)
}

async function descriptionOf(uploadDir: string, name: string): Promise<unknown> {
  return parsedJson(await readFile(join(uploadDir, `${name.replace(/\.json$/, '')}.json`), 'utf8').catch(() => ''))
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
