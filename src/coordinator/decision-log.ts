import { useEffect, useRef, useState } from 'react'
import type { Device, SaveProblem } from '#device/device.ts'
import type { alreadyHeld, DecisionInput, HeldDecision, SentDecision } from '#device/held-decisions.ts'
import type { Verdict } from '#domain/change.ts'
import type { ChangeId, EntryId, MemberId } from '#domain/ids.ts'
import type { Result } from '#domain/result.ts'
import type { ReviewState } from '#domain/review.ts'
import type { EntryRow } from '#protocol/desk.ts'
import type { DeskGround } from '#coordinator/desk-ground.ts'
import type { FreshWatch } from '#coordinator/fresh/fresh-watch.ts'
import { judgementOf } from '#coordinator/review/judgement.ts'
import type { Judgements } from '#coordinator/review/judgements.ts'
import { rivalOf } from '#coordinator/review/reading.ts'
import type { Readings } from '#coordinator/review/readings.ts'
import { onSentDecisions } from '#coordinator/review/use-sent-decisions.ts'
import { useWatch } from '#coordinator/use-watch.ts'

/** What was decided at this desk. `held` can still be taken back; `sent` only once the outbox was seen empty after it. */
export interface LoggedDecision {
  readonly entryId: EntryId
  readonly ref: string
  readonly verdict: Verdict
  readonly phase: 'held' | 'sending' | 'sent' | 'kept'
  /** The turn at which it was seen to be sent: what was asked for later knows of it. */
  readonly sentAt?: number
  /** Another window has made it, or this desk before it was closed, and it lay in the outbox still. */
  readonly isFound?: true
}

/** What became of the last thing that was done, for the line at the bottom. */
export type LatestAct =
  | { readonly kind: LoggedDecision['phase']; readonly decisions: readonly Pick<LoggedDecision, 'entryId' | 'ref' | 'verdict'>[] }
  | { readonly kind: 'takenBack' | 'tooLate' | 'gone' | 'aside'; readonly decisions: readonly Pick<LoggedDecision, 'entryId' | 'ref' | 'verdict'>[] }

export interface DecisionLog {
  /** It is known what was decided here before: an entry that is shown sooner would ask for a verdict that it has. */
  readonly isRead: boolean
  readonly byEntry: ReadonlyMap<EntryId, LoggedDecision>
  readonly latest: LatestAct | null
  /** Those that do not go out, because the entry moved on after it was read. */
  readonly stopped: readonly HeldDecision[]
  readonly decide: (decisions: readonly DecisionInput[], forMs?: number) => Promise<Result<readonly ChangeId[], SaveProblem>>
  readonly takeBack: (decisions: readonly HeldDecision[]) => Promise<void>
  /** The decisions that were made together last, as long as they are here. */
  readonly lastHeld: readonly HeldDecision[]
  /** All that can still be taken back. */
  readonly held: readonly HeldDecision[]
  /** The entry was read anew, with the decision in it or after it. */
  readonly forget: (entryId: EntryId) => void
  /** Rows that were asked for at this turn: a decision that an entry has gone beyond since speaks for it no more. */
  readonly saw: (rows: readonly EntryRow[], turn: number) => void
}

/** Another window of this desk was first: no failure, and the list of what is held says so. */
export function isHeldAlready(problem: SaveProblem): boolean {
  const named: typeof alreadyHeld.name = 'already-held'
  return problem.kind === 'storage-failed' && problem.name === named
}

export const holdMs = 8_000
/** A hand full of decisions takes longer to be regretted. */
export const bulkHoldMs = 15_000
const lookMs = 1_000
/** A disk that takes longer than this keeps nobody from reading: it refuses a second decision all the same. */
const longestReadMs = 2_000
const nothing: readonly HeldDecision[] = []

