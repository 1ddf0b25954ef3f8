import * as v from 'valibot'
import { publicKeySchema } from '#protocol/membership.ts'
import { manifestSchema } from '#protocol/sync-request.ts'
import type { DeviceTableRow, MemberTableRow } from '#server/store/sql/schema.ts'
import type { StoredDevice, StoredMember } from '#server/store/store.ts'

export function memberOf(row: MemberTableRow): StoredMember {
  return {
    id: row.id, campaignId: row.campaign_id, role: row.role, name: row.name, ...(row.organisation === null ? {} : { organisation: row.organisation }),
    language: row.language, joinedAt: row.joined_at, endedAt: row.ended_at, ...(row.aside_since === null ? {} : { asideSince: row.aside_since }),
  }
}

export function memberRowOf(member: StoredMember): MemberTableRow {
  return {
    campaign_id: member.campaignId, id: member.id, role: member.role, name: member.name, organisation: member.organisation ?? null,
    language: member.language, joined_at: member.joinedAt, ended_at: member.endedAt, aside_since: member.asideSince ?? null,
  }
}

export function deviceOf(row: DeviceTableRow): StoredDevice {
  return {
    id: row.id, campaignId: row.campaign_id, memberId: row.member_id, publicKey: v.parse(publicKeySchema, JSON.parse(row.public_key)), label: row.label, rotatedFrom: row.rotated_from, isVouched: Number(row.vouched) === 1,
    createdAt: row.created_at, revokedAt: row.revoked_at, lastContactAt: row.last_contact_at, appVersion: row.app_version,
    manifest: row.manifest === null ? null : v.parse(manifestSchema, JSON.parse(row.manifest)),
    clockOffsetMs: row.clock_offset_ms === null ? null : Number(row.clock_offset_ms),
  }
}

export function deviceRowOf(device: StoredDevice, inviteId: string | null): DeviceTableRow {
  return {
    campaign_id: device.campaignId, id: device.id, member_id: device.memberId, public_key: JSON.stringify(device.publicKey), label: device.label, invite_id: inviteId, rotated_from: device.rotatedFrom ?? null, vouched: device.isVouched === false ? 0 : 1,
    created_at: device.createdAt, revoked_at: device.revokedAt, last_contact_at: device.lastContactAt, app_version: device.appVersion,
    manifest: device.manifest === null ? null : JSON.stringify(device.manifest), clock_offset_ms: device.clockOffsetMs ?? null, whole_to: 0,
  }
}
