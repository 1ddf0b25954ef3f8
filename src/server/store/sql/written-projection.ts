import type { CampaignId, EntryId, Sha256 } from '#domain/ids.ts'
import type { Tx } from '#server/store/sql/db.ts'
import type { ProjectedEntry } from '#server/store/sql/projection.ts'
import type { EntryTableRow } from '#server/store/sql/schema.ts'

/** Few enough for the parameters of a statement, and for its text to be kept prepared; SQLite writes its index of words once a statement. */
const rowsPerStatement = 50

/** Writes what entries are now; one of which nothing counts any more leaves the projection. */
export async function writeProjections(tx: Tx, campaign: CampaignId, projected: readonly (ProjectedEntry & { readonly id: EntryId })[]): Promise<void> {
  for (const part of partsOf(projected)) await tx.deleteFrom('entry_files').where('campaign_id', '=', campaign).where('entry_id', 'in', part.map(({ id }) => id)).execute()
  const files = projected.flatMap(({ id, files: named }) => named.map((sha256: Sha256) => ({ campaign_id: campaign, sha256, entry_id: id })))
  for (const part of partsOf(files)) await tx.insertInto('entry_files').values([...part]).execute()
  for (const part of partsOf(projected)) await tx.deleteFrom('entry_links').where('campaign_id', '=', campaign).where('from_id', 'in', part.map(({ id }) => id)).execute()
  const links = projected.flatMap(({ id, links: named }) => named.map((link) => ({ campaign_id: campaign, from_id: id, ...link })))
  for (const part of partsOf(links)) await tx.insertInto('entry_links').values([...part]).execute()
  const gone = projected.filter(({ row }) => row === null)
  for (const part of partsOf(gone)) await tx.deleteFrom('entries').where('campaign_id', '=', campaign).where('id', 'in', part.map(({ id }) => id)).execute()
  for (const part of partsOf(projected.flatMap(({ row }) => (row === null ? [] : [row])))) await upsert(tx, part)
}

async function upsert(tx: Tx, rows: readonly EntryTableRow[]): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.keys(first) as (keyof EntryTableRow)[]
  await tx.insertInto('entries').values([...rows])
    .onConflict((oc) => oc.columns(['campaign_id', 'id']).doUpdateSet((eb) => Object.fromEntries(columns.map((column) => [column, eb.ref(`excluded.${column}`)])))).execute()
}

function partsOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / rowsPerStatement) }, (_, part) => items.slice(part * rowsPerStatement, (part + 1) * rowsPerStatement))
}
