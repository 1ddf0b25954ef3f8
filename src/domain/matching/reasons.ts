import type { Topic } from '#domain/codes/code-lists.ts'
import type { EntryContent } from '#domain/entry.ts'
import type { Concept } from '#domain/matching/concept-names.ts'
import type { Comparison } from '#domain/matching/features.ts'
import { closeKm } from '#domain/matching/signs.ts'

/** Why something is suggested: for a person to judge, so each is a fact of the two entries and none is a score. */
export type Reason =
  | { readonly kind: 'samePlace' | 'sameRegion' | 'placeMentioned' | 'sameGroups' | 'sameAuthor' | 'sameWords' | 'passedOn' }
  | { readonly kind: 'apart'; readonly km: number }
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'sameTopic' | 'nearTopic'; readonly topic: Topic }
  | { readonly kind: 'speakOf'; readonly concepts: readonly Concept[] }
  | { readonly kind: 'sameNumbers'; readonly numbers: readonly number[] }

/** From the place to the words. The days are always among them, so there is no suggestion without a reason. */
export function reasonsFor(of: Comparison, content: EntryContent): readonly Reason[] {
  return [...placeReasons(of), { kind: 'days', days: of.days }, ...subjectReasons(of, content)]
}

function placeReasons({ place }: Comparison): readonly Reason[] {
  const reasons: Reason[] = []
  if ((place.nameShare ?? 0) > 0 && !place.bothNarrower) reasons.push({ kind: 'samePlace' })
  if (place.isMentioned) reasons.push({ kind: 'placeMentioned' })
  if (place.km !== null) reasons.push({ kind: 'apart', km: place.km <= closeKm ? Math.round(place.km * 10) / 10 : Math.round(place.km) })
  if (place.sameRegion === true && reasons.length === 0) reasons.push({ kind: 'sameRegion' })
  return reasons
}

function subjectReasons(of: Comparison, { topic }: EntryContent): readonly Reason[] {
  const reasons: Reason[] = []
  if (of.topic !== 'other') reasons.push({ kind: of.topic === 'same' ? 'sameTopic' : 'nearTopic', topic })
  if (of.groups === 'same') reasons.push({ kind: 'sameGroups' })
  if (of.concepts.length > 0) reasons.push({ kind: 'speakOf', concepts: of.concepts })
  if (of.numbers.length > 0) reasons.push({ kind: 'sameNumbers', numbers: of.numbers })
  return reasons
}
