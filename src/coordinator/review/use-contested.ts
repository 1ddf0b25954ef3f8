import { useEffect, useRef, useState } from 'react'
import type { SentDecision } from '#device/held-decisions.ts'
import type { DeskApi } from '#device/sync/desk-api.ts'
import type { ChangeId, EntryId } from '#domain/ids.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import { useSentDecisions } from '#coordinator/review/use-sent-decisions.ts'
import { useWatch } from '#coordinator/use-watch.ts'

interface Contested {
  readonly decisions: readonly SentDecision[]
  /** Somebody has looked at it, or wants to leave it. */
  readonly leave: (decision: SentDecision) => void
}

const nothing: readonly SentDecision[] = []
/** As many as the server gives at once: two who decide on the same entries for days have a thousand. */
const pageSize = 200
/** So many pages of them are all that there are. */
const mostPages = 20

/**
 * Decisions of this desk that met another verdict on the same words. Of those that were sent while it is open the rows tell that come with
 * the news. Of those that it finds sent at its start, which went out before it was closed or at the start itself, no news come: the
 * server is asked once, when nothing waits to be sent any more.
 */
export function useContested(): Contested {
  const { device, fresh, log } = useDesk()
  const { rows, turns } = useFresh()
  const { sent, seen } = useSentDecisions(device)
  const pending = useWatch(device.sync)?.pendingChanges
  const [went, setWent] = useState<ReadonlyMap<EntryId, number>>(new Map())
  // What was seen to hold goes from the disk. As long as the desk is open it is told that a colleague's came after it, too.
  const [known, setKnown] = useState<ReadonlyMap<EntryId, SentDecision>>(new Map())
  const [met, setMet] = useState<ReadonlySet<ChangeId>>(new Set())
  const [left, setLeft] = useState<ReadonlySet<ChangeId>>(new Set())
  // The log lets go of what has gone on since; that is when this is about it.
  const newly = [...log.byEntry.values()].flatMap(({ entryId, sentAt, isFound }) => (sentAt === undefined || isFound === true || went.get(entryId) === sentAt ? [] : [[entryId, sentAt] as const]))
  if (newly.length > 0) setWent(new Map([...went, ...newly]))
  const unknown = (sent ?? nothing).filter(({ entryId, id }) => known.get(entryId)?.id !== id)
  if (unknown.length > 0) setKnown(new Map([...known, ...unknown.map((one) => [one.entryId, one] as const)]))
  const logged = ({ entryId }: SentDecision) => (log.byEntry.get(entryId)?.isFound === true ? undefined : log.byEntry.get(entryId))
  const isFollowed = (one: SentDecision) => logged(one) !== undefined || went.has(one.entryId)
  const sentAt = (one: SentDecision) => (logged(one) ?? { sentAt: went.get(one.entryId) }).sentAt
  /** Null: nothing is known of it yet. */
  const isContested = (one: SentDecision): boolean | null => {
    const [row, at] = [rows.get(one.entryId), sentAt(one)]
    if (!isFollowed(one)) return met.has(one.id) ? row?.contested !== false : null
    // A row of before may tell of a contest that this very decision has settled.
    return row === undefined || at === undefined || (turns.get(one.entryId) ?? 0) < at ? null : row.contested
  }
  const decisions = [...known.values()].filter((one) => isContested(one) === true && !left.has(one.id))
  const holds = (sent ?? nothing).filter((one) => isContested(one) === false).map(({ id }) => id)
  const found = (sent ?? nothing).filter((one) => !isFollowed(one) && !met.has(one.id))

  const look = useRef(() => {})
  const isAsking = useRef(false)
  useEffect(() => {
    look.current = () => {
      if (holds.length > 0) seen(holds)
      if (found.length === 0 || pending !== 0 || fresh.get().epoch === null || isAsking.current) return
      isAsking.current = true
      void contestedNow(device.api).then((contested) => {
        isAsking.current = false
        if (contested === null) return
        setMet((before) => new Set([...before, ...found.filter(({ entryId }) => contested.has(entryId)).map(({ id }) => id)]))
        seen(found.filter(({ entryId }) => !contested.has(entryId)).map(({ id }) => id))
      })
    }
  })
  const isRead = sent !== undefined
  useEffect(() => {
    look.current()
    return fresh.onAnswer(() => look.current())
  }, [fresh, isRead])
  return {
    decisions,
    leave: (decision) => {
      setLeft((before) => new Set([...before, decision.id]))
      seen([decision.id])
    },
  }
}

/** Null without an answer. */
async function contestedNow(api: Pick<DeskApi, 'entries'>): Promise<ReadonlySet<EntryId> | null> {
  const ids = new Set<EntryId>()
  let after: string | null = null
  for (let page = 0; page < mostPages; page += 1) {
    const answer: Awaited<ReturnType<typeof api.entries>> = await api.entries({ conflict: ['verdicts'], limit: pageSize, ...(after === null ? {} : { after }) })
    if (!answer.ok) return null
    for (const { id } of answer.value.entries) ids.add(id)
    after = answer.value.next
    if (after === null) break
  }
  return ids
}
