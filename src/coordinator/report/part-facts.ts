import { besides } from '#domain/written-report.ts'
import type { WrittenPart, WrittenSentence } from '#domain/written-report.ts'
import type { WritingState } from '#coordinator/report/writing-state.ts'
import type { Flag, PartGrounds } from '#protocol/written-report.ts'

/** What was computed of a part when it was saved last; null until then. */
export function groundsOfPart({ evidence }: Pick<WritingState, 'evidence'>, { id }: Pick<WrittenPart, 'id'>): PartGrounds | null {
  return evidence?.parts.find((one) => one.id === id) ?? null
}

/** Whether all that a sentence cites is of other days than those of the issue, as far as the server knows by now. */
export function isOutsideDays({ evidence }: Pick<WritingState, 'evidence'>, { id, cites }: Pick<WrittenSentence, 'id' | 'cites'>): boolean {
  return cites.length > 0 && (evidence?.parts.some(({ outside }) => outside.includes(id)) ?? false)
}

/** Flags of the server, without what is cited otherwise here by now. */
export function flagsOf({ draft }: Pick<WritingState, 'draft'>, part: WrittenPart): readonly Flag[] {
  return (draft?.flags ?? []).filter(({ finding }) => finding === part.id).flatMap((flag) => {
    const sentence = part.sentences.find(({ id }) => id === flag.sentence)
    const cites = flag.sentence === null ? besides(part) : (sentence?.cites ?? [])
    const changed = flag.changed.filter(({ citation }) => cites.some(({ entryId, revision, contentHash }) => entryId === citation.entryId && revision === citation.revision && contentHash === citation.contentHash))
    return changed.length === 0 ? [] : [{ ...flag, changed }]
  })
}
