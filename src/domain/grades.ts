import type { InfoCredibility, SourceReliability, SourceType } from '#domain/codes/code-lists.ts'
import { infoCredibilities, sourceTypes } from '#domain/codes/code-lists.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { EntryId, MemberId } from '#domain/ids.ts'

export interface SuggestedGrades {
  readonly reliability: SourceReliability
  readonly credibility: InfoCredibility
  /** What it follows from: how the author knows, or that others reported the same. */
  readonly because: 'source' | 'corroborated'
}

/** The first pass of the field's standard (Admiralty grades A–F and 1–6), by how the author knows. */
const byReported: Readonly<Record<SourceType, readonly [SourceReliability, InfoCredibility]>> = {
  direct_observation: ['C', '2'], affected_person: ['C', '3'], key_informant: ['C', '3'], group_discussion: ['B', '3'], secondary: ['F', '3'], rumour: ['F', '6'],
}

/**
 * How many people besides the author report the same: authors of other entries that somebody else has tied to this one. Who writes ten
 * entries is one person, nobody confirms oneself, and of whom it is not known who they are nobody is counted.
 */
export function confirmedBy({ links, author }: Pick<EntryState, 'links' | 'author'>, authors: ReadonlyMap<EntryId, MemberId>): number {
  const people = links.flatMap(({ kind, memberId, to }) => (kind === 'sameAs' && memberId !== author ? (authors.get(to) ?? []) : []))
  return new Set(people.filter((person) => person !== author)).size
}

/** Which grades the information can have. Whoever repeats a rumour confirms nothing of it, however many they are; the report says of all of them that nobody has confirmed them. */
export function credibilitiesFor(sourceType: unknown): readonly InfoCredibility[] {
  return sourceType === 'rumour' ? infoCredibilities.filter((grade) => grade >= '3') : infoCredibilities
}

/** From so many independent reports of the same on, it counts as confirmed. */
const confirmations = 2

/**
 * Only a suggestion: whoever reviews may know the source better. Null where the author's word for it is not known here.
 * `independent`: `confirmedBy`.
 */
export function suggestedGrades({ content }: Pick<EntryState, 'content'>, independent: number): SuggestedGrades | null {
  const source = sourceTypes.find((type) => type === content.sourceType)
  if (source === undefined) return null
  const [reliability, credibility] = byReported[source]
  const [best = credibility] = credibilitiesFor(source)
  return independent >= confirmations ? { reliability, credibility: best, because: 'corroborated' } : { reliability, credibility, because: 'source' }
}
