import type { CampaignId, DeviceId, MemberId } from '#domain/ids.ts'
import { createInviteStore, withdrawInvites, withdrawFirstInvites } from '#server/store/sql/invites.ts'
import { createSessionStore } from '#server/store/sql/sessions.ts'
import { recordAct } from '#server/store/sql/acts.ts'
import { releaseAssignments } from '#server/store/sql/assignments.ts'
import type { ActBy } from '#server/store/audit-store.ts'
import type { ReadSettings } from '#server/store/sql/campaign-row.ts'
import { chainOf, chainsOf } from '#server/store/sql/chain.ts'
import { keptOne } from '#server/store/sql/kept-query.ts'
import { keepContact } from '#server/store/sql/device-contact.ts'
import { readTogether } from '#server/store/sql/db.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { lockCounters, lockDevice, lockInvite } from '#server/store/sql/locked-rows.ts'
import { deviceOf, deviceRowOf, memberOf, memberRowOf } from '#server/store/sql/member-rows.ts'
import { isUniqueViolation } from '#server/store/sql/unique-violation.ts'
import type { DeviceTableRow, InviteTableRow } from '#server/store/sql/schema.ts'
import type { JoinOutcome, MemberStore, StoredDevice, StoredMember } from '#server/store/store.ts'

export function createMemberStore(db: Db, readSettings: ReadSettings): MemberStore {
  return {
    ...createInviteStore(db),
    ...createSessionStore(db, readSettings),
    join: (request) => joinOnce(db, request),
    async add(member, device) {
      await db.transaction().execute(async (tx) => {
        const isNew = (await tx.insertInto('members').values(memberRowOf(member)).onConflict((oc) => oc.doNothing()).returning('id').executeTakeFirst()) !== undefined
        const added = await tx.insertInto('devices').values(deviceRowOf(device, null)).onConflict((oc) => oc.doNothing()).returning('id').executeTakeFirst()
        if (isNew || added !== undefined) await recordArrival(tx, { member, device, isNew })
      })
    },
    get: (campaign, id) => memberIn(db, campaign, id),
    async list(campaign) {
      const rows = await db.selectFrom('members').selectAll().where('campaign_id', '=', campaign).orderBy('joined_at').orderBy('id').execute()
      return rows.map(memberOf)
    },
    async device(id) {
      const row = await deviceRow(db, id)
      return row === undefined ? null : deviceOf(row)
    },
    devices: (campaign) => devicesOf(db, campaign),
    async touchDevice(campaign, id, contact) {
      const known = await chainOf(db, campaign, id)
      await keepContact(db, { campaignId: campaign, deviceId: id, contact, known })
      return known.chain
    },
    change: (campaign, id, change, by) => db.transaction().execute(async (tx) => {
      await lockCounters(tx, campaign)
      return (await isStillCoordinator(tx, campaign, by)) && changeMemberIn(tx, { campaign, id, change, by })
    }),
    revokeDevice: (campaign, id, at, by = { memberId: null, deviceId: null }) => revokeDevice(db, { campaign, id, by: { ...by, at } }),
  }
}

async function memberIn(db: Db | Tx, campaign: CampaignId, id: MemberId): Promise<StoredMember | null> {
  const row = await memberRow(db, campaign, id)
  return row === undefined ? null : memberOf(row)
}

const memberRow = keptOne((db, campaign: CampaignId, id: MemberId) => db.selectFrom('members').selectAll().where('campaign_id', '=', campaign).where('id', '=', id))
const deviceRow = keptOne((db, id: DeviceId) => db.selectFrom('devices').selectAll().where('id', '=', id))

/** Looked at behind the lock: of two who end each other at the same moment one stays. A command and a restore are nobody's. */
async function isStillCoordinator(tx: Tx, campaign: CampaignId, { memberId }: ActBy): Promise<boolean> {
  const member = memberId === null ? null : await memberIn(tx, campaign, memberId)
  return memberId === null || (member?.role === 'coordinator' && member.endedAt === null)
}

interface MemberChange {
  readonly campaign: CampaignId
  readonly id: MemberId
  readonly change: Parameters<MemberStore['change']>[2]
  readonly by: ActBy
}

