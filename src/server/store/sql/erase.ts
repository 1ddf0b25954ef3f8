import type { Change } from '#domain/change.ts'
import type { CampaignId, EntryId, Instant } from '#domain/ids.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { eraseFromIssues } from '#server/store/sql/report-issues.ts'
import type { ChangeRow } from '#server/store/sql/schema.ts'
import { eraseReasons } from '#server/store/sql/settlements.ts'

interface Erasing {
  readonly campaign: CampaignId
  readonly entry: EntryId
  readonly at: Instant
}

/** Body and salt go, with the text; what stays is the place in the chain. Its files go afterwards (`erasures.ts`), because their bytes stand elsewhere. */
export async function eraseEntry(tx: Tx, erasing: Erasing): Promise<void> {
  const { campaign, entry, at } = erasing
  // Why it was erased stays; why somebody wanted it who must not is a word like others that were set aside on it.
  await tx.updateTable('changes').set({ text: '', erased_at: at }).where('campaign_id', '=', campaign).where('entry_id', '=', entry).where('erased_at', 'is', null)
    .where((eb) => eb.or([eb('type', 'is', null), eb('type', '!=', 'erase' satisfies Change['type']), eb.and([eb('quarantined', 'is not', null), eb('released', '=', 0)])])).execute()
  const unread = await eraseUnread(tx, erasing)
  const aside = await tx.selectFrom('changes').select('key').where('campaign_id', '=', campaign).where('entry_id', '=', entry).where('quarantined', 'is not', null).execute()
  await eraseReasons(tx, campaign, { keys: [...unread, ...aside].map(({ key }) => key) })
  await eraseFromIssues(tx, campaign, entry)
  await tx.deleteFrom('entry_assignments').where('campaign_id', '=', campaign).where('entry_id', '=', entry).execute()
}

/** Copies of its words in what nobody could read as a change of this entry: bytes that were set aside, and alarms. They name it, or they are not of it. */
async function eraseUnread(tx: Tx, { campaign, entry, at }: Erasing): Promise<readonly Pick<ChangeRow, 'key'>[]> {
  const names = `%${entry}%`
  const unread = await tx.updateTable('changes').set({ text: '', erased_at: at }).where('campaign_id', '=', campaign).where('entry_id', 'is', null).where('quarantined', 'is not', null).where('text', 'like', names).returning('key').execute()
  await tx.updateTable('alarms').set({ text: '' }).where('campaign_id', '=', campaign).where('text', 'like', names).execute()
  return unread
}

/**
 * Whether a row says that its entry was erased. What was set aside on it loses its words also with whoever sent it, and when a campaign's time
 * is over: of the entry that says nothing.
 */
export function isErasedRow({ erased_at, quarantined, released }: Pick<ChangeRow, 'erased_at' | 'quarantined' | 'released'>): boolean {
  return erased_at !== null && (quarantined === null || released === 1)
}

/** Words of it are gone; or a coordinator has erased it before any came, as on a restored server: that holds too, and has to be noted for the next restore. */
export async function isErased(db: Db | Tx, campaign: CampaignId, entry: EntryId): Promise<boolean> {
  const counting = db.selectFrom('changes').select('seq').where('campaign_id', '=', campaign).where('entry_id', '=', entry).where((eb) => eb.or([eb('quarantined', 'is', null), eb('released', '=', 1)])).limit(1)
  if ((await counting.where('erased_at', 'is not', null).executeTakeFirst()) !== undefined) return true
  const beforehand = counting.where('type', '=', 'erase' satisfies Change['type'])
    .where((eb) => eb.exists(eb.selectFrom('members').select('members.id').whereRef('members.campaign_id', '=', 'changes.campaign_id').whereRef('members.id', '=', 'changes.member_id').where('role', '=', 'coordinator')))
  return (await beforehand.executeTakeFirst()) !== undefined
}
