import type { KeptPart, KeptWriting } from '#device/kept-writing.ts'
import { openedOnce } from '#coordinator/report/opened-once.ts'
import type { Instant } from '#domain/ids.ts'
import { isSame, missingIn, sentForm } from '#coordinator/report/parts.ts'
import type { SharedDraft } from '#coordinator/report/shared-draft.ts'
import { metBy } from '#coordinator/report/writing-state.ts'
import type { Work, WritingGround } from '#coordinator/report/writing-state.ts'

/** One second of typing may be lost at most; the server hears of it a moment after the typing stops. */
const [keepAfterMs, sendAfterMs] = [300, 1500] as const

export interface TypingGround extends Pick<WritingGround, 'api' | 'kept' | 'me' | 'now'> {
  readonly draft: SharedDraft
  readonly after: (ms: number, run: () => void) => () => void
  readonly tell: () => void
}

/** What is typed here and on its way: onto the disk first, then to the server. */
export interface Typing {
  readonly works: ReadonlyMap<string, Work>
  readonly disk: () => Promise<KeptWriting>
  readonly begin: (one: KeptPart, isOnDisk?: boolean) => Work
  /** It was written on. */
  readonly schedule: (work: Work) => void
  readonly send: (work: Work) => Promise<void>
  /** Nothing of it is only here any more. */
  readonly settled: (work: Work) => void
}

export function createTyping(ground: TypingGround): Typing {
  const { api, draft, tell } = ground
  const works = new Map<string, Work>()
  const disk = openedOnce(ground.kept)
  const isCurrent = (work: Work) => works.get(work.one.part.id) === work

  function later(work: Work, what: 'keep' | 'send', ms: number, run: (work: Work) => Promise<void>): void {
    work.cancels.get(what)?.()
    work.cancels.set(what, ground.after(ms, () => void run(work)))
  }

  async function keep(work: Work): Promise<void> {
    work.cancels.get('keep')?.()
    const { one } = work
    if (work.kept === one || !isCurrent(work)) return
    // What no disk takes may still reach the server.
    const done = await disk().then((open) => open.keep(one)).catch(() => null)
    if (done?.ok === true) work.kept = one
    tell()
  }

  async function send(work: Work): Promise<void> {
    work.cancels.get('send')?.()
    await keep(work)
    const { one } = work
    if (work.isSending || work.theirs !== undefined || !isCurrent(work) || missingIn(one.part) !== null) return
    const row = draft.rows.get(one.part.id)
    const part = sentForm(one.part)
    if (row !== undefined && row.version === one.was && row.place === one.place && isSame(row.part, part)) return settled(work)
    work.isSending = true
    work.problem = null
    tell()
    const answer = await api.putReportPart({ part, place: one.place, was: one.was })
    work.isSending = false
    if (answer.ok) took(work, one, answer.value)
    else if (answer.problem.code === 'precondition-failed') await meet(work)
    else work.problem = answer.problem
    tell()
  }

  function took(work: Work, sent: KeptPart, version: number): void {
    const row = { part: sentForm(sent.part), place: sent.place, version, by: ground.me, at: new Date(ground.now()).toISOString() as Instant }
    draft.took(row)
    work.base = row
    if (work.one === sent) return settled(work)
    work.one = { ...work.one, was: version }
    schedule(work)
  }

  /** Somebody else wrote meanwhile. */
  async function meet(work: Work): Promise<void> {
    work.problem = await draft.reload()
    if (work.problem !== null) return
    const theirs = draft.rows.get(work.one.part.id) ?? null
    const met = metBy(work, theirs)
    if (met === 'same') settled(work)
    else if (met === 'clash') work.theirs = theirs
    else {
      work.one = met
      work.base = theirs
      later(work, 'send', 0, send)
    }
  }

  function settled(work: Work): void {
    if (isCurrent(work)) works.delete(work.one.part.id)
    for (const cancel of work.cancels.values()) cancel()
    const { kept } = work
    if (kept !== null) void disk().then((open) => open.forget(kept)).catch(() => undefined)
    tell()
  }

  function schedule(work: Work): void {
    later(work, 'keep', keepAfterMs, keep)
    later(work, 'send', sendAfterMs, send)
    tell()
  }

  return {
    works, disk, send, settled, schedule,
    begin: (one, isOnDisk = false) => {
      const row = draft.rows.get(one.part.id)
      // What was left on the disk may rest on an older version, of which only the number is known: then a person picks.
      const base = row?.version === one.was ? row : null
      const work: Work = { one, base, kept: isOnDisk ? one : null, isSending: false, problem: null, cancels: new Map() }
      works.set(one.part.id, work)
      return work
    },
  }
}
