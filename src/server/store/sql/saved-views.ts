import type { CampaignId, MemberId } from '#domain/ids.ts'
import { maxSavedViews } from '#protocol/saved-view.ts'
import type { SavedView } from '#protocol/saved-view.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { lockMember } from '#server/store/sql/locked-rows.ts'
import type { SavedViewStore } from '#server/store/saved-view-store.ts'

export function createSavedViewStore(db: Db): SavedViewStore {
  return {
    async list(campaign, member) {
      const rows = await db.selectFrom('saved_views').select(['id', 'name', 'search']).where('campaign_id', '=', campaign).where('member_id', '=', member).orderBy('saved_at').orderBy('id').execute()
      return rows.map(({ id, name, search }): SavedView => ({ id, name, search }))
    },
    save: (campaign, member, view) => db.transaction().execute((tx) => save(tx, { campaign, member, view })),
    async remove(campaign, member, id) {
      await db.deleteFrom('saved_views').where('campaign_id', '=', campaign).where('member_id', '=', member).where('id', '=', id).execute()
    },
  }
}

/** Under the lock of its coordinator, who may be at two devices at once. */
async function save(tx: Tx, { campaign, member, view }: { readonly campaign: CampaignId; readonly member: MemberId; readonly view: Parameters<SavedViewStore['save']>[2] }): Promise<boolean> {
  await lockMember(tx, campaign, member)
  const { id, name, search, at } = view
  const known = await tx.selectFrom('saved_views').select('member_id').where('campaign_id', '=', campaign).where('id', '=', id).executeTakeFirst()
  if (known !== undefined) {
    if (known.member_id !== member) return false
    await tx.updateTable('saved_views').set({ name, search }).where('campaign_id', '=', campaign).where('id', '=', id).execute()
    return true
  }
  const { count } = await tx.selectFrom('saved_views').select((eb) => eb.fn.countAll<number>().as('count')).where('campaign_id', '=', campaign).where('member_id', '=', member).executeTakeFirstOrThrow()
  if (Number(count) >= maxSavedViews) return false
  await tx.insertInto('saved_views').values({ campaign_id: campaign, id, member_id: member, name, search, saved_at: at }).execute()
  return true
}
