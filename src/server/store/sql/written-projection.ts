import type { CampaignId, EntryId, Sha256 } from '#domain/ids.ts'
import type { Abreast, Tx } from '#server/store/sql/db.ts'
import { writeDisclosed } from '#server/store/sql/disclosed.ts'
import { keptChange } from '#server/store/sql/kept-query.ts'
import type { ProjectedEntry } from '#server/store/sql/projection.ts'
import { partsOf } from '#server/store/sql/row-parts.ts'
import type { EntryTableRow } from '#server/store/sql/schema.ts'

interface Projected extends ProjectedEntry {
  readonly id: EntryId
  /** Nothing was made of it before, so that nothing has to be taken away. */
  readonly isNew?: boolean
}

/** Writes what entries are now; one of which nothing counts any more leaves the projection. */
export async function writeProjections(asked: Tx | Abreast, campaign: CampaignId, projected: readonly Projected[]): Promise<void> {
  const tx = 'tx' in asked ? asked.tx : asked
  const before = projected.filter(({ isNew }) => isNew !== true)
  for (const part of partsOf(before)) await deleteFiles(asked, campaign, part.map(({ id }) => id))
  const files = projected.flatMap(({ id, files: named }) => named.map((sha256: Sha256) => ({ campaign_id: campaign, sha256, entry_id: id })))
  for (const part of partsOf(files)) await tx.insertInto('entry_files').values([...part]).execute()
  for (const part of partsOf(before)) await deleteLinks(asked, campaign, part.map(({ id }) => id))
  const links = projected.flatMap(({ id, links: named }) => named.map((link) => ({ campaign_id: campaign, from_id: id, ...link })))
  for (const part of partsOf(links)) await tx.insertInto('entry_links').values([...part]).execute()
  const disclosed = projected.flatMap(({ id, disclosed: one }) => (one === undefined ? [] : [{ id, disclosed: one }]))
  for (const part of partsOf(disclosed)) await writeDisclosed(asked, campaign, part)
  const gone = projected.filter(({ row }) => row === null)
  for (const part of partsOf(gone)) await tx.deleteFrom('entries').where('campaign_id', '=', campaign).where('id', 'in', part.map(({ id }) => id)).execute()
  for (const part of partsOf(projected.flatMap(({ row }) => (row === null ? [] : [row])))) await upsert(asked, part)
}

const deleteFiles = keptChange((db, campaign: CampaignId, entries: readonly EntryId[]) => db.deleteFrom('entry_files').where('campaign_id', '=', campaign).where('entry_id', 'in', entries))
const deleteLinks = keptChange((db, campaign: CampaignId, entries: readonly EntryId[]) => db.deleteFrom('entry_links').where('campaign_id', '=', campaign).where('from_id', 'in', entries))
const upsert = keptChange((db, rows: readonly EntryTableRow[]) => {
  const columns = Object.keys(rows[0] ?? {}) as (keyof EntryTableRow)[]
  return db.insertInto('entries').values(rows)
    .onConflict((oc) => oc.columns(['campaign_id', 'id']).doUpdateSet((eb) => Object.fromEntries(columns.map((column) => [column, eb.ref(`excluded.${column}`)]))))
})
