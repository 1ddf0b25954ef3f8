import type { ReportWords } from '#report/say-report.ts'
import type { ComposedPriority } from '#report/tree.ts'

/** The goals of a priority under the short name that the language has for them: “SDG 4 and 6”, “ODD 4 et 6”. */
export function goalsIn(words: ReportWords, { sdgs }: Pick<ComposedPriority, 'sdgs'>): string {
  return words.say({ say: 'report.priority.goals', with: { goals: { is: 'text', text: words.list(sdgs.map(words.number)) } } })
}
