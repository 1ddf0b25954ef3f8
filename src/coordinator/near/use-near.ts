import { useEffect, useRef, useState } from 'react'
import type { Coverage } from '#domain/codes/code-lists.ts'
import type { ChangeId, EntryId, Ref } from '#domain/ids.ts'
import { ok } from '#domain/result.ts'
import type { NearLink, NearResponse } from '#protocol/near.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import { useGoneOut } from '#coordinator/use-gone-out.ts'
import { useLoaded } from '#coordinator/use-loaded.ts'
import type { Loaded } from '#coordinator/use-loaded.ts'

/** How two entries can be tied by hand. */
export const tieKinds = ['answers', 'sameAs', 'duplicateOf', 'updateOf'] as const
export type TieKind = (typeof tieKinds)[number]

/** What has just been done, to be said once. `pair` can be taken back. */
export type NearOutcome =
  | { readonly kind: 'tied'; readonly ref: Ref; readonly isSent: boolean }
  | { readonly kind: 'untied'; readonly isSent: boolean }
  | { readonly kind: 'parted'; readonly ref: Ref; readonly other: EntryId; readonly as: PairKind }
  | { readonly kind: 'notKept' | 'notAsked' }

export type PairKind = 'same' | 'answers'

export interface Other {
  readonly id: EntryId
  readonly ref: Ref
  readonly kind: 'challenge' | 'action'
}

export interface Near {
  readonly loaded: Loaded<NearResponse>
  readonly outcome: NearOutcome | null
  /** Ties that are kept here and have not reached the server yet: they are suggested no more. */
  readonly tiedHere: ReadonlySet<EntryId>
  readonly tie: (other: Other, kind: TieKind, coverage?: Coverage) => void
  readonly untie: (link: NearLink, from: 'this' | 'other') => void
  readonly setApart: (other: Other, as: PairKind, apart: boolean) => void
}

/**
 * Asked again with all that is said in the campaign: a tie may stand on any other entry. What was suggested keeps its order, and what is new
 * comes behind it, so that nobody who is about to press has another entry under their finger.
 */
function useSteadyNear(id: EntryId): Loaded<NearResponse> {
  const { device } = useDesk()
  const { seq } = useFresh()
  const last = useRef<{ readonly id: EntryId; readonly answer: NearResponse } | null>(null)
  const loaded = useLoaded(id, async () => {
    const answered = await device.api.near(id)
    if (!answered.ok) return answered
    const answer = last.current?.id === id ? inOrderOf(last.current.answer, answered.value) : answered.value
    last.current = { id, answer }
    return ok(answer)
  })
  const reload = useRef(loaded.reload)
  const known = useRef(seq)
  useEffect(() => {
    reload.current = loaded.reload
  })
  useEffect(() => {
    // Before the first answer the place in the log is not known; what is read then is as new.
    if (known.current !== -1 && known.current !== seq) reload.current()
    known.current = seq
  }, [seq])
  return loaded
}

function inOrderOf(before: NearResponse, now: NearResponse): NearResponse {
  return { ...now, same: sorted(before.same, now.same), answers: sorted(before.answers, now.answers) }
}

function sorted<One extends { readonly id: EntryId }>(before: readonly One[], now: readonly One[]): One[] {
  const places = new Map(before.map(({ id }, place) => [id, place] as const))
  return now.toSorted((one, other) => (places.get(one.id) ?? before.length) - (places.get(other.id) ?? before.length))
}

/**
 * What an entry has to do with others. Ties are changes like every other: they are kept first, and go out when there is a connection.
 * A word that two have nothing to do with each other is no step in either's life; the server keeps it.
 */
export function useNear({ entry }: Reading): Near {
  const { device } = useDesk()
  const { gone } = useFresh()
  const loaded = useSteadyNear(entry.id)
  const standing = loaded.value === null ? null : { ...loaded.value, rows: loaded.value.rows.filter(({ id }) => !gone.has(id)) }
  const [outcome, setOutcome] = useState<NearOutcome | null>(null)
  const [tiedHere, setTiedHere] = useState<ReadonlySet<EntryId>>(new Set())

  const waiting = outcome !== null && 'isSent' in outcome && !outcome.isSent ? outcome : null
  useGoneOut(waiting !== null, () => {
    if (waiting !== null) setOutcome({ ...waiting, isSent: true })
    loaded.reload()
  })

  /** What is under way: a second press means the same. */
  const going = useRef(new Set<string>())

  function once(what: string, run: () => Promise<void>): void {
    if (going.current.has(what)) return
    going.current.add(what)
    void run().finally(() => going.current.delete(what))
  }

  /** Whether it has arrived; null when it could not be kept. */
  async function written(keeping: Promise<{ readonly ok: boolean }>, onKept?: () => void): Promise<boolean | null> {
    if (!(await keeping).ok) {
      setOutcome({ kind: 'notKept' })
      return null
    }
    onKept?.()
    const isSent = (await device.flush()).pendingChanges === 0
    if (isSent) loaded.reload()
    return isSent
  }
  async function tie(other: Other, kind: TieKind, coverage: Coverage | undefined): Promise<void> {
    // What is done answers what is suffered: the link stands on the action, whichever of the two is read.
    const isOnOther = kind === 'answers' && entry.kind === 'challenge'
    const [on, base, to]: readonly [EntryId, ChangeId | null, EntryId] = isOnOther ? [other.id, null, entry.id] : [entry.id, entry.head, other.id]
    const isSent = await written(device.link(on, base, { to, kind, ...(coverage === undefined ? {} : { coverage }) }), () => setTiedHere((before) => new Set([...before, other.id])))
    if (isSent === null) return
    setOutcome({ kind: 'tied', ref: other.ref, isSent })
  }
  async function untie({ change, id }: NearLink, from: 'this' | 'other'): Promise<void> {
    const isSent = await written(from === 'this' ? device.unlink(entry.id, entry.head, change) : device.unlink(id, null, change))
    if (isSent === null) return
    setTiedHere((before) => new Set([...before].filter((one) => one !== id)))
    setOutcome({ kind: 'untied', isSent })
  }
  async function setApart(other: Other, as: PairKind, apart: boolean): Promise<void> {
    const answer = await device.api.setApart(entry.id, { other: other.id, as, apart })
    if (!answer.ok) return setOutcome({ kind: 'notAsked' })
    setOutcome(apart ? { kind: 'parted', ref: other.ref, other: other.id, as } : null)
    loaded.reload()
  }
  return {
    loaded: { ...loaded, value: standing }, outcome, tiedHere,
    tie: (other, kind, coverage) => once(`tie ${other.id}`, () => tie(other, kind, coverage)),
    untie: (link, from) => once(`untie ${link.change}`, () => untie(link, from)),
    setApart: (other, as, apart) => once(`apart ${other.id} ${as}`, () => setApart(other, as, apart)),
  }
}
