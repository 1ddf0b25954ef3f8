import type { Db } from '#server/store/sql/db.ts'
import { rebuildEntries } from '#server/store/sql/rebuild.ts'

/** Raised whenever `projectedEntry` keeps something else of the same changes. */
const projectionVersion = '2'
const key = 'projection'

/**
 * What an older Terrain has projected is made anew, once, before anybody is answered. Processes that start together do it one
 * after the other, and the later ones find nothing that differs.
 */
export async function renewProjection(db: Db): Promise<void> {
  const known = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst()
  if (known?.value === projectionVersion) return
  const campaigns = await db.selectFrom('campaigns').select('campaign_id').execute()
  for (const { campaign_id: id } of campaigns) await db.transaction().execute((tx) => rebuildEntries(tx, id))
  await db.insertInto('meta').values({ key, value: projectionVersion }).onConflict((oc) => oc.column('key').doUpdateSet({ value: projectionVersion })).execute()
}
