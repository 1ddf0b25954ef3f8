import { seenBy } from '#domain/awareness.ts'
import { sensitivities } from '#domain/codes/code-lists.ts'
import type { ChangeOf } from '#domain/change.ts'
import type { EntryContent, FieldPatch } from '#domain/entry.ts'
import type { Conflict, EntryState } from '#domain/entry-state.ts'
import type { Folding, KnownChangeOf } from '#domain/folding.ts'
import type { ChangeId } from '#domain/ids.ts'

/** What an entry says: its author's words, what coordinators laid beside them, and what nobody has chosen between yet. */
export type Written = Pick<EntryState, 'content' | 'corrections' | 'conflicts'>

type Ground = Pick<Folding, 'positions' | 'history'>
type Writing = KnownChangeOf<'revise'> | KnownChangeOf<'correct'>

/** A translation, and how a voice was written down, are of the words that their writer saw, and of no others. */
const saidOf: Readonly<Record<string, string>> = { descriptionEn: 'description', descriptionMethod: 'description' }

/** What an entry says after one more revision or correction. */
export function writtenAfter({ content, corrections, conflicts }: Written, ground: Ground, known: Writing): Written {
  const left = conflictsAfter(conflicts, ground, known)
  if (isRevision(known)) return { content: patchedContent(content, known.change.body.set, known.change.body.unset), corrections: keptCorrections(corrections, ground, known), conflicts: left }
  return { content, corrections: guarded(overlaid(corrections, ground, known), ground, left), conflicts: left }
}

/** Content with a patch laid over it. The kind of an entry never changes. */
export function patchedContent(content: EntryContent, set: FieldPatch, unset: readonly string[]): EntryContent {
  const kept = Object.entries(content).filter(([field]) => !unset.includes(field) || field === 'kind')
  return { ...Object.fromEntries(kept), ...set, kind: content.kind } as EntryContent
}

/** An author who writes a field anew, knowing what was noted beside it, has the last word; the entry is read again anyway. */
function keptCorrections(corrections: EntryState['corrections'], ground: Ground, known: KnownChangeOf<'revise'>): EntryState['corrections'] {
  const [touched, hasSeen] = [touchedFields(known.change), seenBy(known, ground)]
  const isUnseen = (field: string) => {
    const change = corrections[field]?.change
    return change !== undefined && !hasSeen(change)
  }
  const kept = Object.entries(corrections).filter(([field]) => {
    const of = saidOf[field]
    // A voice that was written down unaware of the author's own words waits beside them, and says how it was made.
    if (of !== undefined && touched.has(of)) return field === 'descriptionMethod' && isUnseen(of)
    return !touched.has(field) || isUnseen(field)
  })
  return kept.length === Object.keys(corrections).length ? corrections : Object.fromEntries(kept)
}

/** The overlay after one more correction. */
function overlaid(corrections: EntryState['corrections'], ground: Ground, known: KnownChangeOf<'correct'>): EntryState['corrections'] {
  const { change, memberId } = known
  const { set, unset } = change.body
  const isOfOlderWords = (field: string) => field === 'descriptionEn' && unseenBy(known, ground).some(({ change: other }) => (other.type === 'revise' || other.type === 'correct') && touchedFields(other).has('description'))
  const hasSeen = seenBy(known, ground)
  // What its writer had not seen nobody takes away unseen.
  const kept = Object.entries(corrections).filter(([field, { change: laid }]) => !(unset.includes(field) && hasSeen(laid)) && !Object.hasOwn(set, saidOf[field] ?? ''))
  const laid = Object.entries(set).flatMap(([field, value]) => (isOfOlderWords(field) ? [] : [[field, { value, change: change.id, memberId }] as const]))
  return { ...Object.fromEntries(kept), ...Object.fromEntries(laid) }
}

/** Of two levels of sensitivity that were set unaware of each other, the higher one holds until a person chooses. */
function guarded(corrections: EntryState['corrections'], { history }: Ground, conflicts: readonly Conflict[]): EntryState['corrections'] {
  const values = conflicts.find(({ field }) => field === 'sensitivity')?.values ?? []
  const [highest] = values.toSorted((one, other) => levelOf(other.value) - levelOf(one.value))
  const by = history.find(({ change }) => change.id === highest?.change)
  return highest === undefined || by === undefined ? corrections : { ...corrections, sensitivity: { value: highest.value, change: highest.change, memberId: by.memberId } }
}

function levelOf(value: unknown): number {
  return sensitivities.findIndex((level) => level === value)
}

/**
 * Changes on one base that touch different fields merge. Of the same field all values are kept, and the entry is marked for a person to
 * settle: of an author's the later `seq` shows, and a correction beside it. Clocks decide nothing.
 */
function conflictsAfter(conflicts: readonly Conflict[], ground: Ground, known: Writing): readonly Conflict[] {
  const [touched, hasSeen] = [touchedFields(known.change), seenBy(known, ground)]
  const settled = conflicts.filter((conflict) => !(touched.has(conflict.field) && conflict.values.every(({ change }) => hasSeen(change))))
  return unseenBy(known, ground).reduce<readonly Conflict[]>((list, { change: other }) => {
    if (other.type !== 'revise' && other.type !== 'correct') return list
    const theirs = touchedFields(other)
    return [...touched].filter(([field, value]) => theirs.has(field) && !isSame(theirs.get(field), value))
      .reduce((found, [field, value]) => withConflict(found, field, [{ change: other.id, value: theirs.get(field) }, { change: known.change.id, value }]), list)
  }, settled)
}

/** Taking a correction away says nothing of what the author wrote. */
function touchedFields(change: ChangeOf<'revise'> | ChangeOf<'correct'>): ReadonlyMap<string, unknown> {
  // As in patchedContent: a field that is both unset and set is set.
  const unset = change.type === 'revise' ? change.body.unset.map((field) => [field, undefined] as const) : []
  return new Map([...unset, ...Object.entries(change.body.set)])
}

function withConflict(conflicts: readonly Conflict[], field: string, values: readonly { readonly change: ChangeId; readonly value: unknown }[]): readonly Conflict[] {
  const before = conflicts.find((conflict) => conflict.field === field)?.values ?? []
  const added = values.filter(({ change }) => !before.some((value) => value.change === change))
  return [...conflicts.filter((conflict) => conflict.field !== field), { field, values: [...before, ...added] }]
}

/** What stands before it in the order of the server and its writer had not seen. */
function unseenBy(known: Writing, ground: Ground): Ground['history'] {
  const hasSeen = seenBy(known, ground)
  return ground.history.slice(0, ground.positions.get(known.change.id) ?? ground.history.length).filter(({ change }) => !hasSeen(change.id))
}

function isRevision(known: Writing): known is KnownChangeOf<'revise'> {
  return known.change.type === 'revise'
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
