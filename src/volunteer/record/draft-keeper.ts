import type { Device, Draft, SaveProblem } from '#device/device.ts'
import { isSameJson } from '#device/same-json.ts'
import { consentUses } from '#domain/consent.ts'
import type { PlacePrecision } from '#domain/disclosure.ts'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { isAskedAlone } from '#volunteer/fields/field-controls.ts'
import type { Additions } from '#volunteer/photos/additions.ts'
import { photosOf } from '#volunteer/photos/photos-of.ts'
import { createJournal } from '#volunteer/record/journal.ts'
import type { After, JournalStanding } from '#volunteer/record/journal.ts'

interface DraftStanding extends JournalStanding {
  /** Another window has saved it or thrown it away. */
  readonly isGone: boolean
  /** Where words went that came too late for that: they are begun on the saved entry, or this is a draft again. */
  readonly late: 'entry' | 'draft' | null
}

export interface KeptDraft extends DraftStanding {
  readonly draft: Draft
}

/**
 * Holds the draft that the author is writing, one step ahead of the store: a choice is written at once,
 * typing soon after.
 */
export interface DraftKeeper {
  readonly get: () => KeptDraft
  readonly subscribe: (onChange: () => void) => () => void
  /** With how exactly the place may be known, when that is chosen along with it. */
  readonly choose: (fields: Readonly<Record<string, unknown>>, placePrecision?: PlacePrecision) => void
  readonly type: (field: string, value: unknown) => void
  /** What a photo shows. It goes into the photo where it stands in the store, because another may be added while somebody types. */
  readonly caption: (photo: Sha256, text: string) => void
  readonly answer: (answers: Draft['answers']) => void
  /** Written behind the frame that shows the step. */
  readonly go: (step: string) => void
  /** The field that has the caret now. */
  readonly focus: (field: string) => void
  /** The device itself writes the photos and the voice note of a draft (it knows their hashes); this takes them over from the store. */
  readonly takeFiles: () => Promise<void>
  /** What another window has written of it since stands here too, where nothing of this one is still to be written. */
  readonly takeStored: () => Promise<void>
  /** A photo or a voice note came, changed or went: the device writes it without saying that the draft was worked on now. */
  readonly workedOn: () => void
  /** Something of this draft is still being kept, as the end of a voice note is: saving and closing wait for it, but not for ever. */
  readonly awaitEnd: (end: Promise<unknown>) => void
  /** The author throws it away here: words that are not written yet go, too. */
  readonly drop: () => void
  /** Resolves when no write so far is open any more; well only if everything has been written. */
  readonly flush: () => Promise<Result<null, SaveProblem>>
  /**
   * Waits for the photos that are on their way. Where one of them did not come it saves nothing: the next time it saves without. `last` is
   * what its photos ask for besides. Nothing is saved either, and null comes back, when its author has left before the store was asked to, and
   * when another window has saved it and the entry lacks words that stand here.
   */
  readonly save: (last?: (content: Draft['content']) => Readonly<Record<string, unknown>>, isLeft?: () => boolean) => Promise<Result<EntryId | null, SaveProblem | PhotoMissing>>
  /** The author goes. A draft in which nothing was said leaves nothing behind, unless a photo was on its way into it and did not come. */
  readonly close: () => Promise<void>
}

export interface PhotoMissing { readonly kind: 'photo-missing' }

export interface KeeperGround {
  readonly after: After
  readonly additions: Pick<Additions, 'ended'>
}

type Patch = Parameters<Device['writeDraft']>[1]
/** A slow phone has drawn a step by then. */
const behindFrameMs = 100
/** Longer than an old phone takes to write a minute of voice; what has not ended then has got stuck. */
const patienceMs = 5000

type Captions = ReadonlyMap<Sha256, string>

const mergePatches = (earlier: Patch, later: Patch): Patch => ({ ...earlier, ...later, fields: { ...earlier.fields, ...later.fields } })

