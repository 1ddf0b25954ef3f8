import type { Assignee } from '#protocol/assignment.ts'
import type { EntryRow } from '#protocol/desk.ts'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'

/** Whose an entry is to read as far as this desk knows by now; nobody's is null. */
export function useAssignee(row: Pick<EntryRow, 'id' | 'assignee'>): Assignee | null {
  return assigneeIn(useFresh().assignees, row)
}

export function assigneeIn(assignees: ReadonlyMap<EntryRow['id'], Assignee | null>, { id, assignee }: Pick<EntryRow, 'id' | 'assignee'>): Assignee | null {
  const since = assignees.get(id)
  return since === undefined ? (assignee ?? null) : since
}
