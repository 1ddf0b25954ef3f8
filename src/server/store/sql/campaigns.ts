import * as v from 'valibot'
import type { CampaignId, Instant } from '#domain/ids.ts'
import { campaignSchema } from '#protocol/membership.ts'
import type { Campaign, PublicKey } from '#protocol/membership.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { campaignOf, settingsOf } from '#server/store/sql/campaign-row.ts'
import type { ReadSettings } from '#server/store/sql/campaign-row.ts'
import { changeSettings, settingChangesSchema } from '#server/store/sql/campaign-settings.ts'
import { keptOne } from '#server/store/sql/kept-query.ts'
import { lockCampaign, lockDatabase } from '#server/store/sql/locked-rows.ts'
import { recordAct } from '#server/store/sql/acts.ts'
import { createInvite } from '#server/store/sql/invites.ts'
import { deviceRowOf, memberRowOf } from '#server/store/sql/member-rows.ts'
import { isUniqueViolation } from '#server/store/sql/unique-violation.ts'
import type { CampaignStore, Founding } from '#server/store/campaign-store.ts'
import type { StoredCampaign } from '#server/store/store.ts'

export function createCampaignStore(db: Db, read: ReadSettings): CampaignStore {
  return {
    create: (campaign, at) => db.transaction().execute((tx) => createCampaign(tx, campaign, at)),
    createFirst: (campaign, at) => db.transaction().execute(async (tx) => {
      await lockDatabase(tx)
      if ((await tx.selectFrom('campaigns').select('campaign_id').limit(1).executeTakeFirst()) !== undefined) return false
      await createCampaign(tx, campaign, at)
      return true
    }),
    found: (founding) => foundOnce(db, founding),
    async get(id) {
      const row = await campaignRow(db, id)
      return row === undefined ? null : campaignOf(row, read)
    },
    list: async () => (await db.selectFrom('campaigns').selectAll().orderBy('created_at').orderBy('campaign_id').execute()).map((row) => campaignOf(row, read)),
    setEncryptionKey: (id, pair) => setEncryptionKey(db, id, pair),
    change: (id, act) => changeSettings(db, id, act),
    async history(id, limit) {
      const rows = await db.selectFrom('campaign_changes').selectAll().where('campaign_id', '=', id).orderBy('revision', 'desc').limit(limit).execute()
      return rows.map((row) => ({ revision: Number(row.revision), at: row.at, memberId: row.member_id, changes: v.parse(settingChangesSchema, JSON.parse(row.changes)) }))
    },
    update: (id, patch) => updateCampaign(db, id, patch),
  }
}

/** Two who ask for the same at once meet at its key: looked at again, it is there. */
async function foundOnce(db: Db, founding: Founding): ReturnType<CampaignStore['found']> {
  const once = () => db.transaction().execute((tx) => found(tx, founding))
  try {
    return await once()
  } catch (error) {
    if (isUniqueViolation(error)) return once()
    throw error
  }
}

async function found(tx: Tx, { campaign, server, invite, by, from }: Founding): ReturnType<CampaignStore['found']> {
  if ((await tx.selectFrom('campaigns').select('campaign_id').where('campaign_id', '=', campaign.id).executeTakeFirst()) !== undefined) {
    const known = await tx.selectFrom('invites').select('id').where('campaign_id', '=', campaign.id).where('secret_hash', '=', invite.secretHash).executeTakeFirst()
    return known === undefined ? 'taken' : 'again'
  }
  await createCampaign(tx, campaign, by.at)
  await tx.insertInto('members').values(memberRowOf(server.member)).execute()
  await tx.insertInto('devices').values(deviceRowOf(server.device, null)).execute()
  await createInvite(tx, invite)
  await recordAct(tx, from, { act: 'campaign.made', by, subject: campaign.id, words: campaign.name })
  return 'made'
}

async function createCampaign(tx: Tx, campaign: StoredCampaign, at: Instant): Promise<void> {
  const { serverDeviceId, serverMemberId, privateKey, encryptionPrivateKey, defaultSensitivity, secondReading = 0 } = campaign
  await tx.insertInto('campaigns').values({
    campaign_id: campaign.id, settings: settingsOf(campaign), server_device_id: serverDeviceId, server_member_id: serverMemberId,
    private_key: privateKey, encryption_private_key: encryptionPrivateKey ?? null, default_sensitivity: defaultSensitivity, second_reading: secondReading, names_gone: 0, created_at: at,
  }).execute()
  await tx.insertInto('counters').values({ campaign_id: campaign.id, seq: 0, challenge_ref: 0, action_ref: 0, safe_seq: 0, assigned: 0 }).execute()
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
    const before = v.parse(campaignSchema, JSON.parse(row.settings))
    const settings = { ...before, ...patch, revision: (before.revision ?? 0) + 1 }
    await tx.updateTable('campaigns').set({ settings: JSON.stringify(settings) }).where('campaign_id', '=', id).execute()
  })
}

const campaignRow = keptOne((db, id: CampaignId) => db.selectFrom('campaigns').selectAll().where('campaign_id', '=', id))