/** The words of a draft, and those of its photos, which are written where the photos stand. One word for both: what of either is not written yet is not kept. */
function createWriting(device: Pick<Device, 'writeDraft' | 'captionPhoto' | 'keepLate'>, now: () => Draft, after: After, onStanding: (standing: DraftStanding) => void) {
  const draft = now().id
  const well: JournalStanding = { problem: null, isDirty: false }
  let [isGone, isDropped] = [false, false]
  let late: DraftStanding['late'] = null
  let [ofWords, ofCaptions] = [well, well]
  const tell = (): void => onStanding({ problem: ofWords.problem ?? ofCaptions.problem, isDirty: ofWords.isDirty || ofCaptions.isDirty, isGone, late })
  const journal = createJournal<Patch>({ write, empty: {}, merge: mergePatches, after, onStanding: (standing) => {
    ofWords = standing
    tell()
  } })
  const captions = createJournal<Captions>({ write: (texts) => writeCaptions(device, draft, texts), empty: new Map(), merge: (earlier, later) => new Map([...earlier, ...later]), after, onStanding: (standing) => {
    ofCaptions = standing
    tell()
  } })
  /** Of a draft that is gone a place or a caret is missed by nobody, and words are kept elsewhere. */
  async function write(patch: Patch): Promise<Result<null, SaveProblem>> {
    const written = await device.writeDraft(draft, patch)
    if (written.ok || !isDraftGone(written.problem)) return written
    isGone = true
    const { fields = {}, answers, placePrecision } = patch
    if (isDropped || (Object.keys(fields).length === 0 && answers === undefined && placePrecision === undefined)) return ok(null)
    const kept = await device.keepLate(now(), Object.fromEntries(Object.entries(fields).filter(([field]) => standsOnEntry(field))))
    if (!kept.ok) return kept
    late = kept.value ?? late
    isGone = kept.value !== 'draft'
    return ok(null)
  }
  async function flush(): Promise<Result<null, SaveProblem>> {
    const [written, captioned] = await Promise.all([journal.flush(), captions.flush()])
    return written.ok ? captioned : written
  }
  return { journal, captions, flush, drop: () => void (isDropped = true) }
}

/** Whether a saved entry has a line for it, where it can be taken over or given up. */
function standsOnEntry(field: string): boolean {
  return field.endsWith('Code') || (isAskedAlone(field) && !consentUses.some((use) => use === field))
}

export function isDraftGone(problem: SaveProblem): boolean {
  return problem.kind === 'storage-failed' && problem.name === 'no-draft'
}

async function writeCaptions(device: Pick<Device, 'captionPhoto'>, draft: EntryId, texts: Captions): Promise<Result<null, SaveProblem>> {
  for (const [sha256, caption] of texts) {
    const written = await device.captionPhoto(draft, { sha256, caption })
    if (!written.ok) return written
  }
  return ok(null)
}

/** What is still on its way to its end; waiting for all of it has an end, too. */
function createEndings(after: After): { readonly add: (end: Promise<unknown>) => void; readonly all: () => Promise<void> } {
  const open = new Set<Promise<unknown>>()
  return {
    add: (end) => {
      const one = end.catch(() => undefined).finally(() => open.delete(one))
      open.add(one)
    },
    all: () => new Promise<void>((resolve) => {
      if (open.size === 0) return resolve()
      const cancel = after(patienceMs, resolve)
      void Promise.all(open).then(() => {
        cancel()
        resolve()
      })
    }),
  }
}

function withCaption(draft: Draft, photo: Sha256, text: string): Draft {
  const photos = photosOf(draft.content.photos).map((one) => (one.sha256 === photo ? { ...one, caption: text.trim() === '' ? undefined : text } : one))
  return { ...draft, content: { ...draft.content, photos } }
}

function subscribed(listeners: Set<() => void>, onChange: () => void): () => void {
  listeners.add(onChange)
  return () => listeners.delete(onChange)
}

function patched(draft: Draft, { fields, step = draft.step, answers = draft.answers, placePrecision = draft.placePrecision }: Patch): Draft {
  return { ...draft, content: { ...draft.content, ...fields }, step, answers, placePrecision }
}

