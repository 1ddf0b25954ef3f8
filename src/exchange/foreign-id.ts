import { wordsIn } from '#exchange/csv.ts'
import type { TableRow } from '#exchange/table.ts'

/**
 * Where KoboToolbox, ODK and Epicollect5 write it: the same in their CSV, their workbooks and their maps. The names that stay when somebody edits the row there stand
 * first: KoboToolbox gives an edited row another `_uuid` and `meta/instanceID`, ODK Central another `meta-instanceID`. A repeat names what it is part of under other headers.
 */
const headers = ['meta/rootUuid', 'meta.rootUuid', 'KEY', '__id', '_uuid', 'meta/instanceID', 'meta-instanceID', 'meta.instanceID', 'instanceID', 'ec5_branch_uuid', 'ec5_uuid'] as const
/** Behind the slash stands which one of a repeat. */
const uuid = /^(?:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\/.{1,200})?)$/i

/** What the tool of its collection calls a row: for good first, and then what it is or was called besides. None where the row says nothing of the kind. */
export function foreignIdsOf(row: Pick<TableRow, 'at'>): readonly string[] {
  const found = headers.flatMap((header) => {
    const [, id] = uuid.exec(wordsIn(row.at(header))) ?? []
    return id === undefined ? [] : [id.toLowerCase()]
  })
  return [...new Set(found)]
}

/** Whether a table is one of a tool of collection, whose `start` and `end` are when the form was filled in. */
export function isOfCollection(names: readonly string[]): boolean {
  return headers.some((header) => names.includes(header))
}
