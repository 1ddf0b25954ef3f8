import type { Db } from '#server/store/sql/db.ts'
import type { MemberStore } from '#server/store/store.ts'

export function createSessionStore(db: Db): Pick<MemberStore, 'createSession' | 'session' | 'extendSession'> {
  return {
    async createSession(session) {
      await db.insertInto('sessions').values({
        token_hash: session.tokenHash, campaign_id: session.campaignId, member_id: session.memberId, device_id: session.deviceId, expires_at: session.expiresAt,
      }).execute()
    },
    async session(tokenHash, now) {
      const row = await db.selectFrom('sessions').selectAll('sessions')
        .innerJoin('devices', (join) => join.onRef('devices.campaign_id', '=', 'sessions.campaign_id').onRef('devices.id', '=', 'sessions.device_id'))
        .where('token_hash', '=', tokenHash).where('expires_at', '>', now).where('devices.revoked_at', 'is', null).executeTakeFirst()
      if (row === undefined) return null
      return { tokenHash: row.token_hash, campaignId: row.campaign_id, memberId: row.member_id, deviceId: row.device_id, expiresAt: row.expires_at }
    },
    async extendSession(tokenHash, expiresAt) {
      await db.updateTable('sessions').set({ expires_at: expiresAt }).where('token_hash', '=', tokenHash).execute()
    },
  }
}
