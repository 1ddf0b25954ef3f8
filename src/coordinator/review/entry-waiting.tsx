import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { ApiProblem } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import type { QuarantineReason } from '#protocol/problem.ts'
import { useAside } from '#coordinator/aside/aside-context.tsx'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import { Erased, ErasedHere, useErasure, useSetAside } from '#coordinator/review/erased.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { UnreadNote } from '#coordinator/shell/problem-note.tsx'
import type { Loaded } from '#coordinator/use-loaded.ts'
import { Note } from '#ui/note/note.tsx'

/** What stands where an entry will be read: blank lines, that it was erased, or why there is none. */
export function EntryWaiting({ id, loaded }: { readonly id: EntryId; readonly loaded: Loaded<Reading | 'unreadable'> }) {
  const { say } = useDesk().words
  const { gone, aside } = useFresh()
  if (aside.has(id)) return <SetAside id={id} reason="revoked-device" />
  if (gone.has(id)) return <ErasedHere id={id} />
  if (loaded.problem?.code === 'not-found') return <NotFound id={id} problem={loaded.problem} onRetry={loaded.reload} />
  if (loaded.problem !== null) return <UnreadNote problem={loaded.problem} onRetry={loaded.reload} />
  if (loaded.value === 'unreadable') return <p>{say('entry.unreadable')}</p>
  return <Awaited lines={6} />
}

/** It does not count for now, why, and who has left it so; whoever may let it count finds it on the list. */
function SetAside({ id, reason }: { readonly id: EntryId; readonly reason: QuarantineReason }) {
  const { words: { say, time } } = useDesk()
  const left = useAside().quarantine.value?.quarantined.find(({ entryId, type }) => entryId === id && type === 'record')?.left ?? null
  return (
    <Note icon="warning" live="status" title={say('aside.title')} actions={<Link href="/desk/aside">{say('bar.aside')}</Link>}>
      <p>{say(`aside.why.${reason}`)}</p>
      {left === null ? null : <p>{say('aside.leftBy', { name: left.by, date: time.instant(left.at) })} <q dir="auto">{left.reason}</q></p>}
    </Note>
  )
}

/** An address that leads nowhere, or no longer, or not yet: the log knows which. */
function NotFound({ id, problem, onRetry }: { readonly id: EntryId; readonly problem: ApiProblem; readonly onRetry: () => void }) {
  const [erasure, aside] = [useErasure(id), useSetAside(id)]
  const seq = useFresh().touched.get(id) ?? 0
  const retry = useRef(onRetry)
  useEffect(() => {
    retry.current = onRetry
  })
  // Somebody has let it count, or its author's phone has brought it.
  useEffect(() => {
    if (seq > 0) retry.current()
  }, [seq])
  if (erasure.value !== null && erasure.value !== 'none') return <Erased line={erasure.value} />
  if ([erasure, aside].some(({ value, isLoading }) => isLoading && value === null)) return <Awaited lines={6} />
  const reason = aside.value === null || aside.value === 'none' ? null : aside.value.setAside
  return reason === null ? <UnreadNote problem={problem} onRetry={onRetry} /> : <SetAside id={id} reason={reason} />
}
