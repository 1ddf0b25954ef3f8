import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Dispatch, SetStateAction } from 'react'
import type { Device } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import { ownValue } from '#domain/own-value.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { begunWords, entryOf } from '#coordinator/review/begun-words.ts'

export interface Begun<Value> {
  readonly value: Value
  readonly put: (next: Value) => void
  /** They were sent or given up. */
  readonly forget: () => void
}

/**
 * Words that somebody has begun and not sent: whoever looks at the next entry, or opens the desk anew, and comes back finds them. What is as
 * it was at first is nothing that was begun.
 */
export function useBegun<Value>(on: string, first: Value): Begun<Value> {
  const words = begunWords(useDesk().device)
  const [value, setValue] = useState(() => (words.values.has(on) ? (words.values.get(on) as Value) : first))
  const blank = useRef(first)
  useEffect(() => {
    blank.current = first
  })
  useLayoutEffect(() => words.show(on), [words, on])
  useEffect(() => words.onReplaced((other, next) => {
    if (other === on) setValue(next === undefined ? blank.current : (next as Value))
  }), [words, on])
  return {
    value,
    put: (next) => {
      setValue(next)
      if (JSON.stringify(next) === JSON.stringify(first)) words.drop(on)
      else words.put(on, next)
    },
    forget: () => words.drop(on),
  }
}

/** Whether something was begun there: its form is open again. */
export function useIsBegun(on: string): boolean {
  const { values } = begunWords(useDesk().device)
  const [is] = useState(() => values.has(on))
  return is
}

/** Whether what stands there was found on the disk. */
export function useWasKept(on: string): boolean {
  const words = begunWords(useDesk().device)
  return useSyncExternalStore(words.subscribe, () => words.wasKept(on))
}

/** What would be laid beside the author's words, by the field under which the desk names it. */
const laidFields: Readonly<Record<string, string>> = { translation: 'descriptionEn', transcript: 'audio', sensitivity: 'sensitivity' }

/** What was changed at this entry and neither kept nor given up, or null: a verdict would be on other words than those that stand there. */
function unkeptOn(device: Device, entry: EntryId): string | null {
  return [...begunWords(device).values.keys()].find((on) => entryOf(on) === entry && laidField(on) !== undefined) ?? null
}

function laidField(on: string): string | undefined {
  const [kind = '', , field] = on.split(' ')
  return kind === 'correct' ? field : ownValue(laidFields, kind)
}

/** The field of it. */
export function unkeptField(device: Device, entry: EntryId): string | null {
  const on = unkeptOn(device, entry)
  return on === null ? null : (laidField(on) ?? null)
}

export interface Unkept {
  readonly field: string
  readonly value: unknown
  /** Its form is not drawn here: somebody else has closed the entry or corrected that field meanwhile, or it stands on the whole page only. */
  readonly isHidden: boolean
  readonly forget: () => void
}

export function useUnkept(entry: EntryId): Unkept | null {
  const words = begunWords(useDesk().device)
  const { device } = useDesk()
  const on = useSyncExternalStore(words.subscribe, () => unkeptOn(device, entry))
  const isHidden = useSyncExternalStore(words.subscribe, () => on !== null && !words.isShown(on))
  return on === null ? null : { field: laidField(on) ?? '', value: words.values.get(on), isHidden, forget: () => words.drop(on) }
}

/** Whether words were begun anywhere that are on no disk. */
export function useHasUnkept(device: Device): boolean {
  const words = begunWords(device)
  return useSyncExternalStore(words.subscribe, words.hasUnkept)
}

/** What stands on a page of the desk stands there again after another page. */
export function useKept<Value>(on: string, first: Value): readonly [Value, Dispatch<SetStateAction<Value>>] {
  const words = begunWords(useDesk().device)
  words.mark(on)
  const [value, set] = useState(() => (words.values.has(on) ? (words.values.get(on) as Value) : first))
  useEffect(() => words.put(on, value), [words, on, value])
  return [value, set]
}

/** Whatever was begun on an entry that was erased: nothing of it stays. */
export function forgetBegun(device: Device, entry: EntryId): void {
  const words = begunWords(device)
  for (const on of [...words.values.keys()]) if (on.includes(entry)) words.drop(on)
}