interface LogGround {
  readonly device: Pick<Device, 'flush' | 'sync' | 'held' | 'openWriting'>
  readonly ground: Pick<DeskGround, 'now' | 'every'>
  readonly fresh: Pick<FreshWatch, 'check' | 'get' | 'mayBeTouched' | 'subscribe' | 'turn'>
  readonly readings: Pick<Readings, 'read' | 'known' | 'unsent'>
  readonly judgements: Pick<Judgements, 'giveBack' | 'forget'>
  /** Who sits here. */
  readonly me: MemberId
}

/**
 * hold (kept on this device) ──► some seconds ──► has anybody touched the entry? ──► no, or no answer: into the outbox, and followed
 *      │                                                   ├── yes, and it moved on: stopped, and said
 *      │                                                   ├── it was set aside: as if it had been taken back, and that is said
 *      │                                                   └── it was erased: nothing of the decision is left, and that is said
 *      └── taken back: as if it had not been
 */
export function useDecisionLog(parts: LogGround): DecisionLog {
  const { device, ground, fresh, judgements, me } = parts
  const [decisions, setDecisions] = useState<readonly LoggedDecision[]>([])
  const [act, setAct] = useState<LatestAct | null>(null)
  const known = useWatch(device.held.list)
  const held = known ?? nothing
  const [areSentRead, setSentRead] = useState(false)
  const isReadLate = useIsLate(longestReadMs)
  const going = held.filter(({ rival }) => rival === null)
  const settle = (ids: ReadonlySet<EntryId>, state: Pick<LoggedDecision, 'phase' | 'sentAt'>) => setDecisions((before) => before.map((one) => (ids.has(one.entryId) ? { ...one, ...state } : one)))

  function giveBack(decisions: readonly HeldDecision[]): void {
    for (const { entryId, body } of decisions) judgements.giveBack(entryId, { revision: body.revision, judgement: judgementOf(body) })
  }

  function follow({ sent, gone, aside }: Outcome): void {
    giveBack(aside)
    if (aside.length > 0) setAct({ kind: 'aside', decisions: aside.map(plain) })
    if (gone.length > 0) setAct({ kind: 'gone', decisions: gone.map(plain) })
    if (sent.length === 0) return
    const ids = new Set(sent.map(({ entryId }) => entryId))
    setDecisions((before) => [...before.filter(({ entryId }) => !ids.has(entryId)), ...sent.map((one) => ({ ...plain(one), phase: 'sending' as const }))])
    // An older one that goes out by itself must not take the word away from what a person has just asked for.
    setAct((before) => (isAnswer(before) ? before : { kind: 'sending', decisions: sent.map(plain) }))
    void device.flush().then((state) => settle(ids, state.pendingChanges === 0 ? { phase: 'sent', sentAt: fresh.turn() } : { phase: 'kept' }), () => settle(ids, { phase: 'kept' }))
  }

  const sendDue = useRef(() => {})
  const busy = useRef(false)
  useEffect(() => {
    sendDue.current = () => {
      const now = ground.now()
      // A clock that was set back must not hold anything for ever.
      const due = going.filter(({ sendAt }) => sendAt <= now || sendAt > now + 2 * bulkHoldMs)
      if (due.length === 0 || busy.current) return
      busy.current = true
      void sendAfterLook(parts, due).then(follow).finally(() => {
        busy.current = false
      })
    }
  })
  useEffect(() => ground.every(lookMs, () => sendDue.current()), [ground])

  useEffect(() => device.sync.subscribe(() => {
    if (device.sync.get()?.pendingChanges !== 0) return
    const sentAt = fresh.turn()
    setDecisions((before) => (before.some(isKept) ? before.map((one) => (isKept(one) ? { ...one, phase: 'sent', sentAt } : one)) : before))
  }), [device, fresh])
  useEffect(() => onSentDecisions(device, (sent) => {
    const turn = fresh.turn()
    setSentRead(true)
    setDecisions((before) => withFound(before, sent, turn))
  }), [device, fresh])
  useEffect(() => fresh.subscribe(() => {
    const { rows, turns } = fresh.get()
    setDecisions((before) => standing(before, (id) => ({ row: rows.get(id), turn: turns.get(id) ?? 0 }), me))
  }), [fresh, me])
  const byEntry = new Map<EntryId, LoggedDecision>([...decisions, ...going.map((one) => ({ ...plain(one), phase: 'held' as const }))].map((one) => [one.entryId, one] as const))
  const last = going.at(-1)
  const lastHeld = last === undefined ? nothing : going.filter(({ batch }) => batch === last.batch)
  return {
    isRead: isReadLate || (known !== undefined && areSentRead),
    byEntry,
    latest: latestOf(act, lastHeld, byEntry),
    stopped: held.filter(({ rival }) => rival !== null),
    lastHeld,
    held: going,
    decide: async (inputs, forMs = holdMs) => {
      setAct(null)
      const kept = await device.held.hold(inputs, forMs)
      if (kept.ok) judgements.forget(inputs.map(({ entryId }) => entryId))
      return kept
    },
    takeBack: async (ones) => {
      const ids = new Set(await device.held.takeBack(ones.map(({ id }) => id)))
      const [back, gone] = [ones.filter(({ id }) => ids.has(id)), ones.filter(({ id }) => !ids.has(id))]
      giveBack(back)
      setAct(back.length > 0 ? { kind: 'takenBack', decisions: back.map(plain) } : { kind: 'tooLate', decisions: gone.map(plain) })
    },
    forget: (entryId) => setDecisions((before) => before.filter((one) => one.entryId !== entryId || one.phase !== 'sent')),
    saw: (rows, turn) => {
      const byId = new Map(rows.map((row) => [row.id, row] as const))
      setDecisions((before) => standing(before, (id) => ({ row: byId.get(id), turn }), me))
    },
  }
}

