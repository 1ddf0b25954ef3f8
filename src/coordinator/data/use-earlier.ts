import { useEffect, useRef, useState } from 'react'
import { valuesOf } from '#exchange/guess-plan.ts'
import { planAsBefore } from '#exchange/plan-as-before.ts'
import { codesOfField } from '#exchange/plan-fields.ts'
import type { Plan } from '#exchange/plan.ts'
import { listName } from '#exchange/row-number.ts'
import type { Table } from '#exchange/table.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { readPlans } from '#coordinator/data/kept-plans.ts'

interface Mapped {
  readonly table: Table
  readonly plan: Plan
  readonly suggested: string
  readonly isByHand: boolean
  readonly onPlan: (plan: Plan) => void
}

interface Earlier {
  /** Lists with numbers that were brought into this campaign, the last first; null while nobody knows. */
  readonly lists: readonly string[] | null
  /** The plan is that of the last such table, and nothing of it was changed since. */
  readonly isAsBefore: boolean
  /** Back to the guess. */
  readonly anew: () => void
}

/** What earlier tables say about how this one is read: its mapping of last week, from this device, and the names of lists, from the campaign's log. */
export function useEarlier({ table, plan, suggested, isByHand, onPlan }: Mapped): Earlier {
  const { device, words } = useDesk()
  const [lists, setLists] = useState<readonly string[] | null>(null)
  const [asBefore, setAsBefore] = useState<Plan | null>(null)
  // Read when an answer comes: what a person has changed by then stays.
  const now = useRef({ plan, onPlan, guessed: plan })
  useEffect(() => {
    now.current = { ...now.current, plan, onPlan }
  })
  useEffect(() => {
    if (!isByHand) return
    let isLeft = false
    const guessed = (_kind: Plan['kind'], columns: Plan['columns']) => Object.fromEntries(Object.entries(columns).flatMap(([field, index]) => (codesOfField(field) === null ? [] : [[field, valuesOf(table, { field, index }, words.code)] as const])))
    void (async () => {
      const before = planAsBefore(await readPlans(device), table, guessed)
      if (!isLeft && before !== null && now.current.plan === now.current.guessed) {
        setAsBefore(before)
        now.current.plan = before
        now.current.onPlan(before)
      }
      const answer = await device.api.audit({ type: 'file.imported' }, null)
      if (isLeft) return
      const found = answer.ok ? namesIn(answer.value.lines.flatMap(({ list }) => (list === undefined ? [] : [list]))) : null
      setLists(found)
      const { plan: current, onPlan: put } = now.current
      // The first list of a campaign is one that was not here before. Where there are others, nobody but a person knows.
      if (found?.length === 0 && current.rowId?.list === '') put(withList(current, suggested))
    })()
    return () => {
      isLeft = true
    }
  }, [device, table, words, suggested, isByHand])
  return { lists, isAsBefore: asBefore !== null && plan === asBefore, anew: () => onPlan(lists?.length === 0 ? withList(now.current.guessed, suggested) : now.current.guessed) }
}

function withList(plan: Plan, list: string): Plan {
  return plan.rowId === undefined ? plan : { ...plan, rowId: { ...plan.rowId, list } }
}

/** Each once, as it was written the last time. */
function namesIn(lists: readonly string[]): readonly string[] {
  return [...new Map(lists.toReversed().map((list) => [listName(list), list] as const)).values()].toReversed()
}
