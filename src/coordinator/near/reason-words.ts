import { concepts } from '#domain/matching/concept-names.ts'
import type { NearReason } from '#protocol/near.ts'
import type { DeskWords } from '#coordinator/desk-words.ts'

const plain = ['samePlace', 'sameRegion', 'placeMentioned', 'sameGroups', 'sameAuthor', 'sameWords', 'passedOn'] as const

/** Why something is suggested, as a fact of the two entries; null for a reason that a newer server gives. */
export function sayReason({ kind, km, days, topic, concepts: spokenOf = [], numbers = [] }: NearReason, words: DeskWords): string | null {
  const { say } = words
  const known = plain.find((one) => one === kind)
  if (known !== undefined) return say(`near.reason.${known}`)
  if (kind === 'apart' && km !== undefined) return say('near.reason.apart', { km: words.number(km) })
  if (kind === 'days' && days !== undefined) return say('near.reason.days', { count: days })
  if ((kind === 'sameTopic' || kind === 'nearTopic') && topic !== undefined) return say(`near.reason.${kind}`, { topic: words.code('topic', topic) })
  if (kind === 'sameNumbers' && numbers.length > 0) return say('near.reason.sameNumbers', { numbers: words.list(numbers.map(words.number)) })
  const what = spokenOf.flatMap((concept) => concepts.find((one) => one === concept) ?? []).map((concept) => say(`concept.${concept}`))
  return kind === 'speakOf' && what.length > 0 ? say('near.reason.speakOf', { what: words.list(what) }) : null
}
