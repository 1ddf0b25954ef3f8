import { wordsIn } from '#exchange/csv.ts'
import type { TableRow } from '#exchange/table.ts'

/** Where KoboToolbox and ODK write it: the same in their CSV, their workbooks and their maps. A repeat names what it is part of under other headers. */
const headers = ['_uuid', 'meta/instanceID', 'meta-instanceID', 'meta.instanceID', 'instanceID', 'KEY', '__id'] as const
/** Behind the slash stands which one of a repeat. */
const uuid = /^(?:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\/.{1,200})?)$/i

/** What the tool of its collection calls a row, for good; undefined where it says nothing of the kind. */
export function foreignIdOf(row: Pick<TableRow, 'at'>): string | undefined {
  for (const header of headers) {
    const [, found] = uuid.exec(wordsIn(row.at(header))) ?? []
    if (found !== undefined) return found.toLowerCase()
  }
  return undefined
}
