import type { CampaignId, DeviceId, MemberId, Sha256 } from '#domain/ids.ts'
import { counterColumns } from '#server/store/sql/all-columns.ts'
import type { Asked, Tx } from '#server/store/sql/db.ts'
import { keptOne } from '#server/store/sql/kept-query.ts'
import type { CampaignRow, CounterRow, DeviceTableRow, InviteTableRow } from '#server/store/sql/schema.ts'

/*
 * Rows that are read in order to be changed. SQLite has no `select … for update` and needs none, since its writers begin with
 * the lock on everything; an update that changes nothing takes the row lock in PostgreSQL until the commit, waits for who
 * holds it, and returns the row as that one left it. So the statement is one and the same for both.
 */

/**
 * The one lock of a campaign: whoever appends holds it until the commit, so that seq is gapless and becomes visible in its
 * own order. A cursor over a sequence or a time would miss what commits late.
 */
export function lockCounters(tx: Asked, campaign: CampaignId): Promise<CounterRow | undefined> {
  return lockedCounters(tx, campaign)
}

const lockedCounters = keptOne((db, campaign: CampaignId) => db.updateTable('counters').set((eb) => ({ seq: eb.ref('seq') })).where('campaign_id', '=', campaign).returning(counterColumns))

export function lockInvite(tx: Tx, secretHash: Sha256): Promise<InviteTableRow | undefined> {
  return tx.updateTable('invites').set((eb) => ({ uses_left: eb.ref('uses_left') })).where('secret_hash', '=', secretHash).returningAll().executeTakeFirst()
}

export function lockDevice(tx: Tx, campaign: CampaignId, id: DeviceId): Promise<DeviceTableRow> {
  return tx.updateTable('devices').set((eb) => ({ label: eb.ref('label') })).where('campaign_id', '=', campaign).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}

export async function lockMember(tx: Tx, campaign: CampaignId, id: MemberId): Promise<void> {
  await tx.updateTable('members').set((eb) => ({ name: eb.ref('name') })).where('campaign_id', '=', campaign).where('id', '=', id).execute()
}

export function lockCampaign(tx: Tx, campaign: CampaignId): Promise<CampaignRow | undefined> {
  return tx.updateTable('campaigns').set((eb) => ({ settings: eb.ref('settings') })).where('campaign_id', '=', campaign).returningAll().executeTakeFirst()
}

/** Whoever asks whether there is any campaign at all, to make the first one. */
export async function lockDatabase(tx: Tx): Promise<void> {
  await tx.updateTable('meta').set((eb) => ({ value: eb.ref('value') })).where('key', '=', 'epoch').execute()
}
