import type { EntryRow } from '#protocol/desk.ts'
import type { KeptRow } from '#server/store/sql/projection.ts'
import type { EntryTableRow, MemberTableRow } from '#server/store/sql/schema.ts'

/** The kept row with its author's name as it is now. */
export function entryRow(row: Pick<EntryTableRow, 'row' | 'author_id'> & Pick<MemberTableRow, 'name' | 'organisation'>): EntryRow {
  // Written by `projectedEntry` of this version or made anew by `rebuild`: our own words.
  const kept = JSON.parse(row.row) as KeptRow
  return { ...kept, author: { id: row.author_id, name: row.name, ...(row.organisation === null ? {} : { organisation: row.organisation }) } }
}
