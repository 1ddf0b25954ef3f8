import { topicTraits } from '#domain/codes/traits.ts'
import type { TopicTraits } from '#domain/codes/traits.ts'
import type { EntryContent } from '#domain/entry.ts'
import { valueAt } from '#exchange/entry-columns.ts'

/** What follows from the topic, unless a coordinator has set it. */
export function derivedValue(content: EntryContent, field: 'sectorIasc' | 'unescoProgramme' | 'sdg', trait: 'iasc' | 'unesco' | 'sdg'): unknown {
  const traits: Partial<TopicTraits> = Object.hasOwn(topicTraits, content.topic) ? topicTraits[content.topic] : {}
  return valueAt(content, field) ?? traits[trait]
}
