import { topics } from '#domain/codes/code-lists.ts'
import type { Topic } from '#domain/codes/code-lists.ts'
import type { Theme } from '#domain/theme-name.ts'

/**
 * A campaign's themes: some of the topics, in an order and under names of its own. The code stays that of the topic, so that entries of
 * all campaigns can be counted together. What was chosen before (`chosen`) is offered as long as it is.
 */
export function offeredTopics(campaign: { readonly topics?: readonly Theme[] | undefined }, chosen?: unknown): readonly Topic[] {
  const own = (campaign.topics ?? []).flatMap(({ code }) => topics.filter((topic) => topic === code))
  if (own.length === 0) return topics
  return [...own, ...topics.filter((topic) => topic === chosen && !own.includes(topic))]
}
