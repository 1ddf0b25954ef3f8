import { createHash } from 'node:crypto'
import type { CampaignId, ChangeId, EntryId } from '#domain/ids.ts'
import type { ImportedTable } from '#exchange/import-table.ts'
import { terrainTable } from '#exchange/mappings/terrain-table.ts'
import { canonicalJson } from '#protocol/jcs.ts'
import type { Store } from '#server/store/store.ts'

type AcceptedRow = ImportedTable['accepted'][number]

/** A row with the name that its entry has at every import: what it says, and where it comes from. */
export type NamedRow = AcceptedRow & { readonly name: string }

/**
 * The rows of a table under their names. What a person mapped, and what Terrain exported, is named by what it became, beside the name that it has where it
 * comes from (the id of the tool of its collection, the ref of the other campaign) or else its cells: the same file with one more word mapped, with the rows of
 * another week below, or as a map makes no second entry of a row that was here; a row that is read otherwise is another entry. Any other kind of file that
 * is known is read in one way only, and its rows are named by their cells.
 */
export async function namedRows({ changes }: Pick<Store, 'changes'>, campaign: CampaignId, table: Pick<ImportedTable, 'mapping' | 'accepted'>): Promise<readonly NamedRow[]> {
  const byCells = numbered(table.accepted.map(({ cells }) => JSON.stringify([campaign, table.mapping, cells.map(asNamed)])))
  if (!table.mapping.startsWith('plan:') && table.mapping !== terrainTable.id) return table.accepted.map((row, at) => ({ ...row, name: byCells[at] ?? '' }))
  const byContent = numbered(table.accepted.map(({ cells, content, corrections, foreignId, ref }) => canonicalJson([campaign, 'row', foreignId ?? ref ?? cells.map(asNamed), content, ...(corrections === undefined ? [] : [corrections])])))
  // Before, the mapping with the whole plan was a part of the name, and all cells: what came in then keeps its own.
  const ofBefore = await changes.held(campaign, byCells.map(recordIdOf))
  return table.accepted.map((row, at) => ({ ...row, name: (ofBefore.has(recordIdOf(byCells[at] ?? '')) ? byCells : byContent)[at] ?? '' }))
}

/** Two equal rows of one file are two rows: the second gets its own name, the same one at every import. */
function numbered(words: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return words.map((one) => {
    const times = (seen.get(one) ?? 0) + 1
    seen.set(one, times)
    return `${one}#${times}`
  })
}

/** As a number was written before it was marked as no group of thousands: a file that was brought in then is known again. */
function asNamed(cell: string): string {
  return cell.replace(/^'?(-?\d{1,3}\.\d{3})0$/, '$1')
}

export const entryIdOf = (name: string): EntryId => uuidOf(`entry:${name}`) as EntryId
export const recordIdOf = (name: string): ChangeId => uuidOf(`record:${name}`) as ChangeId
export const correctionIdOf = (name: string): ChangeId => uuidOf(`correct:${name}`) as ChangeId

export function saltOf(name: string, type: string): string {
  return createHash('sha256').update(`salt:${type}:${name}`).digest().subarray(0, 16).toString('base64url')
}

/** UUIDv8 (RFC 9562, 5.8): the first bits of a SHA-256. */
function uuidOf(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
