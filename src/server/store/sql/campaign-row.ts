import * as v from 'valibot'
import { isSensitivity } from '#domain/disclosure.ts'
import { campaignSchema } from '#protocol/membership.ts'
import type { CampaignRow } from '#server/store/sql/schema.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** What may be shown of a campaign, as it is kept: what has columns of its own stands there alone. */
export function settingsOf(campaign: StoredCampaign): string {
  const { serverDeviceId: _device, serverMemberId: _member, privateKey: _key, encryptionPrivateKey: _other, defaultSensitivity: _level, secondReading: _percent, ...settings } = campaign
  return JSON.stringify(settings)
}

export function campaignOf(row: CampaignRow): StoredCampaign {
  return {
    ...v.parse(campaignSchema, JSON.parse(row.settings)),
    serverDeviceId: row.server_device_id, serverMemberId: row.server_member_id, privateKey: row.private_key, encryptionPrivateKey: row.encryption_private_key,
    defaultSensitivity: isSensitivity(row.default_sensitivity) ? row.default_sensitivity : 'high', secondReading: Number(row.second_reading),
  }
}
