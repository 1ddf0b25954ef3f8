import type { Instant, Sha256 } from '#domain/ids.ts'
import { campaignOf } from '#server/store/sql/campaign-row.ts'
import type { ReadSettings } from '#server/store/sql/campaign-row.ts'
import type { Db } from '#server/store/sql/db.ts'
import { keptOne } from '#server/store/sql/kept-query.ts'
import { deviceOf, memberOf } from '#server/store/sql/member-rows.ts'
import type { MemberStore } from '#server/store/store.ts'

export function createSessionStore(db: Db, read: ReadSettings): Pick<MemberStore, 'createSession' | 'session' | 'useSession'> {
  return {
    async createSession(session) {
      // What has ended of this device is of no use to anybody.
      await db.deleteFrom('sessions').where('campaign_id', '=', session.campaignId).where('device_id', '=', session.deviceId).where('expires_at', '<=', session.usedAt).execute()
      await db.insertInto('sessions').values({
        token_hash: session.tokenHash, campaign_id: session.campaignId, member_id: session.memberId, device_id: session.deviceId, expires_at: session.expiresAt, used_at: session.usedAt,
      }).execute()
    },
    async session(tokenHash, now, idleSince) {
      const row = await openSession(db, { tokenHash, now, idleSince })
      if (row === undefined || row.used_at === '') return null
      const whose = { member: memberOf({ ...row, id: row.member_id }), device: deviceOf({ ...row, id: row.device_id, member_id: row.device_member }), campaign: campaignOf(row, read) }
      return { tokenHash: row.token_hash, campaignId: row.campaign_id, memberId: row.member_id, deviceId: row.device_id, expiresAt: row.expires_at, usedAt: row.used_at, epoch: row.epoch ?? '', ...whose }
    },
    async useSession(tokenHash, at) {
      await db.updateTable('sessions').set({ used_at: at }).where('token_hash', '=', tokenHash).execute()
    },
  }
}

/** Every request asks this: session, device, member, campaign and the database's history in one question. Of what two of them have, the ids are told by the session, and when it was made by the device. */
const openSession = keptOne((db, { tokenHash, now, idleSince }: { readonly tokenHash: Sha256; readonly now: Instant; readonly idleSince: Instant }) => db.selectFrom('sessions')
  .innerJoin('members', (join) => join.onRef('members.campaign_id', '=', 'sessions.campaign_id').onRef('members.id', '=', 'sessions.member_id'))
  .innerJoin('devices', (join) => join.onRef('devices.campaign_id', '=', 'sessions.campaign_id').onRef('devices.id', '=', 'sessions.device_id'))
  .innerJoin('campaigns', 'campaigns.campaign_id', 'sessions.campaign_id')
  .select(['token_hash', 'sessions.campaign_id', 'sessions.member_id', 'sessions.device_id', 'expires_at', 'used_at'])
  .select(['role', 'name', 'organisation', 'language', 'joined_at', 'ended_at', 'aside_since'])
  .select(['devices.member_id as device_member', 'public_key', 'label', 'invite_id', 'rotated_from', 'vouched', 'devices.created_at', 'revoked_at', 'last_contact_at', 'app_version', 'manifest', 'clock_offset_ms', 'whole_to'])
  .select(['settings', 'server_device_id', 'server_member_id', 'private_key', 'encryption_private_key', 'default_sensitivity', 'second_reading', 'names_gone'])
  .select((eb) => eb.selectFrom('meta').select('value').where('key', '=', 'epoch').as('epoch'))
  .where('token_hash', '=', tokenHash).where('expires_at', '>', now).where('used_at', '>', idleSince).where('devices.revoked_at', 'is', null))
