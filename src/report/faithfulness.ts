import type { EntryState } from '#domain/entry-state.ts'
import type { EntryId } from '#domain/ids.ts'
import { isTakenBack } from '#domain/taken-back.ts'
import { besides } from '#domain/written-report.ts'
import type { Citation, WrittenPart } from '#domain/written-report.ts'

/** What may have become of a cited revision since it was cited. */
export const evidenceChanges = ['revised', 'corrected', 'withdrawn', 'rejected', 'reopened', 'inConflict', 'erased', 'unknown'] as const
export type EvidenceChange = (typeof evidenceChanges)[number]

export interface ChangedCitation {
  readonly citation: Citation
  readonly changes: readonly EvidenceChange[]
}

/** A sentence, or what stands beside a finding, whose evidence is no longer what was cited. */
export interface FlaggedSentence {
  readonly finding: string
  /** The sentence's id; null: a quotation, a photo, or an entry that contradicts the finding. */
  readonly sentence: string | null
  readonly changed: readonly ChangedCitation[]
}

/**
 * Compares what a report cites with the entries as they stand now: every sentence whose evidence changed, with what changed, and no other.
 * `stateOf` gives null for an entry that is gone.
 */
export function changedEvidence(written: readonly WrittenPart[], stateOf: (id: EntryId) => EntryState | null): readonly FlaggedSentence[] {
  return written.flatMap((finding) => {
    const parts = [...finding.sentences.map(({ id, cites }) => ({ sentence: id, cites })), { sentence: null, cites: besides(finding) }]
    return parts.flatMap(({ sentence, cites }): readonly FlaggedSentence[] => {
      const changed = changedCitations(cites, stateOf)
      return changed.length === 0 ? [] : [{ finding: finding.id, sentence, changed }]
    })
  })
}

/** Those of some citations that no longer say what was cited. */
export function changedCitations(cites: readonly Citation[], stateOf: (id: EntryId) => EntryState | null): readonly ChangedCitation[] {
  return cites.flatMap((citation) => changedCitation(citation, stateOf))
}

function changedCitation({ entryId, revision, contentHash }: Citation, stateOf: (id: EntryId) => EntryState | null): readonly ChangedCitation[] {
  const citation = { entryId, revision, contentHash }
  const entry = stateOf(entryId)
  const changes = entry === null ? (['erased'] as const) : changesSince(citation, entry)
  return changes.length === 0 ? [] : [{ citation, changes }]
}

const changing: ReadonlySet<string> = new Set(['revised', 'corrected', 'reject', 'reopen', 'withdrawn'])

/** Whether what changed an entry came before `at`: an edit that waited to be read then is nothing that has happened since. A verdict that stands against another one is no step of the entry. */
export function isUnchangedSince({ trail, contested, decisions }: Pick<EntryState, 'trail' | 'contested' | 'decisions'>, at: string): boolean {
  const wasBefore = ({ at: when }: { readonly at: string | null }) => when !== null && when <= at
  return trail.filter(({ step }) => changing.has(step)).every(wasBefore) && (!contested || decisions.filter(({ applied }) => !applied).every(wasBefore))
}

/** In the order of the list above, so that two looks at one state say the same. */
function changesSince({ revision, contentHash }: Citation, entry: EntryState): readonly EvidenceChange[] {
  const cited = entry.trail.findIndex(({ change, step }) => change === revision && (step === 'recorded' || step === 'revised' || step === 'corrected'))
  if (cited < 0) return ['unknown']
  const since = entry.trail.slice(cited + 1)
  const isAnother = entry.approved?.revision === revision && entry.approved.contentHash !== contentHash
  const found: Readonly<Record<EvidenceChange, boolean>> = {
    revised: since.some(({ step }) => step === 'revised'),
    corrected: since.some(({ step }) => step === 'corrected'),
    withdrawn: isTakenBack(entry),
    rejected: entry.review === 'rejected',
    reopened: entry.review === 'received' && !entry.contested && since.some(({ step }) => step === 'reopen'),
    inConflict: entry.contested || entry.conflicts.length > 0,
    erased: false,
    unknown: isAnother,
  }
  return evidenceChanges.filter((change) => found[change])
}
