import type { Device } from '#device/device.ts'
import type { KeptWriting } from '#device/kept-writing.ts'
import type { EntryId } from '#domain/ids.ts'
import { createListeners } from '#coordinator/fresh/listeners.ts'
import { createBegunDisk, gone } from '#coordinator/review/begun-disk.ts'

/** What is begun at this desk, by what it is written on; what is begun at an entry is on the disk too. */
export interface BegunWords {
  readonly values: ReadonlyMap<string, unknown>
  readonly put: (on: string, value: unknown) => void
  /** It was sent or given up. */
  readonly drop: (on: string) => void
  readonly subscribe: (call: () => void) => () => void
  /** Calls with the value, or undefined, where the disk says something else of it than this window: another one has written or sent it. */
  readonly onReplaced: (call: (on: string, value: unknown) => void) => () => void
  /** The disk has been read; until then nobody knows what was begun before. */
  readonly isRead: () => boolean
  /** It cannot be read, or takes too long: nobody is kept waiting. */
  readonly giveUpReading: () => void
  /** It was found on the disk, and has been neither sent nor given up since. */
  readonly wasKept: (on: string) => boolean
  /** Something is in this window only. */
  readonly hasUnkept: () => boolean
  /** Something chosen stands under it, and no words. */
  readonly mark: (on: string) => void
  /** Follows the disk until the returned function is called. */
  readonly follow: (disk: KeptWriting) => () => void
  /** A form for it is drawn, until the returned function is called. */
  readonly show: (on: string) => () => void
  readonly isShown: (on: string) => boolean
}

const ofDevice = new WeakMap<Device, BegunWords>()

export function begunWords(device: Device): BegunWords {
  const known = ofDevice.get(device) ?? createBegunWords(() => device.openWriting())
  ofDevice.set(device, known)
  return known
}

/** The name of what is begun at an entry says the kind and the entry; what is chosen of a list, or begun for several, goes with the window. */
export function entryOf(on: string): EntryId | null {
  const [, of = ''] = on.split(' ')
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/u.test(of) ? (of as EntryId) : null
}

function createBegunWords(open: () => Promise<KeptWriting>): BegunWords {
  const values = new Map<string, unknown>()
  const selections = new Set<string>()
  /** As the disk has it, and not written on here since. */
  const untouched = new Set<string>()
  const kept = new Set<string>()
  const [changes, replaced] = [createListeners(), new Set<(on: string, value: unknown) => void>()]
  const forms = createForms(changes.tell)
  const { waiting, onDisk, write } = createBegunDisk(open, changes.tell)
  let isRead = false

  function later(on: string, value: unknown): void {
    untouched.delete(on)
    if (value === gone) kept.delete(on)
    if (entryOf(on) !== null) void write(on, value)
    changes.tell()
  }

  /** Another window of this desk, or the one that was closed. */
  function take(disk: Readonly<Record<string, unknown>>): void {
    isRead = true
    for (const on of [...untouched]) if (!Object.hasOwn(disk, on)) replace(on, undefined)
    for (const [on, value] of Object.entries(disk)) {
      // How a table was mapped lies there too, and is no word of an entry.
      if (entryOf(on) === null) continue
      const isOwn = !untouched.has(on) && (values.has(on) || waiting.has(on))
      if (!isOwn && JSON.stringify(values.get(on)) !== JSON.stringify(value)) replace(on, value)
    }
    // Another window wrote over it and has sent what it wrote: what stands here is on no disk any more.
    for (const [on, value] of onDisk) if (!Object.hasOwn(disk, on) && !waiting.has(on) && values.has(on)) later(on, value)
    changes.tell()
  }

  function replace(on: string, value: unknown): void {
    if (value === undefined) for (const one of [values, onDisk, untouched, kept]) one.delete(on)
    else {
      for (const one of [values, onDisk]) one.set(on, value)
      for (const one of [untouched, kept]) one.add(on)
    }
    for (const call of [...replaced]) call(on, value)
  }

  return {
    values,
    put: (on, value) => {
      values.set(on, value)
      later(on, value)
    },
    drop: (on) => {
      if (values.delete(on) || onDisk.has(on)) later(on, gone)
    },
    subscribe: changes.subscribe,
    onReplaced: (call) => {
      replaced.add(call)
      return () => replaced.delete(call)
    },
    isRead: () => isRead,
    giveUpReading: () => {
      isRead = true
      changes.tell()
    },
    wasKept: (on) => kept.has(on),
    hasUnkept: () => [...values.keys()].some((on) => !selections.has(on) && (entryOf(on) === null || waiting.has(on))),
    mark: (on) => selections.add(on),
    follow: ({ begun }) => {
      const look = (): void => {
        const disk = begun.get()
        if (disk !== undefined) take(disk)
      }
      const stop = begun.subscribe(look)
      look()
      return stop
    },
    ...forms,
  }
}

/** The forms that are drawn, by what is written in them. */
function createForms(tell: () => void): Pick<BegunWords, 'show' | 'isShown'> {
  const shown = new Map<string, number>()
  const count = (on: string, by: 1 | -1): void => {
    shown.set(on, (shown.get(on) ?? 0) + by)
    tell()
  }
  return {
    show: (on) => {
      count(on, 1)
      return () => count(on, -1)
    },
    isShown: (on) => (shown.get(on) ?? 0) > 0,
  }
}
