import { isSensitivity } from '#domain/disclosure.ts'
import { foldEntry } from '#domain/fold.ts'
import type { CampaignId, EntryId } from '#domain/ids.ts'
import type { Tx } from '#server/store/sql/db.ts'
import { lockCounters } from '#server/store/sql/locked-rows.ts'
import { knownChanges } from '#server/store/sql/parsed-change.ts'
import { projectedEntry, writeProjection } from '#server/store/sql/projection.ts'
import type { ProjectedEntry } from '#server/store/sql/projection.ts'
import type { EntryStore } from '#server/store/store.ts'

/** The projection anew, entry by entry, from nothing but the changes. */
export async function rebuildEntries(tx: Tx, campaign: CampaignId): ReturnType<EntryStore['rebuild']> {
  // What is appended while it is made anew would be written over.
  await lockCounters(tx, campaign)
  const found = await tx.selectFrom('campaigns').select('default_sensitivity').where('campaign_id', '=', campaign).executeTakeFirst()
  const level = found?.default_sensitivity
  const inChanges = await tx.selectFrom('changes').select('entry_id').distinct().where('campaign_id', '=', campaign).where('entry_id', 'is not', null).execute()
  const projected = await tx.selectFrom('entries').select('id').where('campaign_id', '=', campaign).execute()
  const ids = new Set([...inChanges.flatMap(({ entry_id }) => (entry_id === null ? [] : [entry_id])), ...projected.map(({ id }) => id)])
  const differing: EntryId[] = []
  let entries = 0
  for (const id of ids) {
    const changes = knownChanges(await tx.selectFrom('changes').selectAll().where('campaign_id', '=', campaign).where('entry_id', '=', id).orderBy('seq').execute())
    const wanted = projectedEntry({ id: campaign, defaultSensitivity: isSensitivity(level) ? level : 'high' }, foldEntry(changes), changes)
    if (!(await isSame(tx, { campaign, id, wanted }))) {
      differing.push(id)
      await writeProjection(tx, campaign, id, wanted)
    }
    if (wanted.row !== null) entries += 1
  }
  return { entries, differing }
}

async function isSame(tx: Tx, { campaign, id, wanted }: { readonly campaign: CampaignId; readonly id: EntryId; readonly wanted: ProjectedEntry }): Promise<boolean> {
  const row = await tx.selectFrom('entries').selectAll().where('campaign_id', '=', campaign).where('id', '=', id).executeTakeFirst()
  const files = await tx.selectFrom('entry_files').select('sha256').where('campaign_id', '=', campaign).where('entry_id', '=', id).orderBy('sha256').execute()
  const links = await tx.selectFrom('entry_links').select(['to_id', 'kind', 'coverage']).where('campaign_id', '=', campaign).where('from_id', '=', id).orderBy('kind').orderBy('to_id').execute()
  const sorted = (value: object) => JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const isRowSame = wanted.row === null || row === undefined ? wanted.row === null && row === undefined : sorted(row) === sorted(wanted.row)
  const areLinksSame = JSON.stringify(links.map(sorted)) === JSON.stringify(wanted.links.map(sorted))
  return isRowSame && areLinksSame && files.map(({ sha256 }) => sha256).join() === wanted.files.toSorted().join()
}
