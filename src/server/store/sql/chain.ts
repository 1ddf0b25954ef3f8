import { sql } from 'kysely'
import type { CampaignId, DeviceId } from '#domain/ids.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { endOfPlaces } from '#server/store/sql/end-of-places.ts'
import { kept } from '#server/store/sql/kept-query.ts'
import type { DeviceChain } from '#server/store/appended.ts'

/** A device may claim any number: the list of missing ones is cut, the gap it comes from stays visible. */
const maxMissing = 1000

/** A chain, and the place up to which nothing of it is missing: kept with the device, so that it need not be counted again. */
export interface KnownChain {
  readonly chain: DeviceChain
  readonly wholeTo: number
}

export const emptyChain: KnownChain = { chain: { highDeviceSeq: 0, hash: null, missing: [] }, wholeTo: 0 }

/** How far a device's chain has come, and which places in it never arrived. */
export async function chainOf(db: Db | Tx, campaign: CampaignId, device: DeviceId): Promise<KnownChain> {
  return (await chainsOfDevices(db, campaign, [device])).get(device) ?? emptyChain
}

/** The same for several devices; one that is not known is not among them. */
export async function chainsOfDevices(db: Db | Tx, campaign: CampaignId, devices: readonly DeviceId[]): Promise<ReadonlyMap<DeviceId, KnownChain>> {
  return chainsWith(db, campaign, await chainEnds(db, campaign, devices))
}

/** The same, when their ends have been asked for. */
export async function chainsWith(db: Db | Tx, campaign: CampaignId, ends: Awaited<ReturnType<typeof chainEnds>>): Promise<ReadonlyMap<DeviceId, KnownChain>> {
  const chains = new Map<DeviceId, KnownChain>()
  for (const { id, whole_to: kept, behind, high, hash } of ends) {
    const [highDeviceSeq, wholeTo] = [Number(high ?? 0), Number(kept)]
    const isWhole = wholeTo + Number(behind) === highDeviceSeq
    const gaps = isWhole ? [] : ((await gapsOf(db, campaign, id)).get(id) ?? [])
    const missing = gaps.length === 0 ? [] : withoutHandedOver(gaps, (await handedOver(db, campaign, id)).get(id))
    chains.set(id, high === null ? emptyChain : { chain: { highDeviceSeq, hash, missing }, wholeTo: isWhole ? highDeviceSeq : wholeTo })
  }
  return chains
}

/** Whose they are, the last link of each, and how many there are behind those that are known to be all there: only they are counted, however long the chain has become. */
export function chainEndsQuery(db: Db | Tx, campaign: CampaignId, devices: readonly DeviceId[]) {
  return db.selectFrom('devices').innerJoin('members', (join) => join.onRef('members.campaign_id', '=', 'devices.campaign_id').onRef('members.id', '=', 'devices.member_id')).select((eb) => {
    const links = () => eb.selectFrom('links').whereRef('links.campaign_id', '=', 'devices.campaign_id').whereRef('links.device_id', '=', 'devices.id')
    const last = () => links().orderBy('links.device_seq', 'desc').limit(1)
    return [
      'devices.id', 'whole_to', 'revoked_at', 'name', 'role', 'ended_at', 'aside_since', last().select('links.device_seq').as('high'), last().select('links.hash').as('hash'),
      links().whereRef('links.device_seq', '>', 'devices.whole_to').where('links.device_seq', '<', endOfPlaces).select((inner) => inner.fn.countAll<number>().as('count')).as('behind'),
    ]
  }).where('devices.campaign_id', '=', campaign).where('devices.id', 'in', devices)
}

export const chainEnds = kept(chainEndsQuery)

/** The same for every device of a campaign. */
export async function chainsOf(db: Db | Tx, campaign: CampaignId): Promise<ReadonlyMap<DeviceId, Omit<DeviceChain, 'hash'>>> {
  const highs = await db.selectFrom('links').select((eb) => ['device_id', eb.fn.max('device_seq').as('high')]).where('campaign_id', '=', campaign).groupBy('device_id').execute()
  const gaps = await gapsOf(db, campaign, null)
  const aside = gaps.size === 0 ? new Map<DeviceId, ReadonlySet<number>>() : await handedOver(db, campaign, null)
  return new Map(highs.map(({ device_id, high }) => [device_id, { highDeviceSeq: Number(high), missing: withoutHandedOver(gaps.get(device_id) ?? [], aside.get(device_id)) }]))
}

/** What came by `/sync/quarantine` has no place in the chain, and is not missing all the same: it waits for a person, or was known already. */
async function handedOver(db: Db | Tx, campaign: CampaignId, device: DeviceId | null): Promise<ReadonlyMap<DeviceId, ReadonlySet<number>>> {
  const all = db.selectFrom('changes').select(['device_id', 'device_seq']).where('campaign_id', '=', campaign).where('quarantined', '=', 'unparseable').where('device_seq', 'is not', null)
  const known = db.selectFrom('handed_over').select(['device_id', 'device_seq']).where('campaign_id', '=', campaign)
  const aside = await (device === null ? all : all.where('device_id', '=', device)).execute()
  const rows = [...aside, ...(await (device === null ? known : known.where('device_id', '=', device)).execute())]
  const places = new Map<DeviceId, Set<number>>()
  for (const { device_id, device_seq } of rows) places.set(device_id, (places.get(device_id) ?? new Set()).add(Number(device_seq)))
  return places
}

function withoutHandedOver(missing: readonly number[], aside: ReadonlySet<number> | undefined): readonly number[] {
  return aside === undefined ? missing : missing.filter((deviceSeq) => !aside.has(deviceSeq))
}

async function gapsOf(db: Db | Tx, campaign: CampaignId, device: DeviceId | null): Promise<ReadonlyMap<DeviceId, readonly number[]>> {
  const one = device === null ? sql`` : sql`and device_id = ${device}`
  const { rows } = await sql<{ device_id: DeviceId; after: number; device_seq: number }>`
    select device_id, after, device_seq from (
      select device_id, device_seq, lag(device_seq, 1, 0) over (partition by device_id order by device_seq) as after
      from links where campaign_id = ${campaign} ${one}) as places
    where device_seq - after > 1 order by device_id, device_seq`.execute(db)
  const missing = new Map<DeviceId, number[]>()
  for (const row of rows) {
    const list = missing.get(row.device_id) ?? []
    for (let seq = Number(row.after) + 1; seq < Number(row.device_seq) && list.length < maxMissing; seq += 1) list.push(seq)
    missing.set(row.device_id, list)
  }
  return missing
}
