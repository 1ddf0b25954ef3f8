import { createHash } from 'node:crypto'
import type { EntryContent } from '#domain/entry.ts'
import type { CampaignId, ChangeId, EntryId } from '#domain/ids.ts'
import type { ImportedTable } from '#exchange/import-table.ts'
import { terrainTable } from '#exchange/mappings/terrain-table.ts'
import type { Plan } from '#exchange/plan.ts'
import { plannedMapping } from '#exchange/planned-rows.ts'
import { canonicalJson } from '#protocol/jcs.ts'
import type { Store } from '#server/store/store.ts'

type AcceptedRow = ImportedTable['accepted'][number]

/** A row with the name that its entry has at every import: what it says, and where it comes from. */
export type NamedRow = AcceptedRow & {
  readonly name: string
  /** Which one it is of the equal rows of its file. */
  readonly time: number
}

/**
 * The rows of a table under their names. What a person mapped, and what Terrain exported, is named by what it became, beside the name that it has where it
 * comes from (the id of the tool of its collection, the ref of the other campaign) or else its cells: the same file with one more word mapped, with the rows of
 * another week below, or as a map makes no second entry of a row that was here; a row that is read otherwise is another entry. Any other kind of file that
 * is known is read in one way only, and its rows are named by their cells.
 */
export async function namedRows({ changes }: Pick<Store, 'changes'>, campaign: CampaignId, table: Pick<ImportedTable, 'mapping' | 'accepted'>): Promise<readonly NamedRow[]> {
  const byCells = numbered(table.accepted.map((row) => cellsName(campaign, table.mapping, row)))
  if (!table.mapping.startsWith('plan:') && table.mapping !== terrainTable.id) return table.accepted.map((row, at) => ({ ...row, ...(byCells[at] ?? unnamed) }))
  const byContent = numbered(table.accepted.map((row) => contentName(campaign, row, row.content)))
  // Before, the mapping with the whole plan was a part of the name, and all cells: what came in then keeps its own.
  const ofBefore = await changes.held(campaign, byCells.map(({ name }) => recordIdOf(name)))
  return table.accepted.map((row, at) => ({ ...row, ...((ofBefore.has(recordIdOf(byCells[at]?.name ?? '')) ? byCells : byContent)[at] ?? unnamed) }))
}

/** The names that a row may have come in under when somebody read it otherwise, so that this became of it: today's, and that of before where only what was filled in differs. */
export function namesUnder(campaign: CampaignId, row: NamedRow, { content, plan }: { readonly content: EntryContent; readonly plan: Plan | null }): readonly string[] {
  const today = contentName(campaign, row, content)
  if (plan === null) return [`${today}#${row.time}`]
  const said: Readonly<Record<string, unknown>> = { ...content }
  const constants = Object.entries(plan.constants).map(([field, value]) => [field, plan.columns[field] === undefined && said[field] !== undefined ? textOf(said[field]) : value] as const)
  const { id } = plannedMapping({ ...plan, kind: content.kind, constants: Object.fromEntries(constants) })
  return [`${today}#${row.time}`, `${cellsName(campaign, id, row)}#${row.time}`]
}

function textOf(value: unknown): string {
  const [one] = Array.isArray(value) ? (value as readonly unknown[]) : [value]
  return typeof one === 'string' || typeof one === 'number' ? `${one}` : ''
}

function cellsName(campaign: CampaignId, mapping: string, { cells }: AcceptedRow): string {
  return JSON.stringify([campaign, mapping, cells.map(asNamed)])
}

function contentName(campaign: CampaignId, { cells, corrections, foreignId, ref }: AcceptedRow, content: EntryContent): string {
  return canonicalJson([campaign, 'row', foreignId ?? ref ?? cells.map(asNamed), content, ...(corrections === undefined ? [] : [corrections])])
}

const unnamed = { name: '', time: 1 }

/** Two equal rows of one file are two rows: the second gets its own name, the same one at every import. */
function numbered(words: readonly string[]): readonly { readonly name: string; readonly time: number }[] {
  const seen = new Map<string, number>()
  return words.map((one) => {
    const time = (seen.get(one) ?? 0) + 1
    seen.set(one, time)
    return { name: `${one}#${time}`, time }
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
