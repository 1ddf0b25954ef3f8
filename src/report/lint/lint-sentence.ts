import { arabic } from '#report/lint/arabic.ts'
import { chinese } from '#report/lint/chinese.ts'
import { english } from '#report/lint/english.ts'
import { french } from '#report/lint/french.ts'
import { lintRules } from '#report/lint/lint-words.ts'
import type { LintRule, LintWords } from '#report/lint/lint-words.ts'
import { russian } from '#report/lint/russian.ts'
import { spanish } from '#report/lint/spanish.ts'
import type { Said } from '#report/tree.ts'

/** A place in a sentence that claims more than entries can show, or judges. Never a block: whoever writes decides. */
export interface LintHit {
  readonly rule: LintRule
  /** In UTF-16 code units: `text.slice(start, end)`. */
  readonly start: number
  readonly end: number
  readonly why: Said
  readonly instead: Said
}

const byLanguage: Readonly<Record<string, LintWords>> = { en: english, fr: french, es: spanish, ar: arabic, ru: russian, zh: chinese }
const compiled = new Map<string, readonly (readonly [LintRule, RegExp])[]>()

/** In the order of the text; of two that overlap the longer one, which says more. A language without a table has no hits. */
export function lintSentence(text: string, lang: string): readonly LintHit[] {
  const { bare, places } = bareOf(text)
  const hits = patternsOf(lang.toLowerCase().split('-')[0] ?? '').flatMap(([rule, pattern]) => [...bare.matchAll(pattern)].map((match) => hitAt(rule, match, places)))
  const longest = hits.toSorted((one, other) => other.end - other.start - (one.end - one.start))
  const kept: LintHit[] = []
  for (const hit of longest) if (!kept.some(({ start, end }) => hit.start < end && start < hit.end)) kept.push(hit)
  return kept.toSorted((one, other) => one.start - other.start)
}

/** Marks of Arabic vowels and the line that stretches a word. */
const arabicMarks = /[\u064b-\u0652\u0640]/u

/**
 * Arabic is typed with marks and hamzas or without them: both are the same word, and a mark may stand before the last letter. `places` are those
 * of what is left in the text.
 */
function bareOf(text: string): { readonly bare: string; readonly places: readonly number[] } {
  const places = Array.from({ length: text.length }, (_, at) => at).filter((at) => !arabicMarks.test(text.charAt(at)))
  return { bare: withoutHamza(places.map((at) => text.charAt(at)).join('')), places: [...places, text.length] }
}

function withoutHamza(text: string): string {
  return text.replaceAll(/[أإآ]/gu, 'ا')
}

function hitAt(rule: LintRule, match: RegExpExecArray, places: readonly number[]): LintHit {
  return { rule, start: places[match.index] ?? 0, end: places[match.index + match[0].length] ?? 0, why: { say: `report.lint.${rule}.why` }, instead: { say: `report.lint.${rule}.instead` } }
}

function patternsOf(language: string): readonly (readonly [LintRule, RegExp])[] {
  const words = Object.hasOwn(byLanguage, language) ? byLanguage[language] : undefined
  if (words === undefined) return []
  const patterns = compiled.get(language) ?? lintRules.map((rule) => [rule, patternOf(words, words.rules[rule])] as const)
  compiled.set(language, patterns)
  return patterns
}

/** What Arabic writes in one with the next word: and, so, by, for, like. */
const arabicPrefixes = '(?:[وف]?[بلك]?)'

function patternOf({ who, bounds }: LintWords, sources: readonly string[]): RegExp {
  const people = `(?:${withoutHamza(who.join('|'))})`
  const all = sources.map((source) => withoutHamza(source).replaceAll('{who}', people).replaceAll(' ', '[ \\u00a0\\u202f]')).join('|')
  if (bounds === 'none') return new RegExp(`(?:${all})`, 'gu')
  const before = bounds === 'arabic' ? `(?<![\\p{L}\\p{N}])${arabicPrefixes}` : '(?<![\\p{L}\\p{N}])'
  return new RegExp(`${before}(?:${all})(?![\\p{L}\\p{N}])`, 'giu')
}
