import * as v from 'valibot'
import { isSensitivity } from '#domain/disclosure.ts'
import type { CampaignId, Instant } from '#domain/ids.ts'
import { campaignSchema } from '#protocol/membership.ts'
import type { Campaign, PublicKey } from '#protocol/membership.ts'
import type { CampaignRow } from '#server/store/sql/schema.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { lockCampaign, lockDatabase } from '#server/store/sql/locked-rows.ts'
import type { CampaignStore } from '#server/store/campaign-store.ts'
import type { StoredCampaign } from '#server/store/store.ts'

export function createCampaignStore(db: Db): CampaignStore {
  return {
    create: (campaign, at) => db.transaction().execute((tx) => createCampaign(tx, campaign, at)),
    createFirst: (campaign, at) => db.transaction().execute(async (tx) => {
      await lockDatabase(tx)
      if ((await tx.selectFrom('campaigns').select('campaign_id').limit(1).executeTakeFirst()) !== undefined) return false
      await createCampaign(tx, campaign, at)
      return true
    }),
    async get(id) {
      const row = await db.selectFrom('campaigns').selectAll().where('campaign_id', '=', id).executeTakeFirst()
      return row === undefined ? null : campaignOf(row)
    },
    list: async () => (await db.selectFrom('campaigns').selectAll().orderBy('created_at').orderBy('campaign_id').execute()).map(campaignOf),
    setEncryptionKey: (id, pair) => setEncryptionKey(db, id, pair),
    update: (id, patch) => updateCampaign(db, id, patch),
  }
}

async function createCampaign(tx: Tx, campaign: StoredCampaign, at: Instant): Promise<void> {
  const { serverDeviceId, serverMemberId, privateKey, encryptionPrivateKey, defaultSensitivity, ...settings } = campaign
  await tx.insertInto('campaigns').values({
    campaign_id: campaign.id, settings: JSON.stringify(settings), server_device_id: serverDeviceId, server_member_id: serverMemberId,
    private_key: privateKey, encryption_private_key: encryptionPrivateKey ?? null, default_sensitivity: defaultSensitivity, created_at: at,
  }).execute()
  await tx.insertInto('counters').values({ campaign_id: campaign.id, seq: 0, challenge_ref: 0, action_ref: 0, safe_seq: 0 }).execute()
}

async function setEncryptionKey(db: Db, id: CampaignId, { publicKey, privateKey }: { readonly publicKey: PublicKey; readonly privateKey: string }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await lockCampaign(tx, id)
    if (row === undefined || row.encryption_private_key !== null) return
    const settings = { ...v.parse(campaignSchema, JSON.parse(row.settings)), encryptionKey: publicKey }
    await tx.updateTable('campaigns').set({ settings: JSON.stringify(settings), encryption_private_key: privateKey }).where('campaign_id', '=', id).execute()
  })
}

async function updateCampaign(db: Db, id: CampaignId, patch: Partial<Campaign>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await lockCampaign(tx, id)
    if (row === undefined) return
    const settings = { ...v.parse(campaignSchema, JSON.parse(row.settings)), ...patch }
    await tx.updateTable('campaigns').set({ settings: JSON.stringify(settings) }).where('campaign_id', '=', id).execute()
  })
}

function campaignOf(row: CampaignRow): StoredCampaign {
  return {
    ...v.parse(campaignSchema, JSON.parse(row.settings)),
    serverDeviceId: row.server_device_id, serverMemberId: row.server_member_id, privateKey: row.private_key, encryptionPrivateKey: row.encryption_private_key,
    defaultSensitivity: isSensitivity(row.default_sensitivity) ? row.default_sensitivity : 'high',
  }
}
