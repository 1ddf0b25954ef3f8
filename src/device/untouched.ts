import type { Draft } from '#device/device.ts'

/** What stands in a new draft before its author has said anything. */
const given: ReadonlySet<string> = new Set(['kind', 'observedOn', 'lang', 'populationGroup', 'country', 'startOn', 'orgName', 'orgType'])

/** Whether the author has said nothing yet: such a draft leaves nothing behind when it is closed. */
export function isUntouched({ content, answers, updateOf }: Pick<Draft, 'content' | 'answers' | 'updateOf'>): boolean {
  // What an update took over looks like an answer, and may have been made one: it is kept.
  return updateOf === undefined && answers.length === 0 && Object.entries(content).every(([field, value]) => given.has(field) || value === undefined)
}
