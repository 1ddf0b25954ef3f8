import { foldEntry } from '#domain/fold.ts'
import type { CampaignId, EntryId, Sha256 } from '#domain/ids.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { tieActs } from '#server/store/sql/act-entries.ts'
import { lockCounters, lockDatabase } from '#server/store/sql/locked-rows.ts'
import { knownChanges } from '#server/store/sql/parsed-change.ts'
import { projectionGround } from '#server/store/sql/projection-ground.ts'
import { projectedEntry } from '#server/store/sql/projection.ts'
import type { ProjectedDisclosure, ProjectedEntry, ProjectedLink } from '#server/store/sql/projection.ts'
import { countRebuild } from '#server/store/sql/rebuilt.ts'
import type { ChangeRow, EntryTableRow } from '#server/store/sql/schema.ts'
import { writeProjections } from '#server/store/sql/written-projection.ts'
import type { EntryStore } from '#server/store/store.ts'

/** Raised whenever `projection.ts` makes something else of the same changes: the first start of such a version makes all rows anew. */
const projectionVersion = '16'
const entriesPerRead = 200

/** The rows as this version makes them, before anybody reads them. Of several processes that start at once one does it. */
export async function renewProjection(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockDatabase(tx)
    const written = await tx.selectFrom('meta').select('value').where('key', '=', 'projection').executeTakeFirst()
    if (written?.value === projectionVersion) return
    const campaigns = await tx.selectFrom('campaigns').select('campaign_id').execute()
    for (const { campaign_id: campaign } of campaigns) await rebuildEntries(tx, campaign)
    await tx.insertInto('meta').values({ key: 'projection', value: projectionVersion }).onConflict((oc) => oc.column('key').doUpdateSet({ value: projectionVersion })).execute()
  })
}

/** The projection anew, from nothing but the changes, and which acts are about which entries. */
export async function rebuildEntries(tx: Tx, campaign: CampaignId): ReturnType<EntryStore['rebuild']> {
  // What is appended while it is made anew would be written over.
  await lockCounters(tx, campaign)
  await tieActs(tx, campaign)
  const ground = await projectionGround(tx, campaign)
  const inChanges = await tx.selectFrom('changes').select('entry_id').distinct().where('campaign_id', '=', campaign).where('entry_id', 'is not', null).execute()
  const projected = await tx.selectFrom('entries').select('id').where('campaign_id', '=', campaign).execute()
  const disclosed = await tx.selectFrom('disclosed_entries').select('entry_id').where('campaign_id', '=', campaign).execute()
  const ids = [...new Set([...disclosed.map(({ entry_id: id }) => id), ...inChanges.flatMap(({ entry_id }) => (entry_id === null ? [] : [entry_id])), ...projected.map(({ id }) => id)])]
  const differing: EntryId[] = []
  let entries = 0
  for (let from = 0; from < ids.length; from += entriesPerRead) {
    const mended: (ProjectedEntry & { readonly id: EntryId })[] = []
    for (const stored of await storedEntries(tx, campaign, ids.slice(from, from + entriesPerRead))) {
      const changes = knownChanges(stored.changes)
      const wanted = projectedEntry(ground, foldEntry(changes), changes)
      if (wanted.row !== null) entries += 1
      if (isSame(stored, wanted)) continue
      mended.push({ id: stored.id, ...wanted, disclosed: wanted.disclosed ?? null })
    }
    await writeProjections(tx, campaign, mended)
    differing.push(...mended.map(({ id }) => id))
  }
  if (differing.length > 0) await countRebuild(tx)
  return { entries, differing }
}

interface StoredEntry {
  readonly id: EntryId
  readonly changes: readonly ChangeRow[]
  readonly row: EntryTableRow | null
  readonly files: readonly Sha256[]
  readonly links: readonly ProjectedLink[]
  readonly disclosed: ProjectedDisclosure | null
}

/** Many at once: a statement for each of a hundred thousand entries takes minutes. */
async function storedEntries(tx: Tx, campaign: CampaignId, ids: readonly EntryId[]): Promise<readonly StoredEntry[]> {
  const changes = byEntry(await entryChangesQuery(tx, campaign, ids).execute())
  const files = byEntry(await tx.selectFrom('entry_files').select(['entry_id', 'sha256']).where('campaign_id', '=', campaign).where('entry_id', 'in', ids).execute())
  const rows = new Map((await tx.selectFrom('entries').selectAll().where('campaign_id', '=', campaign).where('id', 'in', ids).execute()).map((row) => [row.id, row] as const))
  const links = byEntry(await tx.selectFrom('entry_links').select(['from_id as entry_id', 'to_id', 'kind', 'coverage']).where('campaign_id', '=', campaign).where('from_id', 'in', ids).orderBy('kind').orderBy('to_id').execute())
  const disclosed = new Map((await tx.selectFrom('disclosed_entries').select(['entry_id', 'author_id', 'kind', 'ref', 'outputs', 'body']).where('campaign_id', '=', campaign).where('entry_id', 'in', ids).execute()).map(({ entry_id: entry, ...one }) => [entry, one] as const))
  return ids.map((id) => ({ id, disclosed: disclosed.get(id) ?? null, links: (links.get(id) ?? []).map(({ to_id, kind, coverage }) => ({ to_id, kind, coverage })), changes: changes.get(id) ?? [], row: rows.get(id) ?? null, files: (files.get(id) ?? []).map(({ sha256 }) => sha256) }))
}

/** Each entry's changes in their order. Sorted by entry first, as their index is: for `seq` alone SQLite would walk the whole campaign, which is sorted so. */
export function entryChangesQuery(db: Db | Tx, campaign: CampaignId, ids: readonly EntryId[]) {
  return db.selectFrom('changes').selectAll().where('campaign_id', '=', campaign).where('entry_id', 'in', ids).orderBy('entry_id').orderBy('seq')
}

function byEntry<Row extends { readonly entry_id: EntryId | null }>(rows: readonly Row[]): ReadonlyMap<EntryId | null, readonly Row[]> {
  const grouped = new Map<EntryId | null, Row[]>()
  for (const row of rows) {
    const group = grouped.get(row.entry_id)
    if (group === undefined) grouped.set(row.entry_id, [row])
    else group.push(row)
  }
  return grouped
}

function isSame({ row, files, links, disclosed }: StoredEntry, wanted: ProjectedEntry): boolean {
  const sorted = (value: object) => JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const isSameRow = (one: object | null, other: object | null) => (one === null || other === null ? one === other : sorted(one) === sorted(other))
  const isRowSame = isSameRow(row, wanted.row) && isSameRow(disclosed, wanted.disclosed ?? null)
  const areLinksSame = JSON.stringify(links.map(sorted)) === JSON.stringify(wanted.links.map(sorted))
  return isRowSame && areLinksSame && files.toSorted().join() === wanted.files.toSorted().join()
}
