import { useDesk } from '#coordinator/desk-context.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import type { Loaded } from '#coordinator/use-loaded.ts'

/** What stands where an entry will be read: blank lines, or why there is none. */
export function EntryWaiting({ loaded }: { readonly loaded: Loaded<Reading | 'unreadable'> }) {
  const { say } = useDesk().words
  if (loaded.problem !== null) return <ProblemNote problem={loaded.problem} onRetry={loaded.reload} />
  if (loaded.value === 'unreadable') return <p>{say('entry.unreadable')}</p>
  return <Awaited lines={6} />
}
