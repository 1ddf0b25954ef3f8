import * as v from 'valibot'
import { ownValue } from '#domain/own-value.ts'
import { planSchema } from '#exchange/plan.ts'
import type { Plan } from '#exchange/plan.ts'
import type { Table } from '#exchange/table.ts'

/** How a table was mapped the last time, with the names of its columns in their order. */
const keptSchema = v.array(v.object({ headers: v.array(v.string()), plan: planSchema }))
export type KeptPlans = v.InferOutput<typeof keptSchema>

/** As a disk gives it back; of a form that nobody knows there is nothing. */
export function keptPlansIn(kept: unknown): KeptPlans {
  const read = v.safeParse(keptSchema, kept)
  return read.success ? read.output : []
}

/**
 * How a table with the same columns was mapped, in whatever order they stand today; null where one of those that were used is missing, or is there twice. Words of the file that
 * are new have the guess of today.
 */
export function planAsBefore(kept: KeptPlans, { headers }: Table, guessed: (kind: Plan['kind'], columns: Plan['columns']) => Plan['values']): Plan | null {
  for (const { headers: before, plan } of kept) {
    const place = (column: number): number => {
      const name = before[column] ?? ''
      return name !== '' && headers.indexOf(name) === headers.lastIndexOf(name) ? headers.indexOf(name) : -1
    }
    const columns = Object.fromEntries(Object.entries(plan.columns).map(([field, column]) => [field, place(column)] as const))
    const rowId = plan.rowId === undefined ? undefined : { ...plan.rowId, column: place(plan.rowId.column) }
    if ([...Object.values(columns), ...(rowId === undefined ? [] : [rowId.column])].every((column) => column >= 0)) {
      const values = Object.fromEntries(Object.entries(guessed(plan.kind, columns)).map(([field, words]) => [field, { ...words, ...chosen(words, plan.values[field]) }] as const))
      // A day that was filled in was that of the last file.
      const constants = Object.fromEntries(Object.entries(plan.constants).filter(([field]) => !['observedOn', 'startOn', 'endOn'].includes(field)))
      return { ...plan, columns, constants, values, ...(rowId === undefined ? {} : { rowId }) }
    }
  }
  return null
}

/** What a person said of the words that are in this file too. */
function chosen(words: Readonly<Record<string, string>>, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(before).filter(([word]) => ownValue(words, word) !== undefined))
}
