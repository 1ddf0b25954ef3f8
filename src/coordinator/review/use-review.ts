import { useEffect, useRef, useState } from 'react'
import type { ApiProblem, SaveProblem } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { decisionBody, emptyJudgement, gapOf } from '#coordinator/review/judgement.ts'
import type { Judgement, JudgementGap } from '#coordinator/review/judgement.ts'
import { movementBetween, readEntry } from '#coordinator/review/reading.ts'
import type { Movement, Reading } from '#coordinator/review/reading.ts'
import { useLoaded } from '#coordinator/use-loaded.ts'
import type { Loaded } from '#coordinator/use-loaded.ts'

/** Reading one entry and deciding on it. */
export interface Review {
  readonly loaded: Loaded<Reading | 'unreadable'>
  /** What is on the screen: it stays as it was read until the coordinator asks for what is new. */
  readonly reading: Reading | null
  readonly judgement: Judgement
  readonly change: (next: Judgement) => void
  readonly gap: JudgementGap | 'hash' | 'conflict' | null
  readonly isDeciding: boolean
  readonly moved: Exclude<Movement, { readonly kind: 'same' }> | null
  readonly saveProblem: SaveProblem | null
  readonly decide: () => void
  readonly showNew: () => void
}

const movementPollMs = 60_000

/**
 * choose ──► decide ──► ask the server once more ──► moved on? say so, send nothing
 *                                    │ same, or no connection
 *                                    ▼
 *                        the device keeps the change ──► onDecided (the log follows it to the server)
 */
export function useReview(id: EntryId, onDecided: (decided: { readonly reading: Reading; readonly judgement: Judgement }) => void): Review {
  const { device, ground, log } = useDesk()
  const [judgement, setJudgement] = useState<Judgement>(emptyJudgement)
  const [isDeciding, setDeciding] = useState(false)
  const [newer, setNewer] = useState<Reading | null>(null)
  const [shownNewer, setShownNewer] = useState<Reading | null>(null)
  const [saveProblem, setSaveProblem] = useState<SaveProblem | null>(null)
  const busy = useRef(false)
  const loaded = useLoaded(id, () => read(id))
  const first = loaded.value === 'unreadable' ? null : loaded.value
  const reading = shownNewer ?? first
  const movement = reading === null || newer === null ? null : movementBetween(reading.entry, newer.entry)
  const moved = movement === null || movement.kind === 'same' ? null : movement

  async function read(entryId: EntryId): Promise<Result<Reading | 'unreadable', ApiProblem>> {
    const response = await device.api.entry(entryId)
    if (!response.ok) return fail(response.problem)
    return ok((await readEntry(response.value, ground.digest)) ?? 'unreadable')
  }

  const poll = useRef(() => {})
  useEffect(() => {
    poll.current = () => {
      if (busy.current || reading === null) return
      void read(id).then((again) => {
        if (again.ok && again.value !== 'unreadable') setNewer(again.value)
      })
    }
  })
  useEffect(() => ground.every(movementPollMs, () => poll.current()), [ground])

  const gap = gapIn(reading, judgement)

  async function decide(read_: Reading): Promise<void> {
    const { verdict } = judgement
    if (verdict === null || read_.contentHash === null || busy.current) return
    busy.current = true
    setDeciding(true)
    setSaveProblem(null)
    const again = await read(id)
    const now = again.ok && again.value !== 'unreadable' ? again.value : null
    const isSame = now === null || movementBetween(read_.entry, now.entry).kind === 'same'
    if (isSame) {
      const body = decisionBody({ ...judgement, verdict }, { revision: read_.entry.revision, contentHash: read_.contentHash }, ground.newQuestionId)
      const kept = await device.decide({ entryId: id, base: read_.entry.head, body })
      if (kept.ok) {
        log.follow({ entryId: id, ref: read_.row.ref, verdict })
        setJudgement(emptyJudgement)
        onDecided({ reading: read_, judgement })
      } else {
        setSaveProblem(kept.problem)
      }
    } else {
      setNewer(now)
    }
    busy.current = false
    setDeciding(false)
  }

  return {
    loaded,
    reading,
    judgement,
    change: setJudgement,
    gap,
    isDeciding,
    moved,
    saveProblem,
    decide: () => {
      if (reading !== null && gap === null && moved === null) void decide(reading)
    },
    showNew: () => {
      void read(id).then((again) => {
        if (!again.ok || again.value === 'unreadable') return
        setShownNewer(again.value)
        setNewer(null)
        // The questions that were written stay; the verdict was on another revision.
        setJudgement((before) => ({ ...before, verdict: null }))
        log.forget(id)
      })
    },
  }
}

function gapIn(reading: Reading | null, judgement: Judgement): Review['gap'] {
  if (reading !== null && reading.contentHash === null) return 'hash'
  // What would be approved is not settled while two values of one field wait for a person.
  return judgement.verdict === 'approve' && reading !== null && reading.entry.conflicts.length > 0 ? 'conflict' : gapOf(judgement)
}