/** Whether so much time has gone since this was first drawn. */
function useIsLate(afterMs: number): boolean {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), afterMs)
    return () => clearTimeout(timer)
  }, [afterMs])
  return isLate
}

function isKept({ phase }: LoggedDecision): boolean {
  return phase === 'kept'
}

/** With those that lie in the outbox and that this window did not make: their entries wait with a decision, whatever the server says of them. */
function withFound(before: readonly LoggedDecision[], sent: readonly SentDecision[], turn: number): readonly LoggedDecision[] {
  const known = new Set(before.map(({ entryId }) => entryId))
  const found = sent.filter(({ entryId, isWaiting }) => isWaiting && !known.has(entryId)).map((one) => ({ ...plain(one), phase: 'kept' as const, isFound: true as const }))
  const arrived = new Set(sent.flatMap(({ entryId, isWaiting }) => (isWaiting ? [] : [entryId])))
  const hasArrived = (one: LoggedDecision): boolean => one.isFound === true && isKept(one) && arrived.has(one.entryId)
  return found.length === 0 && !before.some(hasArrived) ? before : [...before.map((one) => (hasArrived(one) ? { ...one, phase: 'sent' as const, sentAt: turn } : one)), ...found]
}

const stateAfter = { approve: 'approved', askBack: 'hasIssues', reject: 'rejected', reopen: 'received' } as const

/** The state in which an entry is where nothing but this decision has come to it. */
export function stateAfterDecision({ verdict }: Pick<LoggedDecision, 'verdict'>): ReviewState {
  return stateAfter[verdict]
}

/** Without those beyond which their entry has gone, as a row says that was asked for after they were sent. */
function standing(decisions: readonly LoggedDecision[], seen: (id: EntryId) => { readonly row: EntryRow | undefined; readonly turn: number }, me: MemberId): readonly LoggedDecision[] {
  const left = decisions.filter((one) => {
    const { row, turn } = seen(one.entryId)
    return row === undefined || one.sentAt === undefined || turn < one.sentAt || !hasGoneBeyond(row, one, me)
  })
  return left.length === decisions.length ? decisions : left
}

