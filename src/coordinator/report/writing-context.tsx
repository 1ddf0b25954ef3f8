import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import type { Device } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import { loadWriting } from '#i18n/load-writing.ts'
import type { WritingMessages } from '#i18n/load-writing.ts'
import { createTranslator } from '#i18n/translate.ts'
import type { Translate } from '#i18n/translate.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { Desk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import { createEntryNotes } from '#coordinator/report/entry-notes.ts'
import type { EntryNote, EntryNotes } from '#coordinator/report/entry-notes.ts'
import { createWriting } from '#coordinator/report/writing.ts'
import type { Writing, WritingState } from '#coordinator/report/writing-state.ts'
import { useLeaveWarning } from '#coordinator/shell/use-leave-warning.ts'
import { useLaterPart } from '#ui/later-screen.tsx'

/** What everything on the page of the report stands on. */
export interface WritingDesk {
  readonly writing: Writing
  readonly state: WritingState
  readonly notes: EntryNotes
  readonly say: Translate<WritingMessages>
}

const WritingContext = createContext<WritingDesk | null>(null)

export function useWriting(): WritingDesk {
  const desk = useContext(WritingContext)
  if (desk === null) throw new Error('a piece of the report was drawn outside of its page')
  return desk
}

/** One for a device: what was typed goes out too while its writer is on another page of the desk. */
const open = new WeakMap<Device, Writing>()

function writingOf({ device, ground, membership }: Desk): Writing {
  const known = open.get(device)
  if (known !== undefined) return known
  const made = createWriting({ ...ground, api: device.api, kept: () => device.openWriting(), sync: device.sync, me: { id: membership.member.id, name: membership.member.name } })
  open.set(device, made)
  return made
}

/** Loads the words first; they stay until those of another language have come. */
export function WritingProvider({ children }: { readonly children: ReactNode }) {
  const desk = useDesk()
  const { locale } = desk.words
  const [writing] = useState(() => writingOf(desk))
  const [notes] = useState(() => createEntryNotes(desk.device.api, desk.ground.now))
  const spoken = useLaterPart(locale, loadWriting)
  const state = useSyncExternalStore(writing.subscribe, writing.get, writing.get)
  const say = useMemo(() => (spoken === null ? null : createTranslator(spoken.key, spoken.part)), [spoken])
  useEffect(() => writing.speak(locale), [locale, writing])
  useEffect(() => {
    // A first look is under way when it has just been made.
    if (writing.get().draft !== null) void writing.reload()
    const leave = () => writing.leave()
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [writing])
  useLeaveWarning(state.parts.some(({ isKept }) => !isKept))
  const value = useMemo(() => (say === null ? null : { writing, state, notes, say }), [writing, state, notes, say])
  return value === null ? null : <WritingContext value={value}>{children}</WritingContext>
}

/** An entry by its id; null while it is awaited. Of one that was erased since it was read nothing is shown. */
export function useEntryNote(id: EntryId): EntryNote | 'gone' | 'unread' | null {
  const { notes } = useWriting()
  const { gone } = useFresh()
  useSyncExternalStore(notes.subscribe, notes.count, notes.count)
  return gone.has(id) ? 'gone' : notes.look(id)
}