export async function changeMemberIn(tx: Tx, { campaign, id, change, by }: MemberChange): Promise<boolean> {
  // As whoever appends does it: the campaign first. Who invites somebody at the same moment waits, and then finds who may invite no more.
  await lockCounters(tx, campaign)
  const set = 'role' in change ? { role: change.role } : { ended_at: change.endedAt }
  const changed = await tx.updateTable('members').set(set).where('campaign_id', '=', campaign).where('id', '=', id).where('ended_at', 'is', null).returning('id').executeTakeFirst()
  if (changed !== undefined && 'endedAt' in change) await tx.deleteFrom('sessions').where('campaign_id', '=', campaign).where('member_id', '=', id).execute()
  if (changed === undefined) return false
  const isCoordinatorNow = 'role' in change && change.role === 'coordinator'
  // Who may not review any more has nothing to read for the campaign: it is nobody's again. Nor do they invite anybody.
  const given = isCoordinatorNow ? 0 : await releaseAssignments(tx, { campaign, member: id, by })
  if (!isCoordinatorNow) await withdrawInvites(tx, { campaign, member: id, by })
  await recordAct(tx, campaign, { act: 'role' in change ? 'member.role' : 'member.ended', by, subject: id, detail: { ...('role' in change ? change : {}), ...(given === 0 ? {} : { count: given }) } })
  return true
}

async function devicesOf(db: Db, campaign: CampaignId): ReturnType<MemberStore['devices']> {
  return readTogether(db, async (tx) => {
    const rows = await tx.selectFrom('devices').selectAll().where('campaign_id', '=', campaign).orderBy('created_at').orderBy('id').execute()
    const chains = await chainsOf(tx, campaign)
    return rows.map((row) => {
      const { highDeviceSeq, missing } = chains.get(row.id) ?? { highDeviceSeq: 0, missing: [] }
      const device = deviceOf(row)
      const erased = new Set(device.manifest?.erasedPlaces)
      return { ...device, highDeviceSeq, missing: missing.filter((deviceSeq) => !erased.has(deviceSeq)) }
    })
  })
}

/** Its sessions end with it; its later runs are quarantined, because what a lost phone still sends must be looked at. */
async function revokeDevice(db: Db, { campaign, id, by }: { readonly campaign: CampaignId; readonly id: DeviceId; readonly by: ActBy }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // As whoever appends does it: the campaign first, then its devices.
    await lockCounters(tx, campaign)
    const ids = await withSuccessors(tx, campaign, id)
    const lost = await tx.updateTable('devices').set({ revoked_at: by.at }).where('campaign_id', '=', campaign).where('id', 'in', ids).where('revoked_at', 'is', null).returning('id').execute()
    await tx.deleteFrom('sessions').where('campaign_id', '=', campaign).where('device_id', 'in', ids).execute()
    const made = await tx.selectFrom('devices').select('member_id').where('campaign_id', '=', campaign).where('id', '=', id).executeTakeFirst()
    // Whoever has the phone has its key, and may have made a link to come back by.
    if (lost.length > 0 && made !== undefined) await withdrawInvites(tx, { campaign, member: made.member_id, by, devices: ids })
    if (lost.length > 0) await recordAct(tx, campaign, { act: 'device.lost', by, subject: id, detail: { devices: lost.length } })
  })
}

/** A device is made once, so the line of its successors ends. */
async function withSuccessors(tx: Tx, campaign: CampaignId, id: DeviceId): Promise<readonly DeviceId[]> {
  const ids = [id]
  for (let made: readonly DeviceId[] = ids; made.length > 0;) {
    const rows = await tx.selectFrom('devices').select('id').where('campaign_id', '=', campaign).where('rotated_from', 'in', made).execute()
    made = rows.map((row) => row.id).filter((next) => !ids.includes(next))
    ids.push(...made)
  }
  return ids
}

type JoinRequest = Parameters<MemberStore['join']>[0]

/**
 * The lock on the invite puts those who use the same one in a row. The same device by two invites at once meets itself at
 * its key: looked at again, it is known.
 */