function hasGoneBeyond({ state, second }: EntryRow, decision: LoggedDecision, me: MemberId): boolean {
  // In the same state again, and a second reading of what a colleague has decided since is wanted.
  const waitsForMe = second?.state === 'wanted' && second.by !== me
  return state !== stateAfterDecision(decision) || waitsForMe
}

/** What became of those that were due. */
interface Outcome {
  readonly sent: readonly HeldDecision[]
  /** Their entries were erased. */
  readonly gone: readonly HeldDecision[]
  /** Their entries were set aside, and may count again. */
  readonly aside: readonly HeldDecision[]
}

/**
 * One question for all of them: what was touched since each was read? Only those are read again. Without an answer they go out as
 * they are: the fold finds rivals by their base, and nothing of either is lost.
 */
async function sendAfterLook({ device, fresh, readings }: LogGround, all: readonly HeldDecision[]): Promise<Outcome> {
  const isAnswered = await fresh.check()
  // The reason of a verdict may repeat what was erased, so it goes nowhere. Nor does one on what does not count.
  const taken = await device.held.takeBack(all.filter(({ entryId }) => fresh.get().gone.has(entryId)).map(({ id }) => id))
  const isAside = ({ entryId }: HeldDecision): boolean => fresh.get().aside.has(entryId)
  const [back, due] = [all.filter(({ id }) => taken.includes(id)), all.filter(({ id }) => !taken.includes(id))]
  const [gone, aside] = [back.filter((one) => !isAside(one)), back.filter(isAside)]
  const suspects = isAnswered ? due.filter(({ entryId, asOf }) => fresh.mayBeTouched(entryId, asOf)) : []
  for (const suspect of suspects) {
    const now = await readings.read(suspect.entryId)
    const rival = now.ok && now.value !== 'unreadable' ? rivalOf(now.value, suspect) : null
    if (rival !== null) await device.held.stop(suspect.id, rival)
  }
  await stopBehindCorrections({ device, readings }, due.filter((one) => !suspects.includes(one)))
  const sent = await device.held.send(due.map(({ id }) => id))
  // What could not be written stays held, and is tried again at the next look.
  return { gone, aside, sent: sent.ok ? due.filter(({ id }) => sent.value.includes(id)) : [] }
}

/** What was corrected at this desk since it was decided goes out before the decision, whichever window did it: then it was on other words. */
async function stopBehindCorrections({ device, readings }: Pick<LogGround, 'device' | 'readings'>, due: readonly HeldDecision[]): Promise<void> {
  for (const one of due.filter(({ entryId }) => readings.unsent.get().has(entryId))) {
    const known = readings.known(one.entryId)
    const rival = known === null ? null : rivalOf(await readings.unsent.laidOver(known.reading), one)
    if (rival !== null) await device.held.stop(one.id, rival)
  }
}

function plain({ entryId, ref, ...one }: HeldDecision | SentDecision): Pick<LoggedDecision, 'entryId' | 'ref' | 'verdict'> {
  return { entryId, ref, verdict: 'body' in one ? one.body.verdict : one.verdict }
}

/** To somebody who wanted a decision back, or whose decision came to nothing. It stands until they decide again. */
function isAnswer(act: LatestAct | null): boolean {
  return act?.kind === 'takenBack' || act?.kind === 'tooLate' || act?.kind === 'gone' || act?.kind === 'aside'
}

/** What is still held stands before everything else that could be said: it is the only thing that can be undone. */
function latestOf(act: LatestAct | null, held: readonly HeldDecision[], byEntry: ReadonlyMap<EntryId, LoggedDecision>): LatestAct | null {
  if (isAnswer(act)) return act
  if (held.length > 0) return { kind: 'held', decisions: held.map(plain) }
  const [first] = act?.decisions ?? []
  if (act === null || first === undefined) return null
  // One that the log has let go of was sent, and its entry has gone on.
  return { kind: byEntry.get(first.entryId)?.phase ?? 'sent', decisions: act.decisions }
}
