import type { CitedSentence, InsertedFigure } from '#report/tree.ts'

/** The numbers of a sentence, each with entries of its own: two of one row lead to the same. */
export function figuresOf(parts: CitedSentence['parts']): readonly InsertedFigure[] {
  const figures = parts.flatMap((part) => (typeof part === 'string' ? [] : [part]))
  return figures.filter(({ sample }, at) => !figures.slice(0, at).some((before) => before.sample.join() === sample.join()))
}
