import type { CampaignId, DeviceId, Instant, MemberId } from '#domain/ids.ts'
import type { Ended } from '#server/store/backup-store.ts'
import type { EndedAt, Who } from '#server/store/erasure-store.ts'
import { recordAct } from '#server/store/sql/acts.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { eraseBeside } from '#server/store/sql/erase-beside.ts'
import { changeMemberIn } from '#server/store/sql/members.ts'
import { lastRole } from '#server/store/sql/rights-again.ts'

const acts = ['member.ended', 'device.lost'] as const

/** After a restore: whoever it knows is ended as before, and of whom it has never known an act alone says so. */
export async function endAgain(tx: Tx, { campaignId, memberId, deviceId, at }: Ended): Promise<void> {
  if (memberId === undefined && deviceId === undefined) return void (await eraseBeside(tx, campaignId, at))
  const by = { memberId: null, deviceId: null, at }
  if (memberId !== undefined && !(await changeMemberIn(tx, { campaign: campaignId, id: memberId, change: { endedAt: at }, by }))) await note(tx, campaignId, { act: 'member.ended', subject: memberId, at })
  if (deviceId === undefined) return
  await tx.updateTable('devices').set({ revoked_at: at }).where('campaign_id', '=', campaignId).where('id', '=', deviceId).where('revoked_at', 'is', null).execute()
  await note(tx, campaignId, { act: 'device.lost', subject: deviceId, at })
}

export async function endedAt(db: Db | Tx, campaign: CampaignId, { memberId, deviceId }: Who): Promise<EndedAt> {
  const rows = await db.selectFrom('acts').select(['at', 'subject']).where('campaign_id', '=', campaign).where('act', 'in', acts).where('subject', 'in', [memberId, deviceId]).orderBy('seq').orderBy('number').execute()
  const of = (subject: string) => rows.find((row) => row.subject === subject)?.at ?? null
  return { member: of(memberId), device: of(deviceId), role: (await lastRole(db, campaign, memberId))?.role ?? null }
}

async function note(tx: Tx, campaign: CampaignId, { act, subject, at }: { readonly act: (typeof acts)[number]; readonly subject: MemberId | DeviceId; readonly at: Instant }): Promise<void> {
  const known = await tx.selectFrom('acts').select('seq').where('campaign_id', '=', campaign).where('act', '=', act).where('subject', '=', subject).limit(1).executeTakeFirst()
  if (known === undefined) await recordAct(tx, campaign, { act, by: { memberId: null, deviceId: null, at }, subject })
}
