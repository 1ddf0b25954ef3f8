import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { Dispatch, SetStateAction } from 'react'
import type { Device } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import { ownValue } from '#domain/own-value.ts'
import { useDesk } from '#coordinator/desk-context.tsx'

/** By what they are written on. */
const begun = new WeakMap<Device, Map<string, unknown>>()

/** Under which of them something chosen stands, and no words. */
const selections = new Set<string>()

/** Whoever watches what is begun at an entry. */
const watchers = new Set<() => void>()

function tellWatchers(): void {
  for (const call of [...watchers]) call()
}

function begunOn(device: Device): Map<string, unknown> {
  const known = begun.get(device) ?? new Map<string, unknown>()
  begun.set(device, known)
  return known
}

export interface Begun<Value> {
  readonly value: Value
  readonly put: (next: Value) => void
  /** They were sent or given up. */
  readonly forget: () => void
}

/**
 * Words that somebody has begun and not sent: as long as the desk is open, whoever looks at the next entry and comes back finds them. What is as
 * it was at first is nothing that was begun.
 */
export function useBegun<Value>(on: string, first: Value): Begun<Value> {
  const kept = begunOn(useDesk().device)
  const [value, setValue] = useState(() => (kept.has(on) ? (kept.get(on) as Value) : first))
  return {
    value,
    put: (next) => {
      setValue(next)
      if (JSON.stringify(next) === JSON.stringify(first)) kept.delete(on)
      else kept.set(on, next)
      tellWatchers()
    },
    forget: () => {
      kept.delete(on)
      tellWatchers()
    },
  }
}

/** Whether something was begun there: its form is open again. */
export function useIsBegun(on: string): boolean {
  const kept = begunOn(useDesk().device)
  const [is] = useState(() => kept.has(on))
  return is
}

/** What would be laid beside the author's words, by the field under which the desk names it. */
const laidFields: Readonly<Record<string, string>> = { translation: 'descriptionEn', transcript: 'audio', sensitivity: 'sensitivity' }

/** The field of something that was changed at this entry and neither kept nor given up, or null: a verdict would be on other words than those that stand there. */
export function unkeptField(device: Device, entry: EntryId): string | null {
  for (const on of begunOn(device).keys()) {
    const [kind = '', of, field] = on.split(' ')
    const laid = kind === 'correct' ? field : ownValue(laidFields, kind)
    if (of === entry && laid !== undefined) return laid
  }
  return null
}

export function useUnkeptField(entry: EntryId): string | null {
  const { device } = useDesk()
  const look = useCallback(() => unkeptField(device, entry), [device, entry])
  return useSyncExternalStore(watch, look)
}

function watch(call: () => void): () => void {
  watchers.add(call)
  return () => watchers.delete(call)
}

/** Whether words were begun anywhere and neither sent nor given up. They are on no disk. */
export function useHasBegun(device: Device): boolean {
  const look = useCallback(() => [...begunOn(device).keys()].some((on) => !selections.has(on)), [device])
  return useSyncExternalStore(watch, look)
}

/** What stands on a page of the desk stands there again after another page. */
export function useKept<Value>(on: string, first: Value): readonly [Value, Dispatch<SetStateAction<Value>>] {
  const kept = begunOn(useDesk().device)
  selections.add(on)
  const [value, set] = useState(() => (kept.has(on) ? (kept.get(on) as Value) : first))
  useEffect(() => {
    kept.set(on, value)
  }, [kept, on, value])
  return [value, set]
}

/** Whatever was begun on an entry that was erased here: nothing of it stays in this window. */
export function forgetBegun(device: Device, entry: EntryId): void {
  const kept = begunOn(device)
  for (const on of kept.keys()) if (on.includes(entry)) kept.delete(on)
  tellWatchers()
}
