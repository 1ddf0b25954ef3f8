import { sql } from 'kysely'
import * as v from 'valibot'
import { changeIdSchema } from '#domain/ids.ts'
import type { CampaignId, ChangeId, DeviceId, EntryId } from '#domain/ids.ts'
import { recordAct } from '#server/store/sql/acts.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { lockCounters } from '#server/store/sql/locked-rows.ts'
import type { SettlementRow } from '#server/store/sql/schema.ts'
import type { Settlement, SettlementStore } from '#server/store/settlement-store.ts'

export function createSettlementStore(db: Db): SettlementStore {
  return {
    add: (campaign, settlement) => db.transaction().execute((tx) => add(tx, campaign, settlement)),
    async latest(campaign) {
      const rows = await db.selectFrom('settlements').selectAll().where('campaign_id', '=', campaign).orderBy('at').execute()
      return new Map(rows.map((row) => [row.subject, settlementOf(row)] as const))
    },
  }
}

/** Under the lock of the campaign, so that two at once are two words one after the other. */
async function add(tx: Tx, campaign: CampaignId, { subject, at, memberId, act, reason }: Settlement): Promise<void> {
  await lockCounters(tx, campaign)
  const last = await tx.selectFrom('settlements').selectAll().where('campaign_id', '=', campaign).where('subject', '=', subject).orderBy('at', 'desc').limit(1).executeTakeFirst()
  if (last?.act === act && last.reason === reason && last.member_id === memberId) return
  await tx.insertInto('settlements').values({ campaign_id: campaign, subject, at, member_id: memberId, act, reason }).onConflict((oc) => oc.doNothing()).execute()
  await recordAct(tx, campaign, { act: `aside.${act}`, by: { memberId, deviceId: null, at }, subject, words: reason, detail: { entries: await entriesOf(tx, campaign, subject) } })
}

const keysPerUpdate = 500

/** Why a person let something stay aside speaks of what it says, and goes with its words; that they did stays. By the keys of the changes, and by phones for alarms. */
export async function eraseReasons(tx: Tx, campaign: CampaignId, { keys, devices = [] }: { readonly keys: readonly string[]; readonly devices?: readonly DeviceId[] }): Promise<void> {
  const isOfPhone = devices.map((device) => tx.selectFrom('settlements').select('subject').where('campaign_id', '=', campaign).where('subject', 'like', `alarm:%:${device}:%`).execute())
  const all = [...keys.map((key) => `change:${key}`), ...(await Promise.all(isOfPhone)).flat().map(({ subject }) => subject)]
  for (let first = 0; first < all.length; first += keysPerUpdate) {
    const subjects = all.slice(first, first + keysPerUpdate)
    const { numUpdatedRows } = await tx.updateTable('settlements').set({ reason: '' }).where('campaign_id', '=', campaign).where('subject', 'in', subjects).where('reason', '!=', '').executeTakeFirst()
    // Each reason stands in an act as well. Most of what is erased was never set aside, and nothing is looked for.
    if (numUpdatedRows > 0n) await tx.updateTable('acts').set({ words: null }).where('campaign_id', '=', campaign).where('act', 'in', settled).where('subject', 'in', subjects).execute()
  }
}

const settled = ['aside.settle', 'aside.reopen'] as const satisfies readonly `aside.${SettlementRow['act']}`[]

/** The entry of a change that was set aside, so that its log tells of it; an alarm is about a phone. */
async function entriesOf(tx: Tx, campaign: CampaignId, subject: string): Promise<readonly EntryId[]> {
  const id = v.safeParse(changeIdSchema, subject.replace(/^change:/, ''))
  const row = id.success ? await changeQuery(tx, campaign, id.output).executeTakeFirst() : undefined
  return row === undefined || row.entry_id === null ? [] : [row.entry_id]
}

/** Kept under its id when it is proven. Exported so that a test can ask the database how it would run it. */
export function changeQuery(db: Db | Tx, campaign: CampaignId, id: ChangeId) {
  const ofCampaign = db.selectFrom('changes').select('entry_id').where('campaign_id', '=', campaign)
  return ofCampaign.where('key', '=', id).unionAll(ofCampaign.where('id', '=', id).where('proven', '=', sql.lit(0)))
}

function settlementOf({ subject, at, member_id: memberId, act, reason }: SettlementRow): Settlement {
  return { subject, at, memberId, act, reason }
}
