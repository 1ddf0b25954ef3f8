import * as v from 'valibot'
import { contentSchemas } from '#domain/entry.ts'
import { misfitOf } from '#domain/misfits.ts'
import type { Misfit } from '#domain/misfits.ts'
import type { MappedRow, Mapping, Refusal } from '#exchange/mapping.ts'
import { disasterMessages } from '#exchange/mappings/disaster-messages.ts'
import { ebola3w } from '#exchange/mappings/ebola-3w.ts'
import { iatiCsv } from '#exchange/mappings/iati-csv.ts'
import { mali4w } from '#exchange/mappings/mali-4w.ts'
import { terrainTable } from '#exchange/mappings/terrain-table.ts'
import { unhcr3w } from '#exchange/mappings/unhcr-3w.ts'
import { plannedMapping } from '#exchange/planned-rows.ts'
import type { Plan } from '#exchange/plan.ts'
import { numberedTwice } from '#exchange/row-number.ts'
import { readTable } from '#exchange/table.ts'
import type { Table, TableRow } from '#exchange/table.ts'

export const mappings: readonly Mapping[] = [terrainTable, unhcr3w, mali4w, ebola3w, iatiCsv, disasterMessages]

export interface ImportedTable {
  readonly mapping: string
  readonly accepted: readonly (MappedRow & { readonly row: number; readonly cells: readonly string[] })[]
  readonly refused: readonly (Refusal & { readonly row: number })[]
}

/**
 * A CSV text as entries, by a mapping's name, by a person's plan, or by the mapping that knows this file; null when none does. Every row is
 * in one of the two lists. `today` tells a plan which years of two digits have begun.
 */
export function importTable(text: string, how?: string | Plan, today?: string): ImportedTable | null {
  return importRows(readTable(text), how, today)
}

export function importRows(table: Table, how?: string | Plan, today?: string): ImportedTable | null {
  const mapping = typeof how === 'object' ? plannedMapping(how, today) : mappingFor(table, how)
  if (mapping === null) return null
  const twice = typeof how === 'object' ? numberedTwice(how, table) : new Set<number>()
  const outcomes = table.rows.map((row) => (twice.has(row.number) ? { reason: 'number-twice' as const, row: row.number } : outcomeOf(mapping, row, table)))
  return {
    mapping: mapping.id,
    accepted: outcomes.flatMap((outcome) => ('content' in outcome ? [outcome] : [])),
    refused: outcomes.flatMap((outcome) => ('reason' in outcome ? [outcome] : [])),
  }
}

export function mappingFor(table: Table, how?: string): Mapping | null {
  return mappings.find((candidate) => (how === undefined ? candidate.fits(table) : candidate.id === how)) ?? null
}

function outcomeOf(mapping: Mapping, row: TableRow, table: Table): ImportedTable['accepted'][number] | ImportedTable['refused'][number] {
  if (row.fault !== undefined) return { reason: row.fault, row: row.number }
  const mapped = mapping.map(row, table)
  if (!mapped.ok) return { ...mapped.problem, row: row.number }
  const parsed = v.safeParse(contentSchemas[mapped.value.content.kind], mapped.value.content)
  if (parsed.success) return { ...mapped.value, row: row.number, cells: row.cells }
  const misfit = misfitOf(parsed.issues[0])
  return { reason: refusalOf(misfit), row: row.number, ...(misfit === null ? {} : { field: misfit.field }) }
}

function refusalOf(misfit: Misfit | null): Refusal['reason'] {
  if (misfit?.is !== 'missing') return 'does-not-fit'
  return misfit.field === 'placeName' ? 'place-missing' : 'field-missing'
}
