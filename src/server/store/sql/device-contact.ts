import type { CampaignId, DeviceId } from '#domain/ids.ts'
import type { KnownChain } from '#server/store/sql/chain.ts'
import type { Asked } from '#server/store/sql/db.ts'
import { keptNote } from '#server/store/sql/kept-query.ts'
import type { DeviceTableRow } from '#server/store/sql/schema.ts'
import type { DeviceContact } from '#server/store/store.ts'

interface Met {
  readonly campaignId: CampaignId
  readonly deviceId: DeviceId
  /** Absent: its changes came without it, or it is the server's own. */
  readonly contact: DeviceContact | undefined
  /** As it stands with what the device has just brought. */
  readonly known: KnownChain
}

/** When a device was last heard of, and what it said that it still holds, as far as it knows its own chain. */
export async function keepContact(db: Asked, { campaignId, deviceId, contact, known: { chain, wholeTo } }: Met): Promise<void> {
  const device = { campaignId, deviceId }
  if (contact === undefined) return setContact(db, device, { whole_to: wholeTo })
  const { at, appVersion, manifest, clockOffsetMs } = contact
  const isBehind = manifest !== null && manifest.highDeviceSeq < chain.highDeviceSeq
  await setContact(db, device, {
    last_contact_at: at, whole_to: wholeTo,
    ...(appVersion === null ? {} : { app_version: appVersion }),
    ...(manifest === null || isBehind ? {} : { manifest: JSON.stringify(manifest) }),
    ...(clockOffsetMs === undefined ? {} : { clock_offset_ms: clockOffsetMs }),
  })
}

type Contacted = Partial<Pick<DeviceTableRow, 'last_contact_at' | 'whole_to' | 'app_version' | 'manifest' | 'clock_offset_ms'>>
const setContact = keptNote((db, { campaignId, deviceId }: Pick<Met, 'campaignId' | 'deviceId'>, contacted: Contacted) => db.updateTable('devices').where('campaign_id', '=', campaignId).where('id', '=', deviceId).set(contacted))
