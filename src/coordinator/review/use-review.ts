import { useEffect, useRef, useState } from 'react'
import type { ApiProblem, SaveProblem } from '#device/device.ts'
import type { Decision } from '#domain/entry-state.ts'
import type { EntryId } from '#domain/ids.ts'
import type { Result } from '#domain/result.ts'
import { isOpen } from '#domain/review.ts'
import { isHeldAlready } from '#coordinator/decision-log.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import { useUnkept } from '#coordinator/review/begun.ts'
import type { Unkept } from '#coordinator/review/begun.ts'
import { decisionBody, gapOf } from '#coordinator/review/judgement.ts'
import type { Judgement, JudgementGap } from '#coordinator/review/judgement.ts'
import { judgementOn } from '#coordinator/review/judgements.ts'
import { movedBetween } from '#coordinator/review/reading.ts'
import type { Moved, Reading } from '#coordinator/review/reading.ts'
import { useIsBegunRead } from '#coordinator/review/use-kept-begun.ts'
import { useUnsent } from '#coordinator/review/use-unsent.ts'
import type { OnWritten } from '#coordinator/review/use-correction.ts'
import { useLoaded } from '#coordinator/use-loaded.ts'
import type { Loaded } from '#coordinator/use-loaded.ts'
import { useWatch } from '#coordinator/use-watch.ts'

/** Reading one entry and deciding on it. */
export interface Review {
  readonly loaded: Loaded<Reading | 'unreadable'>
  /** What is on the screen: words and verdicts stay as they were read until the coordinator asks for what is new. */
  readonly reading: Reading | null
  readonly judgement: Judgement
  readonly change: (next: Judgement) => void
  readonly gap: JudgementGap | 'hash' | 'conflict' | 'questions-second' | 'unkept' | null
  /** What was changed here and is not kept yet. */
  readonly unkept: Unkept | null
  readonly isDeciding: boolean
  readonly moved: Moved | null
  /** Somebody else decided on this entry a moment ago. */
  readonly recent: Decision | null
  /** "Decide" was pressed once, and asks whether it is meant in spite of that. */
  readonly isAsking: boolean
  readonly saveProblem: SaveProblem | null
  readonly decide: () => void
  readonly showNew: () => void
  /** A correction was kept here, and stands in what is read from then on; with null it is on the server. */
  readonly written: OnWritten
}

/** What a colleague decided within this time may not have been seen by somebody who has the entry before them. */
const momentMs = 10 * 60_000

/**
 * choose ──► decide ──► did a colleague decide a moment ago? ask once ──► the device holds it ──► onDecided, without waiting for
 * the server: the log looks there once more before it sends (decision-log.ts).
 */