async function joinOnce(db: Db, request: JoinRequest): Promise<JoinOutcome> {
  const once = () => db.transaction().execute((tx) => join(tx, request))
  try {
    return await once()
  } catch (error) {
    if (isUniqueViolation(error)) return once()
    throw error
  }
}

async function join(tx: Tx, request: JoinRequest): Promise<JoinOutcome> {
  const invite = await lockInvite(tx, request.inviteHash)
  if (invite === undefined) return { kind: 'invite-invalid' }
  const known = await tx.selectFrom('devices').selectAll().where('id', '=', request.device.id).executeTakeFirst()
  if (known !== undefined) return joinAgain(tx, { invite, device: known, request })
  if (invite.uses_left < 1 || invite.expires_at <= request.at) return { kind: 'invite-invalid' }
  if (invite.for_device !== null) await lockCounters(tx, invite.campaign_id)
  const mover = invite.for_device === null ? null : await lockDevice(tx, invite.campaign_id, invite.for_device)
  const member = mover === null ? { ...request.member, campaignId: invite.campaign_id, role: invite.role } : await movingMember(tx, mover)
  if (member === null) return { kind: 'invite-invalid' }
  const fresh = { revokedAt: null, lastContactAt: null, appVersion: null, manifest: null, rotatedFrom: invite.for_device, isVouched: Number(invite.vouched) === 1 }
  await tx.updateTable('invites').set((eb) => ({ uses_left: eb('uses_left', '-', 1) })).where('campaign_id', '=', invite.campaign_id).where('id', '=', invite.id).execute()
  if (mover === null) await tx.insertInto('members').values(memberRowOf(member)).execute()
  await tx.insertInto('devices').values(deviceRowOf({ ...request.device, ...fresh, campaignId: invite.campaign_id, memberId: member.id }, invite.id)).execute()
  await recordArrival(tx, { member, device: request.device, isNew: mover === null, invite: invite.id })
  if (mover === null && member.role === 'coordinator') await withdrawFirstInvites(tx, invite.campaign_id, { memberId: member.id, deviceId: request.device.id, at: request.at })
  return { kind: 'joined', member, inviteId: invite.id, usesLeft: Number(invite.uses_left) - 1 }
}

/** The member whose device asked for the invite, while both are still good. A revocation waits at the device's row, and then finds the new one. */
async function movingMember(tx: Tx, mover: DeviceTableRow): Promise<StoredMember | null> {
  const member = mover.revoked_at === null ? await memberIn(tx, mover.campaign_id, mover.member_id) : null
  return member === null || member.endedAt !== null ? null : member
}

/** A lost answer is asked for again: only by the invite that made the device, because ids and public keys are no secrets. */
async function joinAgain(tx: Tx, { invite, device, request }: { readonly invite: InviteTableRow; readonly device: Parameters<typeof deviceOf>[0]; readonly request: JoinRequest }): Promise<JoinOutcome> {
  const { x, y } = deviceOf(device).publicKey
  const isSame = device.campaign_id === invite.campaign_id && device.invite_id === invite.id && x === request.device.publicKey.x && y === request.device.publicKey.y
  const member = isSame && device.revoked_at === null ? await memberIn(tx, device.campaign_id, device.member_id) : null
  return member === null || member.endedAt !== null ? { kind: 'device-key-differs' } : { kind: 'again', member, inviteId: invite.id, usesLeft: Number(invite.uses_left) }
}

/** Somebody is here, or goes on with another device. The server's own member is nobody who came. */
async function recordArrival(tx: Tx, { member, device, isNew, invite }: { readonly member: StoredMember; readonly device: Pick<StoredDevice, 'id' | 'createdAt'>; readonly isNew: boolean; readonly invite?: string }): Promise<void> {
  const own = await tx.selectFrom('campaigns').select('server_member_id').where('campaign_id', '=', member.campaignId).executeTakeFirst()
  if (own?.server_member_id === member.id) return
  const by = { memberId: member.id, deviceId: device.id, at: device.createdAt }
  await recordAct(tx, member.campaignId, { act: isNew ? 'member.joined' : 'device.added', by, subject: isNew ? member.id : device.id, detail: { role: member.role, ...(invite === undefined ? {} : { invite }) } })
}
