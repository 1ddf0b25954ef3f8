/** What a report must not claim, and words that judge. Each has a message that says why and one that says what to write instead. */
export const lintRules = ['majority', 'everyone', 'percent', 'situation', 'certainty', 'adjective', 'inNeed', 'rank'] as const
export type LintRule = (typeof lintRules)[number]

/**
 * The words of one language by rule, as parts of regular expressions in small letters. Words stand alone; `{who}` is any of `who`, `{stem}`
 * behind a word any ending. A blank is any space.
 */
export interface LintWords {
  /** People as a population: "families", "women". */
  readonly who: readonly string[]
  readonly rules: Readonly<Record<LintRule, readonly string[]>>
  /** How words are told apart: by what is no letter; in Arabic with what is written in one with the word; in Chinese not at all. */
  readonly bounds: 'letters' | 'arabic' | 'none'
}
