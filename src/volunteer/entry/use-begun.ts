import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Begun, LocalEntry } from '#device/device.ts'
import { useDevice } from '#volunteer/device-context.tsx'
import { createBegunKeeper } from '#volunteer/entry/begun-keeper.ts'
import type { BegunKeeper, KeptWork } from '#volunteer/entry/begun-keeper.ts'
import { isAnsweredAt } from '#volunteer/entry/question-at-field.tsx'
import { keepBegunThrownAway } from '#volunteer/entry/thrown-away.ts'
import { followStore } from '#volunteer/record/follow-store.ts'
import { afterMs, flushOnLeaving } from '#volunteer/record/journal.ts'
import { useFieldFocus } from '#volunteer/record/use-focus.ts'

export interface BegunWork {
  readonly keeper: BegunKeeper
  readonly kept: KeptWork
}

/** What was begun on this entry, kept from here on; after a killed browser it stands there again, with the caret in its field. */
export function useBegun(entry: LocalEntry, first: Begun | null): BegunWork {
  const device = useDevice()
  const [keeper] = useState(() => createBegunKeeper(device, entry.state.id, first, afterMs))
  const kept = useSyncExternalStore(keeper.subscribe, keeper.get, keeper.get)
  useEffect(() => flushOnLeaving(keeper.flush), [keeper])
  useEffect(() => followStore(device.begun, keeper), [device, keeper])
  useEffect(() => keepBegunThrownAway(device, keeper, entry), [device, keeper, entry])
  useFieldFocus(first?.focus ?? lateField(), keeper.focus)
  return { keeper, kept }
}

/** The field in which words came too late for a draft: its author was brought here from it. Undefined where they were not. */
export function lateField(): string | null | undefined {
  return Reflect.get(Object(history.state), 'late') as string | null | undefined
}

/** A change that was begun at this field itself, not in the answer to a question there. */
export function isBegun(entry: LocalEntry, { kept }: BegunWork, field: string): boolean {
  return Object.hasOwn(kept.fields, field) && !isAnsweredAt(entry, field)
}