export function useReview(id: EntryId, onDecided: () => void): Review {
  const { device, membership, ground, log, fresh, readings, judgements } = useDesk()
  const [known] = useState(() => readings.known(id))
  const [isDeciding, setDeciding] = useState(false)
  const [asksAbout, setAsksAbout] = useState<Decision | null>(null)
  const [newer, setNewer] = useState<Reading | null>(null)
  const [shownNewer, setShownNewer] = useState<Reading | null>(null)
  const [saveProblem, setSaveProblem] = useState<SaveProblem | null>(null)
  const busy = useRef(false)
  const loaded = useLoaded(id, () => readings.read(id), known === null ? null : { value: known.reading, asOf: known.readAt })
  // Before it is known what was begun on it, its forms would open without; and before it is known what was decided on it, there would be a form that is refused.
  const first = useIsBegunRead(device) && log.isRead && loaded.value !== 'unreadable' ? loaded.value : null
  const { touched, gone, epoch } = useFresh()
  // What was erased is not read on, and nobody decides on it.
  const before = gone.has(id) ? null : (shownNewer ?? first)
  const moved = before === null || newer === null ? null : movedBetween(before, newer, membership.member.id)
  const reading = before !== null && newer !== null && moved === null ? newer : before
  const judgement = judgementOn(useWatch(judgements)?.get(id), reading)
  const recent = reading === null ? null : recentOf(reading, membership.member.id, ground.now())
  const isAsking = asksAbout !== null && asksAbout.change === recent?.change

  const touchedSeq = touched.get(id) ?? -1
  const looked = newer ?? reading
  const isBehind = looked !== null && (looked.asOf === null ? touchedSeq >= 0 : epoch !== null && fresh.mayBeTouched(id, looked.asOf))
  useEffect(() => {
    if (isBehind) void readings.read(id).then((again) => setNewer((one) => readingIn(again) ?? one))
  }, [isBehind, touchedSeq, epoch, readings, id])

  function showLaid(laid: Reading): void {
    setShownNewer(laid)
    // What has moved on has still done so; what says the same is what it was laid over.
    if (moved === null) setNewer(null)
  }
  useUnsent(readings, reading, showLaid)
  const gaps = useGap(id, { reading, judgement })

  async function decide(read: Reading): Promise<void> {
    const { verdict } = judgement
    if (verdict === null || read.contentHash === null || busy.current) return
    if (recent !== null && !isAsking) {
      setAsksAbout(recent)
      return
    }
    busy.current = true
    setDeciding(true)
    setSaveProblem(null)
    const body = decisionBody({ ...judgement, verdict }, { revision: read.entry.revision, contentHash: read.contentHash }, ground.newQuestionId)
    const kept = await log.decide([{ entryId: id, ref: read.row.ref, base: read.entry.head, body, asOf: read.asOf }])
    if (kept.ok) onDecided()
    // That another window holds a decision on it already stands in the bar.
    else if (!isHeldAlready(kept.problem)) setSaveProblem(kept.problem)
    busy.current = false
    setDeciding(false)
  }

  return {
    loaded,
    reading,
    judgement,
    change: (next) => {
      if (reading !== null) judgements.keep(id, { revision: reading.entry.revision, judgement: next })
    },
    ...gaps,
    isDeciding,
    moved,
    recent,
    isAsking,
    saveProblem,
    decide: () => {
      if (reading !== null && gaps.gap === null && moved === null && !log.byEntry.has(id)) void decide(reading)
    },
    showNew: () => {
      void readings.read(id).then((again) => {
        const now = readingIn(again)
        if (now === null) return
        setShownNewer(now)
        setNewer(null)
        // The questions that were written stay; the verdict was given before what is new.
        const written = judgements.get().get(id)
        if (written !== undefined) judgements.keep(id, { revision: now.entry.revision, judgement: { ...written.judgement, verdict: null } })
        log.forget(id)
      })
    },
    written: (laid) => {
      if (laid === null) void readings.read(id).then((again) => setNewer((one) => readingIn(again) ?? one))
      else showLaid(laid)
    },
  }
}

function readingIn(answer: Result<Reading | 'unreadable', ApiProblem>): Reading | null {
  return answer.ok && answer.value !== 'unreadable' ? answer.value : null
}

function recentOf({ entry }: Reading, own: string, nowMs: number): Decision | null {
  const last = entry.decisions.at(-1)
  if (last === undefined || last.memberId === own || !isOpen(entry.review) || last.revision !== entry.revision) return null
  return last.at !== null && nowMs - Date.parse(last.at) < momentMs ? last : null
}

function useGap(id: EntryId, { reading, judgement }: { readonly reading: Reading | null; readonly judgement: Judgement }): Pick<Review, 'gap' | 'unkept'> {
  const unkept = useUnkept(id)
  return { unkept, gap: gapIn(reading, judgement) ?? (unkept === null ? null : 'unkept') }
}

function gapIn(reading: Reading | null, judgement: Judgement): Exclude<Review['gap'], 'unkept'> {
  if (reading !== null && reading.contentHash === null) return 'hash'
  // What would be approved is not settled while two values of one field wait for a person.
  if (judgement.verdict === 'approve' && reading !== null && reading.entry.conflicts.length > 0) return 'conflict'
  const gap = gapOf(judgement)
  return gap === 'questions-left' && reading?.isSecond === true ? 'questions-second' : gap
}
