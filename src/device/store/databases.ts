import { Dexie } from 'dexie'
import type { CampaignId, DeviceId } from '#domain/ids.ts'
import type { CampaignHere } from '#device/campaigns-here.ts'
import { isWaiting } from '#device/store/carried.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { originalsByKind } from '#device/store/files.ts'
import { readMeta } from '#device/store/meta.ts'
import { pendingTables, readPending } from '#device/store/outbox.ts'

/** The first membership of a browser keeps the name that it had when there was but one; each further one is named by its campaign. */
const further = /-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function firstName(database: string): string {
  return database.replace(further, '')
}

export function databaseOf(among: string, campaign: CampaignId): string {
  return `${firstName(among)}-${campaign}`
}

/**
 * Where a campaign is joined beside those that are here: under its own name, unless another one has that place. A browser that threw its databases away
 * still knows which one it had open, and whoever then follows a link to another campaign joins that one there.
 */
export function placeFor(campaign: CampaignId, { among, here }: { readonly among: string; readonly here: readonly CampaignHere[] }): string {
  const taken = new Set(here.map(({ database }) => database))
  // One name more than there are campaigns: one of them is free.
  const names = [campaign, ...here.map((one) => one.campaign.id)].map((id) => databaseOf(among, id))
  return names.find((name) => !taken.has(name)) ?? databaseOf(among, campaign)
}

/** A name without a membership: somebody has asked to join under it and has had no answer. */
interface Asking {
  readonly asking: DeviceId
}

export interface Memberships {
  readonly campaigns: readonly CampaignHere[]
  readonly asking: readonly DeviceId[]
}

/**
 * Every membership of this browser, read from its own database; the one that is open from the connection that is open, or left out: what
 * waits there may be much, and is counted already.
 */
export async function readMemberships(open: DeviceDatabase, { others = false }: { readonly others?: boolean } = {}): Promise<Memberships> {
  const names = (await Dexie.getDatabaseNames()).filter((name) => firstName(name) === firstName(open.name) && !(others && name === open.name))
  const read: (CampaignHere | Asking)[] = []
  // One after the other: a browser may be a member of several, and a cheap phone opens one at a time sooner than all at once. One that
  // cannot be opened stays out of the list, and stays as it is.
  for (const name of names) read.push(...(await (name === open.name ? standing(open, true) : standingOf(name)).catch(() => [])))
  return {
    campaigns: read.flatMap((one) => ('campaign' in one ? [one] : [])).toSorted((one, other) => one.campaign.name.localeCompare(other.campaign.name)),
    asking: read.flatMap((one) => ('asking' in one ? [one.asking] : [])),
  }
}

async function standingOf(name: string): Promise<readonly (CampaignHere | Asking)[]> {
  const db = new DeviceDatabase(name)
  try {
    return await standing(db, false)
  } finally {
    db.shut()
  }
}

function standing(db: DeviceDatabase, isOpen: boolean): Promise<readonly (CampaignHere | Asking)[]> {
  return db.read([...pendingTables(db), db.drafts, db.carried], async () => {
    const own = await readMeta(db, 'membership')
    const identity = await readMeta(db, 'identity')
    if (own === undefined) return identity === undefined ? [] : [{ asking: identity.deviceId }]
    const pending = await readPending(db)
    const held = (await readMeta(db, 'held')) ?? []
    const { photos, voices } = originalsByKind(pending.files)
    const carries = (await db.carried.toArray()).some(isWaiting)
    const { membership: { campaign, member } } = own
    return [{
      database: db.name, isOpen,
      campaign: { id: campaign.id, name: campaign.name },
      member: { name: member.name, role: member.role },
      pendingEntries: new Set([...pending.changes.map(({ entryId }) => entryId), ...held.map(({ change }) => change.entryId)]).size,
      pendingFiles: photos + voices,
      pendingVoices: voices,
      isWaiting: carries || pending.changes.length + pending.files.length + held.length > 0,
      drafts: await db.drafts.count(),
      lastContactAt: (await readMeta(db, 'pull'))?.askedAt ?? (await readMeta(db, 'lastContactAt')) ?? null,
      isSignedOut: (await readMeta(db, 'attention')) === 'join-again',
    }]
  })
}
