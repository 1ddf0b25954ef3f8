import type { ApiProblem, SyncState } from '#device/device.ts'
import type { KeptPart, KeptWriting } from '#device/kept-writing.ts'
import type { DeskApi } from '#device/sync/desk-api.ts'
import type { Watch } from '#device/watch.ts'
import type { Instant } from '#domain/ids.ts'
import type { WrittenPart } from '#domain/written-report.ts'
import type { DeskGround } from '#coordinator/desk-ground.ts'
import { isSame, missingIn, sentForm } from '#coordinator/report/parts.ts'
import type { Missing } from '#coordinator/report/parts.ts'
import type { DraftEvidence, DraftPart, DraftResponse, DraftSettings, PublishRequest } from '#protocol/written-report.ts'

/**
 * typing ──► here (on the disk) ──► saving ──► saved; back to here without a connection, to failed when refused, and to clash when
 * somebody else wrote meanwhile: then nothing goes out until a person has picked.
 */
export type Standing = 'saved' | 'typing' | 'here' | 'saving' | 'failed' | 'clash'

/** What a coordinator wrote last, as the server has it. */
export interface SavedPart extends Readonly<Pick<DraftPart, 'place' | 'version' | 'by' | 'at'>> {
  readonly part: WrittenPart
}

export interface WritingPart extends Pick<SavedPart, 'part' | 'place' | 'by'> {
  readonly at: Instant | null
  readonly standing: Standing
  /** Why it cannot go out yet. */
  readonly missing: Missing | null
  readonly problem: ApiProblem | null
  /** It is on the disk of this device, or the server has it. */
  readonly isKept: boolean
  /** What somebody else wrote meanwhile; null: they took it out. */
  readonly theirs?: SavedPart | null | undefined
}

/** What stood before a reader: only that is published or removed. */
export type Seen = Pick<PublishRequest, 'settings' | 'days' | 'parts'>

export interface WritingState {
  readonly draft: DraftResponse | null
  /** Why the draft could not be read, the last time. */
  readonly problem: ApiProblem | null
  readonly parts: readonly WritingPart[]
  /** As composed last; it follows what is saved. */
  readonly evidence: DraftEvidence | null
}

export interface Writing extends Watch<WritingState> {
  readonly get: () => WritingState
  readonly add: (part: WrittenPart, place: number) => void
  readonly edit: (id: string, change: { readonly part?: WrittenPart; readonly place?: number }) => void
  /** The field was left, or the page: what was typed goes now. */
  readonly leave: () => void
  readonly settle: (id: string, pick: 'mine' | 'theirs') => void
  /** Only as it was seen, like what is published. */
  readonly remove: (id: string, seen: Seen) => Promise<ApiProblem | null>
  readonly reload: () => Promise<void>
  /** The versions that stand here, as the server has them: to be asked for when a page or question begins to be read. */
  readonly seen: () => Seen
  /** The same with what its reader has written since. What others wrote is not in it, though the desk may know it: the server refuses. */
  readonly asSeen: (seen: Seen) => Seen
  readonly tookSettings: (settings: DraftSettings) => void
  /** In which language numbers and grounds are said. */
  readonly speak: (language: string) => void
}

export interface WritingGround extends Pick<DeskGround, 'every' | 'isVisible' | 'newPartId' | 'now'> {
  readonly api: Pick<DeskApi, 'reportDraft' | 'putReportPart' | 'removeReportPart' | 'reportEvidence'>
  readonly kept: () => Promise<KeptWriting>
  readonly sync: Watch<SyncState>
  readonly me: { readonly id: NonNullable<DraftPart['by']>['id']; readonly name: string }
}

/** What is typed here of one part, and where it is on its way. */
export interface Work {
  one: KeptPart
  /** What it was begun on; null where the server had nothing, or where that is not known any more. */
  base: SavedPart | null
  kept: KeptPart | null
  isSending: boolean
  problem: ApiProblem | null
  theirs?: SavedPart | null
  readonly cancels: Map<'keep' | 'send', () => void>
}

/** The server's draft with what is typed here laid over it. */
export function shownParts(works: ReadonlyMap<string, Work>, rows: ReadonlyMap<string, SavedPart>): readonly WritingPart[] {
  const saved = [...rows.values()].filter(({ part }) => !works.has(part.id)).map((row): WritingPart => ({ ...row, standing: 'saved', missing: null, problem: null, isKept: true }))
  const typed = [...works].map(([id, work]): WritingPart => {
    const { one, kept, problem, theirs } = work
    const row = rows.get(id)
    return { part: one.part, place: one.place, by: row?.by ?? null, at: row?.at ?? null, standing: standingOf(work), missing: missingIn(one.part), problem, isKept: kept === one, theirs }
  })
  return [...saved, ...typed]
}

function standingOf({ theirs, problem, isSending, kept, one }: Work): Standing {
  if (theirs !== undefined) return 'clash'
  if (isSending) return 'saving'
  if (problem?.kind === 'refused') return 'failed'
  return kept === one ? 'here' : 'typing'
}

/**
 * Where what was typed meets what somebody else wrote meanwhile. Where one of the two has only moved what the other wrote, both stand;
 * the same words are the same; else a person picks.
 */
export function metBy({ one, base }: Pick<Work, 'one' | 'base'>, theirs: SavedPart | null): KeptPart | 'same' | 'clash' {
  if (theirs === null) return 'clash'
  const mine = sentForm(one.part)
  if (isSame(theirs.part, mine) && (theirs.place === one.place || base === null)) return 'same'
  if (base === null || !(isSame(theirs.part, base.part) || isSame(mine, base.part))) return 'clash'
  return { part: isSame(mine, base.part) ? theirs.part : one.part, place: one.place === base.place ? theirs.place : one.place, was: theirs.version }
}
