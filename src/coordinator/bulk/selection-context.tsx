import { createContext, useContext } from 'react'
import type { EntryId } from '#domain/ids.ts'
import { useKept } from '#coordinator/review/begun.ts'
import { extended, nothingChosen, toggled } from '#coordinator/bulk/selection.ts'

/** Choosing rows of the list, by key and by mouse. */
export interface Choosing {
  /** Those of the list that are chosen: what has left the list is not. */
  readonly chosen: ReadonlySet<EntryId>
  /** One row; with `isRange` everything from the row that was chosen last up to it. */
  readonly choose: (id: EntryId, isRange: boolean) => void
  readonly clear: () => void
}

export const ChoosingContext = createContext<Choosing>({ chosen: new Set(), choose: () => undefined, clear: () => undefined })

export function useChoosing(): Choosing {
  return useContext(ChoosingContext)
}

/** The selection belongs to one address: another view or filter begins with nothing chosen. Whoever looks at another page of the desk finds it again. */
export function useSelection(address: string, order: readonly EntryId[]): Choosing {
  const [state, setState] = useKept('chosen rows', { address, selection: nothingChosen })
  const selection = state.address === address ? state.selection : nothingChosen
  const listed = new Set(order)
  return {
    chosen: new Set([...selection.ids].filter((id) => listed.has(id))),
    choose: (id, isRange) => setState((before) => {
      const current = before.address === address ? before.selection : nothingChosen
      return { address, selection: isRange ? extended(current, order, id) : toggled(current, id) }
    }),
    clear: () => setState({ address, selection: nothingChosen }),
  }
}
