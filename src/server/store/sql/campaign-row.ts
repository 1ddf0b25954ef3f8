import * as v from 'valibot'
import { isSensitivity } from '#domain/disclosure.ts'
import type { CampaignId } from '#domain/ids.ts'
import { campaignSchema } from '#protocol/membership.ts'
import type { Campaign } from '#protocol/membership.ts'
import type { CampaignRow } from '#server/store/sql/schema.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** What may be shown of a campaign, as it is kept: what has columns of its own stands there alone. */
export function settingsOf(campaign: StoredCampaign): string {
  const { serverDeviceId: _device, serverMemberId: _member, privateKey: _key, encryptionPrivateKey: _other, defaultSensitivity: _level, secondReading: _percent, namesGone: _gone, ...settings } = campaign
  return JSON.stringify(settings)
}

/** Everything that is said of a campaign to whoever has found it. */
type FoundCampaign = Omit<CampaignRow, 'created_at'>
export type ReadSettings = (row: Pick<CampaignRow, 'campaign_id' | 'settings'>) => Campaign

export function campaignOf(row: FoundCampaign, read: ReadSettings = readSettings): StoredCampaign {
  return {
    ...read(row),
    serverDeviceId: row.server_device_id, serverMemberId: row.server_member_id, privateKey: row.private_key, encryptionPrivateKey: row.encryption_private_key,
    defaultSensitivity: isSensitivity(row.default_sensitivity) ? row.default_sensitivity : 'high', secondReading: Number(row.second_reading), namesGone: Number(row.names_gone),
  }
}

function readSettings({ settings }: Pick<CampaignRow, 'settings'>): Campaign {
  return v.parse(campaignSchema, JSON.parse(settings))
}

const mostRemembered = 50

/** For whoever reads the same campaign with each request: with its areas it may be a third of a megabyte, read anew only when it says something else. */
export function rememberedSettings(): ReadSettings {
  const remembered = new Map<CampaignId, { readonly settings: string; readonly campaign: Campaign }>()
  return (row) => {
    const known = remembered.get(row.campaign_id)
    if (known?.settings === row.settings) return known.campaign
    if (remembered.size >= mostRemembered) remembered.clear()
    const campaign = readSettings(row)
    remembered.set(row.campaign_id, { settings: row.settings, campaign })
    return campaign
  }
}
