import type { Watch } from '#device/watch.ts'
import type { ChangeId, EntryId } from '#domain/ids.ts'
import { emptyJudgement, verdictsFor } from '#coordinator/review/judgement.ts'
import type { Judgement } from '#coordinator/review/judgement.ts'
import type { Reading } from '#coordinator/review/reading.ts'

/** What somebody has put together on an entry and not decided, with the revision that they had read. */
export interface KeptJudgement {
  readonly revision: ChangeId
  readonly judgement: Judgement
}

type Kept = ReadonlyMap<EntryId, KeptJudgement>

/** As long as the desk is open: whoever looks at the next entry and comes back finds what they wrote. */
export interface Judgements extends Watch<Kept> {
  readonly get: () => Kept
  readonly keep: (id: EntryId, one: KeptJudgement) => void
  /** Of a decision that was taken back; what was written since stays. */
  readonly giveBack: (id: EntryId, one: KeptJudgement) => void
  /** They were decided. */
  readonly forget: (ids: readonly EntryId[]) => void
}

export function createJudgements(): Judgements {
  let kept: Kept = new Map()
  const listeners = new Set<() => void>()
  const put = (next: Kept): void => {
    kept = next
    for (const listener of [...listeners]) listener()
  }
  return {
    get: () => kept,
    subscribe: (onChange) => {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    keep: (id, one) => put(new Map([...kept, [id, one] as const])),
    giveBack: (id, one) => {
      if (!kept.has(id)) put(new Map([...kept, [id, one] as const]))
    },
    forget: (ids) => put(new Map([...kept].filter(([id]) => !ids.includes(id)))),
  }
}

/** On other words than those that were read, and where it means nothing any more, the verdict is not chosen; what was written stays. */
export function judgementOn(kept: KeptJudgement | undefined, reading: Reading | null): Judgement {
  if (kept === undefined) return emptyJudgement
  const { judgement, revision } = kept
  if (reading === null || judgement.verdict === null) return judgement
  const stands = revision === reading.entry.revision && verdictsFor(reading).includes(judgement.verdict)
  return stands ? judgement : { ...judgement, verdict: null }
}
