import type { ExpressionBuilder } from 'kysely'
import { recordAct } from '#server/store/sql/acts.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import type { Tables } from '#server/store/sql/schema.ts'
import type { CampaignId, DeviceId, MemberId } from '#domain/ids.ts'
import type { ActBy } from '#server/store/audit-store.ts'
import type { InviteTableRow } from '#server/store/sql/schema.ts'
import { ActorChanged } from '#server/store/actor-changed.ts'
import { lockCounters } from '#server/store/sql/locked-rows.ts'
import { firstInviteNote } from '#server/store/invite-store.ts'
import type { InviteStore, NewInvite } from '#server/store/invite-store.ts'

export function createInviteStore(db: Db): InviteStore {
  return {
    createInvite: (invite) => db.transaction().execute((tx) => createInvite(tx, invite)),
    async lookAtInvite(secretHash, { devices, now }) {
      const invite = await db.selectFrom('invites').select(['campaign_id', 'id', 'role', 'uses_left', 'expires_at']).where('secret_hash', '=', secretHash).executeTakeFirst()
      if (invite === undefined) return null
      const isGood = Number(invite.uses_left) > 0 && invite.expires_at > now
      const known = isGood || devices.length === 0 ? undefined : await db.selectFrom('devices').select('id').where('campaign_id', '=', invite.campaign_id).where('id', 'in', devices).where('invite_id', '=', invite.id).executeTakeFirst()
      return isGood || known !== undefined ? { campaignId: invite.campaign_id, role: invite.role } : null
    },
    async invites(campaign, now) {
      const rows = await db.selectFrom('invites').selectAll().where('campaign_id', '=', campaign).where('for_device', 'is', null).where('uses_left', '>', 0).where('expires_at', '>', now).orderBy('created_at').orderBy('id').execute()
      return rows.map((row) => ({ id: row.id, role: row.role, note: row.note, usesLeft: Number(row.uses_left), createdAt: row.created_at, expiresAt: row.expires_at }))
    },
    async withdrawnAt(campaign, at) {
      const rows = await db.selectFrom('acts').select('subject').where('campaign_id', '=', campaign).where('act', '=', 'invite.removed').where('at', '=', at).orderBy('subject').execute()
      return rows.flatMap(({ subject }) => subject ?? [])
    },
    withdrawFirstInvites: (campaign, at) => db.transaction().execute((tx) => withdrawFirstInvites(tx, campaign, { memberId: null, deviceId: null, at })),
    deleteInvite: (campaign, id, by) => db.transaction().execute(async (tx) => {
      const gone = await tx.deleteFrom('invites').where('campaign_id', '=', campaign).where('id', '=', id).returning(['role', 'note']).executeTakeFirst()
      if (gone !== undefined) await recordAct(tx, campaign, { act: 'invite.removed', by, subject: id, words: gone.note, detail: { role: gone.role } })
      return gone !== undefined
    }),
  }
}

interface Withdrawal {
  readonly campaign: CampaignId
  readonly member: MemberId
  readonly by: ActBy
  /** Only what was made with these; what was made before devices were noted may be theirs. */
  readonly devices?: readonly DeviceId[]
}

/** Who may invite nobody any more leaves no link behind by which they come back as somebody else. Whoever came by one is still known by it. */
export async function withdrawInvites(tx: Tx, { campaign, member, by, devices }: Withdrawal): Promise<void> {
  const gone = await tx.updateTable('invites').set({ uses_left: 0 }).where('campaign_id', '=', campaign).where('created_by', '=', member).where('for_device', 'is', null).where('uses_left', '>', 0)
    .$if(devices !== undefined, (query) => query.where((eb) => eb.not(eb.exists(madeByOthers(eb, devices ?? [])))))
    .returning(['id', 'role', 'note']).execute()
  await recordWithdrawn(tx, { campaign, by }, gone)
}

/** The links that each start printed while nobody had come lie in journals and on screens: once a coordinator has come they are nobody's. */
export async function withdrawFirstInvites(tx: Tx, campaign: CampaignId, by: ActBy): Promise<void> {
  const gone = await tx.updateTable('invites').set({ uses_left: 0 }).where('campaign_id', '=', campaign).where('created_by', 'is', null).where('note', '=', firstInviteNote).where('role', '=', 'coordinator').where('uses_left', '>', 0)
    .returning(['id', 'role', 'note']).execute()
  await recordWithdrawn(tx, { campaign, by }, gone)
}

async function recordWithdrawn(tx: Tx, { campaign, by }: Pick<Withdrawal, 'campaign' | 'by'>, gone: readonly Pick<InviteTableRow, 'id' | 'role' | 'note'>[]): Promise<void> {
  for (const { id, role, note } of gone.toSorted((one, other) => (one.id < other.id ? -1 : 1))) await recordAct(tx, campaign, { act: 'invite.removed', by, subject: id, words: note, detail: { role } })
}

function madeByOthers(eb: ExpressionBuilder<Tables, 'invites'>, devices: readonly DeviceId[]) {
  return eb.selectFrom('acts').select('acts.seq').whereRef('acts.campaign_id', '=', 'invites.campaign_id').whereRef('acts.subject', '=', 'invites.id').where('acts.act', '=', 'invite.made').where('acts.device_id', 'not in', devices)
}

/** Whoever is ended at the same moment leaves no link behind: under the lock that ends them it is looked at once more. */
async function isByWhoMay(tx: Tx, { campaignId, createdBy, createdWith, forDevice }: NewInvite): Promise<boolean> {
  if (createdBy === null) return true
  await lockCounters(tx, campaignId)
  const member = await tx.selectFrom('members').select('role').where('campaign_id', '=', campaignId).where('id', '=', createdBy).where('ended_at', 'is', null).executeTakeFirst()
  const device = createdWith ?? forDevice
  const lost = device === undefined ? undefined : await tx.selectFrom('devices').select('id').where('campaign_id', '=', campaignId).where('id', '=', device).where('revoked_at', 'is not', null).executeTakeFirst()
  return member !== undefined && lost === undefined && (forDevice !== undefined || member.role === 'coordinator')
}

export async function createInvite(tx: Tx, invite: NewInvite): Promise<void> {
  if (!(await isByWhoMay(tx, invite))) throw new ActorChanged()
  await tx.insertInto('invites').values({
    campaign_id: invite.campaignId, id: invite.id, secret_hash: invite.secretHash, role: invite.role, uses_left: invite.uses, note: invite.note,
    created_at: invite.createdAt, expires_at: invite.expiresAt, created_by: invite.createdBy, for_device: invite.forDevice ?? null, vouched: invite.isVouched === false ? 0 : 1,
  }).execute()
  // One that a phone makes for its own person invites nobody; the device that comes of it is an act.
  if (invite.forDevice !== undefined) return
  await recordAct(tx, invite.campaignId, { act: 'invite.made', by: { memberId: invite.createdBy, deviceId: invite.createdWith ?? null, at: invite.createdAt }, subject: invite.id, words: invite.note, detail: { role: invite.role, uses: invite.uses } })
}
