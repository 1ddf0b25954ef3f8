import type { Begun, BegunPatch, Device, SaveProblem } from '#device/device.ts'
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
}

/** Holds what the author begins on a saved entry, one step ahead of the store, as the draft keeper does for a new one. */
export interface BegunKeeper {
  readonly get: () => KeptWork
  readonly subscribe: (onChange: () => void) => () => void
  readonly choose: (fields: Readonly<Record<string, unknown>>) => void
  readonly type: (field: string, value: unknown) => void
  /** `lang` is that of the screens now: the first words settle in which they are. */
  readonly comment: (text: string, lang: string) => void
  readonly forget: (fields: readonly string[]) => void
  /** These values have become a change and are no longer begun. What was typed over them meanwhile is, and stays. */
  readonly saved: (fields: Readonly<Record<string, unknown>>) => void
  /** The same of a comment: what was typed behind it while it was being saved stays. */
  readonly commented: (text: string) => void
  /** What was begun as it stood on the disk, and as it stands now: what another window has saved, or given up, is not begun here any more. */
  readonly follow: (before: Begun | null, now: Begun | null) => void
  readonly focus: (field: string) => void
  readonly flush: () => Promise<Result<null, SaveProblem>>
}

export function createBegunKeeper(device: Pick<Device, 'writeBegun'>, entryId: EntryId, first: Begun | null, after: After): BegunKeeper {
  let kept: KeptWork = { fields: first?.fields ?? {}, comment: first?.comment ?? '', commentLang: first?.commentLang, problem: null, isDirty: false }
  let focus = first?.focus ?? null
  const listeners = new Set<() => void>()
  const journal = createJournal<BegunPatch>({ write: (patch) => device.writeBegun(entryId, { ...patch, focus }), empty: {}, merge: mergePatches, after, onStanding: show })

  function show(next: Partial<KeptWork>): void {
    kept = { ...kept, ...next }
    for (const listener of listeners) listener()
  }

  function forget(fields: readonly string[]): void {
    show({ fields: without(kept.fields, fields) })
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
    follow: (before, now) => {
      if (before === null) return
      const gone = Object.keys(before.fields).filter((field) => !Object.hasOwn(now?.fields ?? {}, field) && Object.hasOwn(kept.fields, field) && isSameJson(kept.fields[field], before.fields[field]))
      const isCommentGone = before.comment !== '' && (now?.comment ?? '') === '' && kept.comment === before.comment
      if (gone.length > 0 || isCommentGone) show({ fields: without(kept.fields, gone), ...(isCommentGone ? { comment: '', commentLang: undefined } : {}) })
    },
    // A caret alone begins nothing: it goes along with the next words.
    focus: (field) => {
      focus = field
    },
    flush: journal.flush,
  }
}

function mergePatches(earlier: BegunPatch, later: BegunPatch): BegunPatch {
  const { fields = {}, forget = [] } = later
  return {
    ...earlier,
    ...later,
    fields: { ...without(earlier.fields ?? {}, forget), ...fields },
    forget: [...(earlier.forget ?? []).filter((field) => !Object.hasOwn(fields, field)), ...forget],
  }
}

function without(fields: Readonly<Record<string, unknown>>, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !names.includes(field)))
}
