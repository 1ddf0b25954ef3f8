import type { CampaignId, Instant } from '#domain/ids.ts'
import type { CampaignAct } from '#protocol/audit.ts'
import type { Tx } from '#server/store/sql/db.ts'
import { countNamesGone, nobody } from '#server/store/sql/erase-person.ts'
import { lockCounters } from '#server/store/sql/locked-rows.ts'

/** Acts whose words speak of people: notes of invites, and why something or somebody was set aside. */
const actsOfPeople: readonly CampaignAct[] = ['invite.made', 'invite.removed', 'member.setAside', 'member.released', 'member.erased', 'aside.settle', 'aside.reopen']

/** As `erasePerson` of one member, for everybody whose entries are erased because the campaign's time is over. How many rows had something. */
export async function eraseBeside(tx: Tx, campaign: CampaignId, at: Instant): Promise<number> {
  if ((await lockCounters(tx, campaign)) === undefined) return 0
  const { server_member_id: member, server_device_id: device } = await tx.selectFrom('campaigns').select(['server_member_id', 'server_device_id']).where('campaign_id', '=', campaign).executeTakeFirstOrThrow()
  const updated = [
    // The bytes of what nobody could read stand there as well.
    await tx.updateTable('changes').set({ text: '', erased_at: at }).where('campaign_id', '=', campaign).where('quarantined', 'is not', null).where('released', '=', 0).where('erased_at', 'is', null).executeTakeFirst(),
    await tx.updateTable('alarms').set({ text: '' }).where('campaign_id', '=', campaign).where('text', '!=', '').executeTakeFirst(),
    await tx.updateTable('members').set({ name: nobody, organisation: null }).where('campaign_id', '=', campaign).where('id', '!=', member).where((eb) => eb.or([eb('name', '!=', nobody), eb('organisation', 'is not', null)])).executeTakeFirst(),
    await tx.updateTable('devices').set({ label: '' }).where('campaign_id', '=', campaign).where('id', '!=', device).where('label', '!=', '').executeTakeFirst(),
    await tx.updateTable('invites').set({ note: null }).where('campaign_id', '=', campaign).where('note', 'is not', null).executeTakeFirst(),
    await tx.updateTable('settlements').set({ reason: '' }).where('campaign_id', '=', campaign).where('reason', '!=', '').executeTakeFirst(),
    await tx.updateTable('acts').set({ words: null }).where('campaign_id', '=', campaign).where('act', 'in', actsOfPeople).where('words', 'is not', null).executeTakeFirst(),
  ]
  await countNamesGone(tx, campaign)
  const { numDeletedRows } = await tx.deleteFrom('saved_views').where('campaign_id', '=', campaign).executeTakeFirst()
  return updated.reduce((sum, { numUpdatedRows }) => sum + Number(numUpdatedRows), Number(numDeletedRows))
}
