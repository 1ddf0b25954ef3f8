import type { WrittenSentence } from '#domain/written-report.ts'
import { flagsOf, groundsOfPart, isOutsideDays } from '#coordinator/report/part-facts.ts'
import { inOrder, sections } from '#coordinator/report/parts.ts'
import { hasSlots } from '#coordinator/report/slots.ts'
import { typedNumbers } from '#coordinator/report/typed-numbers.ts'
import type { WritingPart, WritingState } from '#coordinator/report/writing-state.ts'
import { lintSentence } from '#report/lint/lint-sentence.ts'

export const checkKinds = ['unsaved', 'flagged', 'unsupported', 'outside', 'unfounded', 'lint', 'digits'] as const

/** Something to look at before the report is published, and where. Only what is not saved stands in the way. */
export interface Check {
  readonly kind: (typeof checkKinds)[number]
  readonly part: WritingPart['part']
  /** Null: it is about the whole part. */
  readonly sentence: WrittenSentence | null
}

export function checksOf(state: WritingState): readonly Check[] {
  const parts = sections.flatMap((section) => inOrder(state.parts, section))
  const found = parts.flatMap((one) => [...ofPart(one, state), ...one.part.sentences.filter(({ text }) => text.trim() !== '').flatMap((sentence) => ofSentence(one, sentence, state))])
  return checkKinds.flatMap((kind) => found.filter((check) => check.kind === kind))
}

function ofPart({ part, standing }: WritingPart, state: WritingState): readonly Check[] {
  const isBesideFlagged = flagsOf(state, part).some(({ sentence }) => sentence === null)
  return [
    ...(standing === 'saved' ? [] : [{ kind: 'unsaved', part, sentence: null } as const]),
    ...(isBesideFlagged ? [{ kind: 'flagged', part, sentence: null } as const] : []),
    ...(groundsOfPart(state, part)?.founded === false ? [{ kind: 'unfounded', part, sentence: null } as const] : []),
  ]
}

function ofSentence({ part }: WritingPart, sentence: WrittenSentence, state: WritingState): readonly Check[] {
  const { id, text, lang, cites } = sentence
  // The server knows which cited entries still count; what was written since is judged by what it cites.
  const isUnsupported = (cites.length === 0 && !hasSlots(text)) || groundsOfPart(state, part)?.unsupported.includes(id) === true
  const isOutside = isOutsideDays(state, sentence)
  const is = { unsupported: isUnsupported && !isOutside, outside: isOutside, flagged: flagsOf(state, part).some((flag) => flag.sentence === id), lint: lintSentence(text, lang).length > 0, digits: typedNumbers(text, lang).length > 0 }
  return (Object.keys(is) as (keyof typeof is)[]).flatMap((kind) => (is[kind] ? [{ kind, part, sentence }] : []))
}
