import { sensitivities } from '#domain/codes/code-lists.ts'
import type { Sensitivity } from '#domain/codes/code-lists.ts'
import { isSensitivity } from '#domain/disclosure.ts'
import type { ChangeId, Instant } from '#domain/ids.ts'
import type { ImportResponse } from '#protocol/import.ts'
import { importRows as rowsOf } from '#exchange/import-table.ts'
import type { ImportedTable } from '#exchange/import-table.ts'
import type { Plan } from '#exchange/plan.ts'
import { readTable } from '#exchange/table.ts'
import type { Table } from '#exchange/table.ts'
import type { ServerContext } from '#server/context.ts'
import type { Actor } from '#server/http/access.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { appendAsServer } from '#server/sync/server-device.ts'
import type { ServerChange } from '#server/sync/server-device.ts'
import { inTurn } from '#server/transfer/in-turn.ts'
import { rowsFromHere } from '#server/transfer/own-rows.ts'
import { rowsErasedOtherwise, rowsReadOtherwise } from '#server/transfer/read-otherwise.ts'
import { correctionIdOf, namedRows, recordIdOf, saltOf } from '#server/transfer/row-names.ts'
import type { NamedRow } from '#server/transfer/row-names.ts'

interface TableDifferences {
  /** What stands in entries though the file does not say it, in how many rows. */
  readonly assumed: readonly { readonly field: string; readonly rows: number }[]
  /** What stands in the file and not in its entry. */
  readonly leftOut: readonly { readonly row: number; readonly field: string; readonly reason: string }[]
  readonly shortened: readonly { readonly row: number; readonly field: string }[]
}
export type TableImport = ImportResponse & TableDifferences & { readonly mapping: string }

interface TableInput {
  readonly text: string
  readonly how?: string | Plan | undefined
  readonly again?: boolean | undefined
  /** Says what would come of it, and writes nothing. */
  readonly isTrial?: boolean | undefined
}

/**
 * A CSV or HXL table into entries, as sealed changes of the server's own device. Ids and salts follow from campaign and row (`row-names.ts`),
 * so the same file twice makes each row a duplicate and no row a second entry; nor does a row of an export whose entry is here. A row that is here
 * under another reading, or whose words were changed in an export, comes in only when somebody says so (`again`).
 */
export function importRows(context: ServerContext, importer: Pick<Actor, 'campaign' | 'memberId'>, input: TableInput): Promise<TableImport> {
  // A table goes on coming in after the line of who brought it broke: whoever brings it again at once, read otherwise, is told what is here by then.
  return inTurn(context, importer.campaign.id, (refuseWhenLost) => bringIn(context, importer, { ...input, refuseWhenLost }))
}

/** Somewhere it is tomorrow already: whoever brings rows of their own today in has tried them at a desk there. */
const furthestAheadMs = 14 * 3_600_000

async function bringIn(context: ServerContext, importer: Pick<Actor, 'campaign' | 'memberId'>, input: TableInput & { readonly refuseWhenLost: () => Promise<void> }): Promise<TableImport> {
  const read = readTable(input.text)
  const table = rowsOf(read, input.how, new Date(context.clock.now() + furthestAheadMs).toISOString().slice(0, 10))
  if (table === null) throw new ProblemError('invalid', { title: whyUnknown(read) })
  const { campaign, memberId } = importer
  const { here, altered, erased: erasedFrom } = await rowsFromHere(context, campaign.id, table.accepted)
  const named = await namedRows(context.store, campaign.id, { ...table, accepted: table.accepted.filter(({ row }) => !here.has(row) && !erasedFrom.has(row)) })
  const { same, ...found } = await hereOtherwise(context, campaign, { named, altered, how: input.how })
  const otherwise = input.again === true ? new Map<number, Told>() : found.otherwise
  const rest = named.filter(({ row }) => !otherwise.has(row) && !same.has(row))
  const erased = new Set([...erasedFrom, ...(await rowsErasedOtherwise(context, campaign, rest))])
  const changes = changesOf(campaign, rest.filter(({ row }) => !erased.has(row)))
  // Whoever stood still for long has seen another state of the campaign than the one that it would write into.
  await input.refuseWhenLost()
  const results = input.isTrial === true ? await wouldBe(context, campaign, changes) : await appendAsServer(context, campaign, changes.map(({ change }) => change), memberId)
  const outcomes = changes.map(({ row, change }, index) => ({ row, isEntry: change.type === 'record', status: results[index]?.status, problem: results[index]?.problem }))
  const entries = outcomes.filter(({ isEntry }) => isEntry)
  const unstored = entries.filter(({ status }) => status !== 'stored' && status !== 'duplicate').map(({ row, status, problem }) => ({ row, reason: problem ?? status ?? 'refused' }))
  const gone = [...[...erased].map((row) => ({ row, reason: 'erased-here' })), ...[...otherwise].map(([row, told]) => ({ row, ...told }))]
  const failed = new Set([...unstored, ...gone].map(({ row }) => row))
  return {
    mapping: typeof input.how === 'object' ? 'plan' : table.mapping,
    accepted: entries.filter(({ status }) => status === 'stored').length,
    duplicates: entries.filter(({ status }) => status === 'duplicate').length + here.size + same.size,
    ...(otherwise.size === 0 ? {} : { otherwise: otherwise.size }),
    refused: [...table.refused.map((refusal) => ({ ...refusal })), ...unstored, ...gone].sort((a, b) => a.row - b.row),
    ...differencesOf(table.accepted.filter(({ row }) => !failed.has(row))),
  }
}

