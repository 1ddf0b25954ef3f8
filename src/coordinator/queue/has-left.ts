import type { EntriesFilter } from '#device/sync/desk-api.ts'
import type { EntryId, MemberId } from '#domain/ids.ts'
import { assignedToMe, assignedToNobody } from '#protocol/assignment.ts'
import type { EntryRow } from '#protocol/desk.ts'
import type { FreshState } from '#coordinator/fresh/fresh-watch.ts'

type Narrowing = 'kind' | 'state' | 'severity' | 'topic' | 'sensitivity' | 'country' | 'lang' | 'conflict'

/** What a row says for itself; of the others nothing is known here. */
const codesOf: Readonly<Record<Narrowing, (row: EntryRow) => readonly string[]>> = {
  kind: ({ kind }) => [kind],
  state: ({ state }) => [state],
  severity: ({ severity }) => (severity === null ? [] : [String(severity)]),
  topic: ({ topic }) => [topic],
  sensitivity: ({ sensitivity }) => [sensitivity],
  country: ({ country }) => [country],
  lang: ({ lang }) => [lang],
  conflict: ({ hasConflict, contested }) => [...(hasConflict ? ['fields'] : []), ...(contested ? ['verdicts'] : [])],
}

/** Whether an entry that is listed fits its filter no more, as far as the news tell: the server counts it no more then, and it would hide one that came. */
export function hasLeft(id: EntryId, filter: EntriesFilter, { rows, gone, assignees }: Pick<FreshState, 'rows' | 'gone' | 'assignees'>, me: MemberId): boolean {
  if (gone.has(id)) return true
  const { assignee: readers } = filter
  if (readers !== undefined && assignees.has(id) && !readersOf(assignees.get(id)?.id, me).some((code) => readers.includes(code))) return true
  const now = rows.get(id)
  if (now === undefined) return false
  // Who reads it as the second is wanted no more once they have; an answer is one until somebody decides.
  if (filter.second?.includes(assignedToMe) === true && (now.second?.state !== 'wanted' || now.second.by === me)) return true
  if (filter.question?.join() === 'answered' && !now.answered) return true
  return (Object.keys(codesOf) as Narrowing[]).some((name) => filter[name]?.some((code) => codesOf[name](now).includes(code)) === false)
}

function readersOf(id: MemberId | undefined, me: MemberId): readonly string[] {
  return id === undefined ? [assignedToNobody] : id === me ? [id, assignedToMe] : [id]
}
