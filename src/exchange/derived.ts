import { topicTraits } from '#domain/codes/traits.ts'
import type { TopicTraits } from '#domain/codes/traits.ts'
import type { Subject } from '#domain/disclosed-entry.ts'
import { valueAt } from '#exchange/entry-columns.ts'

/** What follows from the topic, unless a coordinator has set it. */
export function derivedValue(subject: Subject, field: 'sectorIasc' | 'unescoProgramme' | 'sdg', trait: 'iasc' | 'unesco' | 'sdg'): unknown {
  const traits: Partial<TopicTraits> = Object.hasOwn(topicTraits, subject.topic) ? topicTraits[subject.topic] : {}
  return valueAt(subject, field) ?? traits[trait]
}