/** A row that is left out because it is here: why, for which entry it was taken and in what they differ. */
type Told = Pick<ImportResponse['refused'][number], 'reason' | 'entry' | 'fields'>

/** Rows that are here as somebody else read them, or that were changed in an export of this campaign; not those that came in before, under their own name. */
async function hereOtherwise(context: ServerContext, campaign: Actor['campaign'], { named, altered, how }: { readonly named: readonly NamedRow[]; readonly altered: ReadonlySet<number>; readonly how: TableInput['how'] }): Promise<{ readonly otherwise: ReadonlyMap<number, Told>; readonly same: ReadonlySet<number> }> {
  const changed = named.filter(({ row }) => altered.has(row))
  const held = await context.store.changes.held(campaign.id, changed.map(({ name }) => recordIdOf(name)))
  const { otherwise, same } = await rowsReadOtherwise(context, campaign, { rows: named.filter(({ row }) => !altered.has(row)), how })
  return { same, otherwise: new Map<number, Told>([...otherwise, ...changed.flatMap(({ row, name }) => (held.has(recordIdOf(name)) ? [] : [[row, { reason: 'here-otherwise' }] as const]))]) }
}

/** What would become of changes: by their names, which are those of every import. */
async function wouldBe({ store }: ServerContext, campaign: Actor['campaign'], changes: readonly RowChange[]): Promise<readonly { readonly status: 'stored' | 'duplicate'; readonly problem?: undefined }[]> {
  const held = await store.changes.held(campaign.id, changes.map(({ change }) => change.id))
  return changes.map(({ change }) => ({ status: held.has(change.id) ? 'duplicate' : 'stored' }))
}

/** What an entry says that its row does not, and what the row says that the entry does not: who brings in many rows reads it here. */
function differencesOf(rows: ImportedTable['accepted']): TableDifferences {
  const assumed = new Map<string, number>()
  for (const field of rows.flatMap((row) => row.assumed ?? [])) assumed.set(field, (assumed.get(field) ?? 0) + 1)
  return {
    assumed: [...assumed].map(([field, count]) => ({ field, rows: count })),
    leftOut: rows.flatMap(({ row, leftOut = [] }) => leftOut.map((left) => ({ row, ...left }))),
    shortened: rows.flatMap(({ row, shortened = [] }) => shortened.map((field) => ({ row, field }))),
  }
}

/** A quotation mark that swallowed the header hides what kind of table it is. */
function whyUnknown({ headers, rows }: Table): string {
  const broken = headers.length > 0 ? undefined : rows.find(({ fault }) => fault !== undefined)
  return broken === undefined ? 'no mapping knows this table; at the desk, under Data, its columns can be mapped by hand' : `the quotation marks of row ${broken.number} do not fit together`
}

interface RowChange {
  readonly row: number
  readonly change: ServerChange & { readonly id: ChangeId }
}

function changesOf({ defaultSensitivity }: Actor['campaign'], rows: readonly NamedRow[]): readonly RowChange[] {
  return rows.flatMap(({ row, name, entryId, content, corrections }) => {
    const record = rowChange(name, { id: recordIdOf(name), entryId, type: 'record', base: null, body: { content } }, content.observedOn)
    const beside = notLowered(corrections, defaultSensitivity)
    if (Object.keys(beside).length === 0) return [{ row, change: record }]
    return [{ row, change: record }, { row, change: rowChange(name, { id: correctionIdOf(name), entryId, type: 'correct', base: record.id, body: { set: beside, unset: [] } }, content.observedOn) }]
  })
}

/** What another campaign found sensitive makes nothing less sensitive than it would be here. */
function notLowered({ sensitivity, ...rest }: NonNullable<ImportedTable['accepted'][number]['corrections']> = {}, here: Sensitivity): Readonly<Record<string, unknown>> {
  return isSensitivity(sensitivity) && sensitivities.indexOf(sensitivity) > sensitivities.indexOf(here) ? { ...rest, sensitivity } : rest
}

function rowChange(name: string, change: ServerChange & { readonly id: ChangeId }, day: string): ServerChange & { readonly id: ChangeId } {
  return { ...change, salt: saltOf(name, change.type), recordedAt: `${day}T12:00:00Z` as Instant }
}
