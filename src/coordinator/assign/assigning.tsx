import { createContext, useContext, useState } from 'react'
import type { ReactNode } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { MemberId } from '#domain/ids.ts'
import type { EntryRow } from '#protocol/desk.ts'
import { GiveDialog } from '#coordinator/assign/give-dialog.tsx'
import { assigneeIn } from '#coordinator/assign/use-assignee.ts'
import { useDesk } from '#coordinator/desk-context.tsx'

/** What has just been done, to be said once. */
export type AssignOutcome =
  /** `name` null: they are nobody's again. `from`: with whom some of them were before. */
  | { readonly kind: 'done'; readonly count: number; readonly ref: string; readonly to: 'me' | { readonly name: string } | null; readonly from: readonly string[] }
  /** Went to somebody else since the desk had heard of it; they stay there. */
  | { readonly kind: 'elsewhere'; readonly count: number; readonly ref: string; readonly with: readonly string[] }
  /** They do not count any more: they were erased, or set aside. */
  | { readonly kind: 'gone'; readonly count: number; readonly ref: string }
  | { readonly kind: 'aside'; readonly count: number; readonly ref: string }
  | { readonly kind: 'failed'; readonly problem: ApiProblem }

export interface Assigning {
  readonly outcomes: readonly AssignOutcome[]
  /** They become mine; where all of them are mine already, nobody's again. */
  readonly take: (rows: readonly EntryRow[]) => void
  /** Asks to whom. */
  readonly give: (rows: readonly EntryRow[]) => void
  readonly forget: () => void
}

const AssigningContext = createContext<Assigning | null>(null)

export function useAssigning(): Assigning {
  const assigning = useContext(AssigningContext)
  if (assigning === null) throw new Error('entries were given outside of AssigningProvider')
  return assigning
}

/** Who reads which entry: the server keeps it, so that it needs a connection, and every desk hears of it. */
export function AssigningProvider({ children }: { readonly children: ReactNode }) {
  const { device, fresh, membership } = useDesk()
  const [outcomes, setOutcomes] = useState<readonly AssignOutcome[]>([])
  const [asking, setAsking] = useState<readonly EntryRow[]>([])
  const me = membership.member.id
  const heldBy = (row: EntryRow) => assigneeIn(fresh.get().assignees, row)

  async function assign(rows: readonly EntryRow[], to: MemberId | null): Promise<void> {
    const before = rows.map((row) => ({ row, was: heldBy(row) })).filter(({ was }) => (was?.id ?? null) !== to)
    if (before.length === 0) return
    const answer = await device.api.assign({ entries: before.map(({ row, was }) => ({ id: row.id, was: was?.id ?? null })), to })
    if (!answer.ok) return setOutcomes([{ kind: 'failed', problem: answer.problem }])
    fresh.assigned(answer.value)
    const now = new Map(answer.value.map(({ id, assignee }) => [id, assignee] as const))
    const done = before.filter(({ row }) => now.has(row.id) && (now.get(row.id)?.id ?? null) === to)
    const elsewhere = before.filter(({ row }) => now.has(row.id) && (now.get(row.id)?.id ?? null) !== to)
    const missing = before.filter(({ row }) => !now.has(row.id))
    // The log knows what became of them.
    if (missing.length > 0) await fresh.check()
    const isAside = ({ row }: (typeof missing)[number]): boolean => fresh.get().aside.has(row.id)
    const without = [['gone', missing.filter((one) => !isAside(one))], ['aside', missing.filter(isAside)]] as const
    setOutcomes([
      ...(done[0] === undefined ? [] : [{ kind: 'done' as const, count: done.length, ref: done[0].row.ref, to: to === me ? 'me' as const : (now.get(done[0].row.id) ?? null), from: to === null ? [] : namesIn(done.map(({ was }) => (was?.id === me ? null : was))) }]),
      ...(elsewhere[0] === undefined ? [] : [{ kind: 'elsewhere' as const, count: elsewhere.length, ref: elsewhere[0].row.ref, with: namesIn(elsewhere.map(({ row }) => now.get(row.id) ?? null)) }]),
      ...without.flatMap(([kind, [first, ...others]]) => (first === undefined ? [] : [{ kind, count: 1 + others.length, ref: first.row.ref }])),
    ])
  }
  return (
    <AssigningContext value={{
      outcomes,
      take: (rows) => void assign(rows, rows.every((row) => heldBy(row)?.id === me) ? null : me),
      give: setAsking,
      forget: () => setOutcomes([]),
    }}
    >
      {children}
      {asking.length === 0 ? null : (
        <GiveDialog
          rows={asking}
          onClose={() => setAsking([])}
          onGive={(to) => {
            setAsking([])
            void assign(asking, to)
          }}
        />
      )}
    </AssigningContext>
  )
}

function namesIn(people: readonly ({ readonly name: string } | null)[]): readonly string[] {
  return [...new Set(people.flatMap((person) => (person === null ? [] : [person.name])))]
}
