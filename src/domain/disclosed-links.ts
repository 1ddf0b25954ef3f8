import { coverages } from '#domain/codes/code-lists.ts'
import type { Coverage } from '#domain/codes/code-lists.ts'
import type { DisclosedEntry } from '#domain/disclosed-entry.ts'
import type { EntryState, Link } from '#domain/entry-state.ts'
import type { EntryId, Ref } from '#domain/ids.ts'
import { sameEventKinds, tellsOfOneEvent } from '#domain/same-event.ts'

/** What two approved entries have to do with each other, as files tell it. */
export interface DisclosedLink {
  readonly from: Ref
  readonly kind: Link['kind']
  readonly to: Ref
  /** How far an action answers; null for what is no answer. */
  readonly coverage: Coverage | null
}

/** One end of a link: what files say of its entry. */
export type LinkEnd = Pick<DisclosedEntry, 'ref' | 'disclosed' | 'sensitivity'>

/**
 * The links of an entry to others that files hold too, each once. Not of what is highly sensitive, nor between a place and what leaves with its region alone: who answers
 * it, or tells of the same, would tell where it is. And that two entries tell of one event is no word of their author, as in the report.
 */
export function disclosedLinks({ links, author }: Pick<EntryState, 'links' | 'author'>, from: LinkEnd, ends: ReadonlyMap<EntryId, LinkEnd>): readonly DisclosedLink[] {
  const told = new Map<string, DisclosedLink>()
  for (const link of links) {
    const to = ends.get(link.to)
    if (to === undefined || !mayTell(from, to) || (isSameEvent(link) && !tellsOfOneEvent(link, author))) continue
    const key = `${link.kind} ${to.ref}`
    const coverage = link.kind === 'answers' ? furthest(told.get(key)?.coverage ?? null, link.coverage ?? 'unknown') : null
    told.set(key, { from: from.ref, kind: link.kind, to: to.ref, coverage })
  }
  return [...told].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, link]) => link)
}

function mayTell(one: LinkEnd, other: LinkEnd): boolean {
  return [one, other].every(({ sensitivity }) => sensitivity === 'low' || sensitivity === 'moderate') && hasPlace(one) === hasPlace(other)
}

function hasPlace({ disclosed }: LinkEnd): boolean {
  return ['placeName', 'adm2Code', 'lat'].some((field) => disclosed[field] !== undefined)
}

function isSameEvent({ kind }: Link): boolean {
  return (sameEventKinds as readonly string[]).includes(kind)
}

/** Of two who said how far, the one who said more; nobody who does not know. */
function furthest(one: Coverage | null, other: Coverage): Coverage {
  const rank = (coverage: Coverage) => (coverage === 'unknown' ? -1 : coverages.indexOf(coverage))
  return one !== null && rank(one) > rank(other) ? one : other
}
