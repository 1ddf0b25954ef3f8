import { Link } from 'wouter'
import type { ApiProblem } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import { Erased, ErasedHere, useErasure } from '#coordinator/review/erased.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import type { Loaded } from '#coordinator/use-loaded.ts'
import { Note } from '#ui/note/note.tsx'

/** What stands where an entry will be read: blank lines, that it was erased, or why there is none. */
export function EntryWaiting({ id, loaded }: { readonly id: EntryId; readonly loaded: Loaded<Reading | 'unreadable'> }) {
  const { say } = useDesk().words
  const { gone, aside } = useFresh()
  if (aside.has(id)) return <SetAside />
  if (gone.has(id)) return <ErasedHere id={id} />
  if (loaded.problem?.code === 'not-found') return <NotFound id={id} problem={loaded.problem} onRetry={loaded.reload} />
  if (loaded.problem !== null) return <ProblemNote problem={loaded.problem} onRetry={loaded.reload} />
  if (loaded.value === 'unreadable') return <p>{say('entry.unreadable')}</p>
  return <Awaited lines={6} />
}

/** It does not count for now, and whoever may let it count finds it there. */
function SetAside() {
  const { say } = useDesk().words
  return <Note icon="warning" live="status" title={say('aside.title')} actions={<Link href="/desk/aside">{say('bar.aside')}</Link>}>{say('aside.why.revoked-device')}</Note>
}

/** An address that leads nowhere, or no longer: the log knows which. */
function NotFound({ id, problem, onRetry }: { readonly id: EntryId; readonly problem: ApiProblem; readonly onRetry: () => void }) {
  const { value, isLoading } = useErasure(id)
  if (isLoading && value === null) return <Awaited lines={6} />
  return value === null || value === 'none' ? <ProblemNote problem={problem} onRetry={onRetry} /> : <Erased line={value} />
}
