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
  readonly entryId: EntryId
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
  const asBefore = (at: number) => ({ entryId: entryIdOf(byCells[at]?.name ?? ''), ...(byCells[at] ?? unnamed) })
  if (!table.mapping.startsWith('plan:') && table.mapping !== terrainTable.id) return table.accepted.map((row, at) => ({ ...row, ...asBefore(at) }))
  const byContent = numbered(table.accepted.map((row) => contentName(campaign, row, row.content)))
  // A row that came in before anybody said which column holds its number was named by its cells: as it stood then it is the same.
  const byNoNumber = numbered(table.accepted.map((row) => contentName(campaign, row.isNumbered === true ? withoutId(row) : row, row.content)))
  // Before, the mapping with the whole plan was a part of the name, and all cells: what came in then keeps its own.
  const ofBefore = await changes.held(campaign, [...byCells, ...byNoNumber].map(({ name }) => recordIdOf(name)))
  return table.accepted.map((row, at) => {
    const [named, unnumbered] = [byContent[at] ?? unnamed, byNoNumber[at] ?? unnamed]
    if (ofBefore.has(recordIdOf(byCells[at]?.name ?? ''))) return { ...row, ...asBefore(at) }
    const isOfBefore = row.isNumbered === true && ofBefore.has(recordIdOf(unnumbered.name))
    return { ...row, ...(isOfBefore ? { ...unnumbered, entryId: entryIdUnder(originOf(campaign, withoutId(row)), unnumbered.name) } : { ...named, entryId: entryIdUnder(originOf(campaign, row), named.name) }) }
  })
}

/** What the entry of a row may be called when somebody read it otherwise, so that this became of it: as today, and as before where only what was filled in differs. */
export function entryIdsUnder(campaign: CampaignId, row: NamedRow, { content, plan }: { readonly content: EntryContent; readonly plan: Plan | null }): readonly EntryId[] {
  const today = namedThere(row).map((one) => entryIdUnder(originOf(campaign, one), `${contentName(campaign, one, content)}#${row.time}`))
  if (plan === null) return today
  const said: Readonly<Record<string, unknown>> = { ...content }
  const constants = Object.entries(plan.constants).map(([field, value]) => [field, plan.columns[field] === undefined && said[field] !== undefined ? textOf(said[field]) : value] as const)
  const { id } = plannedMapping({ ...plan, kind: content.kind, constants: Object.fromEntries(constants) })
  return [...today, entryIdOf(`${cellsName(campaign, id, row)}#${row.time}`)]
}

function textOf(value: unknown): string {
  const [one] = Array.isArray(value) ? (value as readonly unknown[]) : [value]
  return typeof one === 'string' || typeof one === 'number' ? `${one}` : ''
}

function cellsName(campaign: CampaignId, mapping: string, { cells }: AcceptedRow): string {
  return JSON.stringify([campaign, mapping, cells.map(asNamed)])
}

/** Where a row comes from, however it is read: the same for every reading, and so for no single entry. */
function originOf(campaign: CampaignId, { cells, foreignId, ref }: AcceptedRow): string {
  return canonicalJson([campaign, foreignId ?? ref ?? cells.map(asNamed)])
}

/** The same under each of its ids, and under its cells, by which rows were named before there were ids. */
export function originsOf(campaign: CampaignId, row: AcceptedRow): readonly string[] {
  return namedThere(row).map((one) => originOf(campaign, one))
}

function namedThere<Row extends AcceptedRow>(row: Row): readonly Row[] {
  const { foreignId, otherIds = [] } = row
  return foreignId === undefined ? [row] : [row, ...otherIds.map((id) => ({ ...row, foreignId: id })), withoutId(row)]
}

function withoutId<Row extends AcceptedRow>({ foreignId: _named, ...row }: Row): Row {
  return row as Row
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

const entryIdOf = (name: string): EntryId => uuidOf(`entry:${name}`) as EntryId
/** The first half says where the row comes from, the second what became of it: an entry that is erased leaves its id, by which another reading of its row is known. */
const entryIdUnder = (origin: string, name: string): EntryId => `${halfOf(origin)}${entryIdOf(name).slice(originLength)}` as EntryId
export const halfOf = (origin: string): string => entryIdOf(`origin:${origin}`).slice(0, originLength)
/** `01234567-89ab-8cde-`: 60 bits. */
export const originLength = 19
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
