import { recordAct } from '#server/store/sql/acts.ts'
import type { CampaignId, Instant, MemberId } from '#domain/ids.ts'
import type { Role } from '#protocol/membership.ts'
import type { Right } from '#server/store/backup-store.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { changeMemberIn } from '#server/store/sql/members.ts'

/**
 * After a restore: no invite is good more often than it was, and everybody has the role that they were given last. Of whom the backup has never
 * known an act alone says it, for their credential, which is as old as their phone. Before those who were ended: of them nothing is changed.
 */
export async function rightsAgain(tx: Tx, rights: readonly Right[]): Promise<void> {
  const roles = new Map<string, RoleGiven>()
  for (const right of rights) {
    if ('inviteId' in right) await tx.updateTable('invites').set({ uses_left: right.usesLeft }).where('campaign_id', '=', right.campaignId).where('id', '=', right.inviteId).where('uses_left', '>', right.usesLeft).execute()
    else if ((roles.get(`${right.campaignId} ${right.memberId}`)?.at ?? '') <= right.at) roles.set(`${right.campaignId} ${right.memberId}`, right)
  }
  for (const given of roles.values()) await roleAgain(tx, given)
}

interface RoleGiven {
  readonly campaignId: CampaignId
  readonly memberId: MemberId
  readonly role: Role
  readonly at: Instant
}

async function roleAgain(tx: Tx, { campaignId: campaign, memberId: id, role, at }: RoleGiven): Promise<void> {
  if ((await tx.selectFrom('campaigns').select('campaign_id').where('campaign_id', '=', campaign).executeTakeFirst()) === undefined) return
  const last = await lastRole(tx, campaign, id)
  if (last !== null && last.at >= at) return
  const by = { memberId: null, deviceId: null, at }
  const known = await tx.selectFrom('members').select('id').where('campaign_id', '=', campaign).where('id', '=', id).executeTakeFirst()
  if (known === undefined) await recordAct(tx, campaign, { act: 'member.role', by, subject: id, detail: { role } })
  else await changeMemberIn(tx, { campaign, id, change: { role }, by })
}

/** What the log of acts says of somebody's role; null where it was never another one than at the beginning. */
export async function lastRole(db: Db | Tx, campaign: CampaignId, member: MemberId): Promise<{ readonly role: Role; readonly at: Instant } | null> {
  const row = await db.selectFrom('acts').select(['at', 'detail']).where('campaign_id', '=', campaign).where('act', '=', 'member.role').where('subject', '=', member).orderBy('at', 'desc').orderBy('seq', 'desc').orderBy('number', 'desc').limit(1).executeTakeFirst()
  const role = row === undefined ? undefined : (JSON.parse(row.detail) as { readonly role?: Role }).role
  return row === undefined || role === undefined ? null : { role, at: row.at }
}
