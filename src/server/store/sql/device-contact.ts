import type { CampaignId, DeviceId } from '#domain/ids.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import type { DeviceChain, DeviceContact } from '#server/store/store.ts'

interface Met {
  readonly campaignId: CampaignId
  readonly deviceId: DeviceId
  readonly contact: DeviceContact
  /** As it stands with what the device has just brought. */
  readonly chain: Pick<DeviceChain, 'highDeviceSeq'>
}

/** When a device was last heard of, and what it said that it still holds, as far as it knows its own chain. */
export async function keepContact(db: Db | Tx, { campaignId, deviceId, contact, chain }: Met): Promise<void> {
  const { at, appVersion, manifest, clockOffsetMs } = contact
  const isBehind = manifest !== null && manifest.highDeviceSeq < chain.highDeviceSeq
  await db.updateTable('devices').where('campaign_id', '=', campaignId).where('id', '=', deviceId).set({
    last_contact_at: at,
    ...(appVersion === null ? {} : { app_version: appVersion }),
    ...(manifest === null || isBehind ? {} : { manifest: JSON.stringify(manifest) }),
    ...(clockOffsetMs === undefined ? {} : { clock_offset_ms: clockOffsetMs }),
  }).execute()
}
