import { figureSlot } from '#domain/written-report.ts'
import type { WrittenSentence } from '#domain/written-report.ts'
import type { Insertable } from '#protocol/written-report.ts'

/** A sentence cut at its inserted numbers. A number is null where it is not shown. */
export type SpokenPart = { readonly text: string } | { readonly figure: string; readonly say: string | null; readonly count: number | null }

export function spokenParts({ text, figures }: Pick<WrittenSentence, 'text' | 'figures'>, numbers: readonly Insertable[]): readonly SpokenPart[] {
  // Cut at its slots, a text is words and slots in turn.
  return text.split(figureSlot).map((part, at): SpokenPart => {
    if (at % 2 === 0) return { text: part }
    const figure = figures[part] ?? ''
    const known = numbers.find(({ id }) => id === figure)
    return { figure, say: known?.say ?? null, count: known?.count ?? null }
  }).filter((part) => !('text' in part) || part.text !== '')
}

export const hasSlots = (text: string): boolean => text.search(figureSlot) >= 0

interface Inserted {
  readonly sentence: WrittenSentence
  /** Behind what was inserted. */
  readonly caret: number
}

/** Puts a number where the caret is, with blanks to the words beside it. Null when a sentence already holds nine. */
export function withNumber(sentence: WrittenSentence, figure: string, caret: number): Inserted | null {
  const { text, figures } = sentence
  const used = new Set([...text.matchAll(figureSlot)].map(([, slot]) => slot ?? ''))
  const known = [...used].find((slot) => figures[slot] === figure)
  const slot = known ?? ['1', '2', '3', '4', '5', '6', '7', '8', '9'].find((one) => !used.has(one))
  if (slot === undefined) return null
  const [before, after] = [text.slice(0, caret), text.slice(caret)]
  const put = `${before === '' || /[\s([{«“]$/u.test(before) || isUnspaced(sentence.lang) ? '' : ' '}{${slot}}${/^[\p{L}\p{N}]/u.test(after) && !isUnspaced(sentence.lang) ? ' ' : ''}`
  return { sentence: { ...sentence, text: before + put + after, figures: { ...figures, [slot]: figure } }, caret: caret + put.length }
}

/** Chinese is written without blanks. */
const isUnspaced = (lang: string) => lang.toLowerCase().startsWith('zh')
