import type { Begun, BegunPatch, Device, EndReasons, SaveProblem } from '#device/device.ts'
import { isSameJson } from '#device/same-json.ts'
import type { EntryId } from '#domain/ids.ts'
import type { Result } from '#domain/result.ts'
import { createJournal } from '#volunteer/record/journal.ts'
import type { After, JournalStanding } from '#volunteer/record/journal.ts'

export interface KeptWork extends JournalStanding {
  /** What was changed and not saved yet; `undefined` takes a field away. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly comment: string
  /** In which the comment was begun. */
  readonly commentLang: string | undefined
  /** Why it is to be taken back or erased. */
  readonly reasons: EndReasons
}

/** Holds what the author begins on a saved entry, one step ahead of the store, as the draft keeper does for a new one. */
export interface BegunKeeper {
  readonly get: () => KeptWork
  readonly subscribe: (onChange: () => void) => () => void
  readonly choose: (fields: Readonly<Record<string, unknown>>) => void
  readonly type: (field: string, value: unknown) => void
  /** `lang` is that of the screens now: the first words settle in which they are. */
  readonly comment: (text: string, lang: string) => void
  /** An empty one is given up. */
  readonly reason: (act: keyof EndReasons, text: string) => void
  readonly forget: (fields: readonly string[]) => void
  /** These values have become a change and are no longer begun. What was typed over them meanwhile is, and stays. */
  readonly saved: (fields: Readonly<Record<string, unknown>>) => void
  /** The same of a comment: what was typed behind it while it was being saved stays. */
  readonly commented: (text: string) => void
  /** What another window has begun, saved or given up since stands here too, where nothing of this one is still to be written. */
  readonly takeStored: () => Promise<void>
  readonly focus: (field: string) => void
  readonly flush: () => Promise<Result<null, SaveProblem>>
}

export function createBegunKeeper(device: Pick<Device, 'readBegun' | 'writeBegun'>, entryId: EntryId, first: Begun | null, after: After): BegunKeeper {
  let kept: KeptWork = { ...workIn(first), problem: null, isDirty: false }
  let focus = first?.focus ?? null
  const listeners = new Set<() => void>()
  const journal = createJournal<BegunPatch>({ write: (patch) => device.writeBegun(entryId, { ...patch, focus }), empty: {}, merge: mergePatches, after, onStanding: show })

  function show(next: Partial<KeptWork>): void {
    kept = { ...kept, ...next }
    for (const listener of listeners) listener()
  }

  function forget(fields: readonly string[]): void {
    show({ fields: without(kept.fields, fields), isDirty: true })
    journal.now({ forget: fields })
  }

  return {
    get: () => kept,
    subscribe: (onChange) => {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    choose: (fields) => {
      show({ fields: { ...kept.fields, ...fields }, isDirty: true })
      journal.now({ fields })
    },
    type: (field, value) => {
      journal.soon({ fields: { [field]: value } })
      show({ fields: { ...kept.fields, [field]: value }, isDirty: true })
    },
    comment: (comment, lang) => {
      const commentLang = comment.trim() === '' ? undefined : kept.comment.trim() === '' ? lang : kept.commentLang
      journal.soon({ comment, commentLang })
      show({ comment, commentLang, isDirty: true })
    },
    reason: (act, text) => {
      journal.soon({ reasons: { [act]: text } })
      show({ reasons: { ...kept.reasons, [act]: text }, isDirty: true })
    },
    forget,
    saved: (fields) => {
      const newer = Object.entries(kept.fields).filter(([field, value]) => Object.hasOwn(fields, field) && value !== fields[field])
      forget(Object.keys(fields).filter((field) => !newer.some(([name]) => name === field)))
      // The change took its fields out of the row, whatever stood there.
      if (newer.length > 0) journal.now({ fields: Object.fromEntries(newer) })
    },
    commented: (text) => {
      const { comment, commentLang } = kept
      const at = comment.indexOf(text)
      const rest = at < 0 ? comment : `${comment.slice(0, at)}${comment.slice(at + text.length)}`.trim()
      show({ comment: rest, isDirty: true })
      journal.now({ comment: rest, commentLang })
    },
    takeStored: async () => {
      const before = kept
      if (before.isDirty || before.problem !== null) return
      const row = await device.readBegun(entryId)
      // The entry is gone, maybe with all that was kept here (`thrown-away.ts`): what was begun on it is in memory alone.
      if (row === undefined) return
      const stored = workIn(row)
      // Somebody writes here meanwhile.
      if (kept === before && !isSame(stored, before)) show(stored)
    },
    // A caret alone begins nothing: it goes along with the next words.
    focus: (field) => {
      focus = field
    },
    flush: journal.flush,
  }
}

function workIn(row: Begun | null): Omit<KeptWork, keyof JournalStanding> {
  return { fields: row?.fields ?? {}, comment: row?.comment ?? '', commentLang: row?.commentLang, reasons: row?.reasons ?? {} }
}

/** A field that is to be taken away is begun too. */
function isSame(one: Omit<KeptWork, keyof JournalStanding>, other: Omit<KeptWork, keyof JournalStanding>): boolean {
  const said = ({ fields, comment, reasons }: typeof one): unknown => [Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)), comment, reasons.withdraw ?? '', reasons.erase ?? '']
  return isSameJson(said(one), said(other))
}

function mergePatches(earlier: BegunPatch, later: BegunPatch): BegunPatch {
  const { fields = {}, forget = [] } = later
  return {
    ...earlier,
    ...later,
    fields: { ...without(earlier.fields ?? {}, forget), ...fields },
    reasons: { ...earlier.reasons, ...later.reasons },
    forget: [...(earlier.forget ?? []).filter((field) => !Object.hasOwn(fields, field)), ...forget],
  }
}

function without(fields: Readonly<Record<string, unknown>>, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !names.includes(field)))
}