function isSameStanding(one: DraftStanding, other: DraftStanding): boolean {
  return one.problem === other.problem && one.isDirty === other.isDirty && one.isGone === other.isGone && one.late === other.late
}

export function createDraftKeeper(device: Pick<Device, 'readDraft' | 'writeDraft' | 'saveDraft' | 'captionPhoto' | 'keepLate'>, first: Draft, { after, additions }: KeeperGround): DraftKeeper {
  let kept: KeptDraft = { draft: first, problem: null, isDirty: false, isGone: false, late: null }
  const listeners = new Set<() => void>()
  const endings = createEndings(after)
  const { journal, captions, flush, drop } = createWriting(device, () => kept.draft, after, (standing) => {
    if (!isSameStanding(standing, kept)) show(standing)
  })

  function show(next: Partial<KeptDraft>): void {
    kept = { ...kept, ...next }
    for (const listener of listeners) listener()
  }

  const showPatch = (patch: Patch): void => show({ draft: patched(kept.draft, patch), isDirty: true })
  const writeNow = (patch: Patch): void => {
    showPatch(patch)
    journal.now(patch)
  }

  /** Whether the draft is still there. */
  async function readFiles(): Promise<boolean> {
    await flush()
    const stored = await device.readDraft(first.id)
    if (stored === null) return false
    show({ draft: { ...kept.draft, content: { ...kept.draft.content, photos: stored.content.photos, audio: stored.content.audio } } })
    return true
  }

  return {
    get: () => kept,
    subscribe: (onChange) => subscribed(listeners, onChange),
    choose: (fields, placePrecision) => writeNow({ fields, ...(placePrecision === undefined ? {} : { placePrecision }) }),
    type: (field, value) => {
      const patch = { fields: { [field]: value } }
      journal.soon(patch)
      showPatch(patch)
    },
    caption: (photo, text) => {
      captions.soon(new Map([[photo, text]]))
      journal.soon({})
      show({ draft: withCaption(kept.draft, photo, text), isDirty: true })
    },
    answer: (answers) => writeNow({ answers }),
    go: (step) => {
      if (step === kept.draft.step) return
      // The step is drawn by its address. Telling it and writing it at once cost a cheap phone a second drawing before the first was seen.
      kept = { ...kept, draft: { ...kept.draft, step } }
      journal.soon({ step, focus: null }, behindFrameMs)
    },
    focus: (field) => {
      // Nothing to see changes, so nothing is drawn anew; it goes with the next write.
      if (field === kept.draft.focus) return
      kept = { ...kept, draft: { ...kept.draft, focus: field } }
      journal.soon({ focus: field })
    },
    takeFiles: async () => void (await readFiles()),
    takeStored: async () => {
      if (kept.isDirty || kept.problem !== null) return
      const { content } = kept.draft
      const stored = await device.readDraft(first.id)
      // Somebody writes here meanwhile.
      if (kept.draft.content !== content) return
      if (stored === null) return show({ isGone: true })
      const draft = { ...stored, step: kept.draft.step, focus: kept.draft.focus, updatedAt: kept.draft.updatedAt }
      if (!isSameJson(draft, kept.draft)) show({ draft })
    },
    workedOn: () => journal.now({}),
    awaitEnd: endings.add, drop, flush,
    save: async (last, isLeft = () => false) => {
      if (!(await additions.ended(first.id))) return fail({ kind: 'photo-missing' })
      await endings.all()
      const isThere = await readFiles()
      if (isLeft()) return ok(null)
      // Another window may have saved it: then there is nothing to write to, and the store knows that it is the same entry.
      if (last !== undefined && isThere) writeNow({ fields: last(kept.draft.content) })
      const written = await flush()
      if (isLeft() || kept.late === 'entry') return ok(null)
      return written.ok ? device.saveDraft(first.id) : written
    },
    close: async () => {
      void flush()
      if (!(await additions.ended(first.id))) return
      await endings.all()
      const written = await flush()
      // Whether anything was said is judged by the store: another window may have, and what is not written yet was.
      if (written.ok) await device.writeDraft(first.id, { closes: true })
    },
  }
}
