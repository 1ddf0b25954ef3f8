import type { CampaignId, DeviceId, EntryId, Instant, MemberId } from '#domain/ids.ts'
import type { ActBy } from '#server/store/audit-store.ts'
import { recordAct } from '#server/store/sql/acts.ts'
import { releaseAssignments } from '#server/store/sql/assignments.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { eraseNameBeside } from '#server/store/sql/erase-name.ts'
import { withdrawInvites } from '#server/store/sql/invites.ts'
import { lockCounters, lockMember } from '#server/store/sql/locked-rows.ts'
import { eraseReasons } from '#server/store/sql/settlements.ts'

/** What stands where a name stood. It is no word of any language. */
export const nobody = '–'

export async function entriesBy(db: Db | Tx, campaign: CampaignId, member: MemberId): Promise<readonly EntryId[]> {
  return (await db.selectFrom('entries').select('id').where('campaign_id', '=', campaign).where('author_id', '=', member).orderBy('id').execute()).map(({ id }) => id)
}

export async function erasedOf(db: Db | Tx, campaign: CampaignId, author: MemberId): Promise<readonly EntryId[]> {
  const rows = await db.selectFrom('changes').select('entry_id').where('campaign_id', '=', campaign).where('author_id', '=', author).where('type', '=', 'record').where('erased_at', 'is not', null).orderBy('seq').execute()
  return rows.flatMap(({ entry_id: id }) => id ?? [])
}

export async function isPersonErased(db: Db | Tx, campaign: CampaignId, member: MemberId): Promise<boolean> {
  const row = await db.selectFrom('acts').select('seq').where('campaign_id', '=', campaign).where('act', '=', 'member.erased').where('subject', '=', member).limit(1).executeTakeFirst()
  return row !== undefined
}

/** After a restore, which may know the person still, or never have known them: then an act alone says that they are gone. */
export async function erasePersonAgain(tx: Tx, campaign: CampaignId, member: MemberId, at: Instant): Promise<void> {
  const about = { by: { memberId: null, deviceId: null, at }, reason: '' }
  if ((await erasePerson(tx, campaign, member, about)) || (await isPersonErased(tx, campaign, member))) return
  await recordAct(tx, campaign, { act: 'member.erased', by: about.by, subject: member })
}

/** Name, labels, notes and what never became an entry. The membership ends as well, where that was not done before. */
export async function erasePerson(tx: Tx, campaign: CampaignId, member: MemberId, { by, reason }: { readonly by: ActBy; readonly reason: string }): Promise<boolean> {
  // As whoever appends does it: the campaign first, then its devices.
  await lockCounters(tx, campaign)
  await lockMember(tx, campaign, member)
  const named = await tx.selectFrom('members').select('name').where('campaign_id', '=', campaign).where('id', '=', member).executeTakeFirst()
  const found = await tx.updateTable('members').set((eb) => ({ name: nobody, organisation: null, ended_at: eb.fn.coalesce('ended_at', eb.val(by.at)) })).where('campaign_id', '=', campaign).where('id', '=', member).returning('id').executeTakeFirst()
  if (found === undefined) return false
  await countNamesGone(tx, campaign)
  const devices = await tx.selectFrom('devices').select(['id', 'invite_id']).where('campaign_id', '=', campaign).where('member_id', '=', member).execute()
  await tx.updateTable('devices').set({ label: '', manifest: null, app_version: null, clock_offset_ms: null, last_contact_at: null }).where('campaign_id', '=', campaign).where('member_id', '=', member).execute()
  await withdrawInvites(tx, { campaign, member, by })
  await releaseAssignments(tx, { campaign, member, by })
  await eraseNotes(tx, campaign, devices.flatMap(({ invite_id: invite }) => invite ?? []))
  await tx.deleteFrom('saved_views').where('campaign_id', '=', campaign).where('member_id', '=', member).execute()
  await eraseNameBeside(tx, campaign, { member, name: named?.name ?? '', nobody })
  await tx.deleteFrom('sessions').where('campaign_id', '=', campaign).where('member_id', '=', member).execute()
  const aside = await tx.updateTable('changes').set({ text: '', erased_at: by.at }).where('campaign_id', '=', campaign).where('member_id', '=', member).where('quarantined', 'is not', null).where('released', '=', 0).where('erased_at', 'is', null).returning('key').execute()
  await eraseReasons(tx, campaign, { keys: aside.map(({ key }) => key), devices: devices.map(({ id }) => id) })
  // Why all that they sent was set aside, or counts again, is said of the person.
  await tx.updateTable('acts').set({ words: null }).where('campaign_id', '=', campaign).where('act', 'in', ['member.setAside', 'member.released']).where('subject', '=', member).execute()
  await eraseAlarms(tx, campaign, devices.map(({ id }) => id))
  await recordAct(tx, campaign, { act: 'member.erased', by, subject: member, words: reason })
  return true
}

/** Phones that know the name of a coordinator from what they decided are told by it that a name is gone (`scopeFor`). Counted each time: done again it is the same. */
export async function countNamesGone(tx: Tx, campaign: CampaignId): Promise<void> {
  await tx.updateTable('campaigns').set((eb) => ({
    names_gone: eb.selectFrom('members').select((of) => of.fn.countAll<number>().as('count')).where('members.campaign_id', '=', campaign).where('members.name', '=', nobody)
      .where((of) => of.or([of('members.role', '=', 'coordinator'), of.exists(of.selectFrom('acts').select('acts.seq').where('acts.campaign_id', '=', campaign).where('acts.act', '=', 'member.role').whereRef('acts.subject', '=', 'members.id'))])),
  })).where('campaign_id', '=', campaign).execute()
}

/** "For Awa, the nurse" stands at the invite, and at the act that made it. One link for many people names nobody, but who knows. */
async function eraseNotes(tx: Tx, campaign: CampaignId, invites: readonly string[]): Promise<void> {
  if (invites.length === 0) return
  await tx.updateTable('invites').set({ note: null }).where('campaign_id', '=', campaign).where('id', 'in', invites).execute()
  await tx.updateTable('acts').set({ words: null }).where('campaign_id', '=', campaign).where('act', 'in', ['invite.made', 'invite.removed']).where('subject', 'in', invites).execute()
}

async function eraseAlarms(tx: Tx, campaign: CampaignId, devices: readonly DeviceId[]): Promise<void> {
  if (devices.length > 0) await tx.updateTable('alarms').set({ text: '' }).where('campaign_id', '=', campaign).where('device_id', 'in', devices).execute()
}
