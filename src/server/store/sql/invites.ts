import type { Db } from '#server/store/sql/db.ts'
import type { MemberStore } from '#server/store/store.ts'

export function createInviteStore(db: Db): Pick<MemberStore, 'createInvite' | 'invites' | 'deleteInvite'> {
  return {
    async createInvite(invite) {
      await db.insertInto('invites').values({
        campaign_id: invite.campaignId, id: invite.id, secret_hash: invite.secretHash, role: invite.role, uses_left: invite.uses, note: invite.note,
        created_at: invite.createdAt, expires_at: invite.expiresAt, created_by: invite.createdBy, for_device: invite.forDevice ?? null,
      }).execute()
    },
    async invites(campaign, now) {
      const rows = await db.selectFrom('invites').selectAll().where('campaign_id', '=', campaign).where('for_device', 'is', null).where('uses_left', '>', 0).where('expires_at', '>', now).orderBy('created_at').orderBy('id').execute()
      return rows.map((row) => ({ id: row.id, role: row.role, note: row.note, usesLeft: Number(row.uses_left), createdAt: row.created_at, expiresAt: row.expires_at }))
    },
    async deleteInvite(campaign, id) {
      const { numDeletedRows } = await db.deleteFrom('invites').where('campaign_id', '=', campaign).where('id', '=', id).executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}
