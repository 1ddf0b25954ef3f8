import type { EntryState } from '#domain/entry-state.ts'

/** Who translated: a person answers for the words, a machine for none of them. */
export const translators = ['human', 'machine'] as const
export type Translator = (typeof translators)[number]

/** How a voice became text; kept beside it, so that nobody takes a summary for what was said. */
export const transcriptMethods = ['verbatim', 'summary'] as const
export type TranscriptMethod = (typeof transcriptMethods)[number]

/** A translation as imports and desks lay it beside a description; one that does not say how it was made was typed by a person. */
export function translationIn(value: unknown): { readonly text: string; readonly translator: Translator } | null {
  if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string') return null
  return { text: value.text, translator: 'translator' in value && value.translator === 'machine' ? 'machine' : 'human' }
}

/** Null where the description is its author's own. */
export function transcriptMethod({ corrections }: Pick<EntryState, 'corrections'>): TranscriptMethod | null {
  return transcriptMethods.find((method) => method === corrections['descriptionMethod']?.value) ?? null
}
