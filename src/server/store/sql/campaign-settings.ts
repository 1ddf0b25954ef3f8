import * as v from 'valibot'
import type { CampaignId } from '#domain/ids.ts'
import type { SettingsAct, SettingsOutcome } from '#server/store/campaign-store.ts'
import { campaignOf, settingsOf } from '#server/store/sql/campaign-row.ts'
import { recordAct } from '#server/store/sql/acts.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { lockCampaign } from '#server/store/sql/locked-rows.ts'
import { countRebuild } from '#server/store/sql/rebuilt.ts'
import { rebuildEntries } from '#server/store/sql/rebuild.ts'

export const settingChangesSchema = v.array(v.looseObject({ setting: v.string(), before: v.unknown(), after: v.unknown() }))

export async function changeSettings(db: Db, id: CampaignId, act: SettingsAct): Promise<SettingsOutcome> {
  return db.transaction().execute(async (tx): Promise<SettingsOutcome> => {
    // Under the lock: of two who read the same revision one comes first, and the other learns it.
    const row = await lockCampaign(tx, id)
    if (row === undefined) return { kind: 'unknown' }
    const current = campaignOf(row)
    if ((current.revision ?? 0) !== act.revision) return { kind: 'stale' }
    const settled = act.settle(current)
    if (settled === null) return { kind: 'unfit' }
    if (settled.changes.length === 0) return { kind: 'unchanged', campaign: current }
    const revision = act.revision + 1
    const campaign = { ...settled.campaign, revision }
    await tx.updateTable('campaigns').set({ settings: settingsOf(campaign), default_sensitivity: campaign.defaultSensitivity, second_reading: campaign.secondReading ?? 0 }).where('campaign_id', '=', id).execute()
    await tx.insertInto('campaign_changes').values({ campaign_id: id, revision, at: act.at, member_id: act.memberId, changes: JSON.stringify(settled.changes) }).execute()
    await recordAct(tx, id, { act: 'campaign.changed', by: { memberId: act.memberId, deviceId: null, at: act.at }, detail: { changes: settled.changes } })
    if (campaign.defaultSensitivity !== current.defaultSensitivity) await judgeAnew(tx, id)
    else if (campaign.secondReading !== current.secondReading) await rebuildEntries(tx, id)
    // Lists that stand in memory are read anew: what is a region of the campaign has changed.
    if (settled.changes.some(({ setting }) => setting === 'areas')) await countRebuild(tx)
    return { kind: 'changed', campaign }
  })
}

/**
 * Every entry under another usual sensitivity. What became public by it is told at the entry's last change: the scope differs as
 * well, so every phone pulls from 0. What is public no longer needs no word, since a digest is made when it is pulled.
 */
async function judgeAnew(tx: Tx, campaign: CampaignId): Promise<void> {
  await rebuildEntries(tx, campaign)
  const last = await tx.selectFrom('changes').innerJoin('entries', (join) => join.onRef('entries.campaign_id', '=', 'changes.campaign_id').onRef('entries.id', '=', 'changes.entry_id'))
    .select(({ fn }) => ['changes.entry_id', fn.max('changes.seq').as('seq'), fn.count('changes.publishes').as('told')])
    .where('changes.campaign_id', '=', campaign).where('entries.public_key', 'is not', null).groupBy('changes.entry_id').execute()
  for (const { seq, told } of last) {
    if (Number(told) === 0) await tx.updateTable('changes').set({ publishes: 'digest' }).where('campaign_id', '=', campaign).where('seq', '=', Number(seq)).execute()
  }
}
