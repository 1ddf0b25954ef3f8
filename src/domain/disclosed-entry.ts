import type { Sensitivity } from '#domain/codes/code-lists.ts'
import { disclosedContent, isHashSafe, reportSource } from '#domain/disclosure.ts'
import type { DisclosedContent } from '#domain/disclosure.ts'
import type { EntryContent } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { ChangeId, Instant, MemberId, Ref, Sha256 } from '#domain/ids.ts'
import { transcriptMethod, translationIn } from '#domain/laid-beside.ts'
import type { TranscriptMethod, Translator } from '#domain/laid-beside.ts'
import { withoutContacts } from '#domain/personal-data.ts'
import { secondReading } from '#domain/second-reading.ts'

/** What an entry is about: of this more is told in files than of the words, because it follows from the topic (`derivedValue`). */
const subjectFields = ['kind', 'topic', 'sectorIasc', 'unescoProgramme', 'sdg'] as const
export type Subject = Pick<EntryContent, 'kind' | 'topic'> & Readonly<Record<string, unknown>>

/** An approved entry as files take it, and nothing of it that may not leave: JSON of it is kept beside the entry. */
export interface DisclosedEntry {
  readonly ref: Ref
  readonly author: MemberId
  readonly subject: Subject
  readonly disclosed: DisclosedContent
  readonly sensitivity: Sensitivity
  /** A translation that a coordinator laid beside the original, or null. */
  readonly translation: string | null
  /** Who made it; a person answers for the words, a machine for none of them. Null without one. */
  readonly translator: Translator | null
  /** How a voice became the description, or null where its author wrote it. */
  readonly transcript: TranscriptMethod | null
  readonly receivedOn: Instant
  /** Null where it would tell what is held back. */
  readonly contentHash: Sha256 | null
  /** The change that made the approved revision: what a citation names. */
  readonly revision: ChangeId
}

/**
 * The approved revision with its corrections under the consent of today, never a later edit that nobody has approved. Null when nobody has
 * approved it, somebody took that back since, or nothing of it may leave.
 */
export function disclosedEntry(entry: EntryState, campaignDefault: Sensitivity): DisclosedEntry | null {
  const { approved, ref, author, receivedAt } = entry
  const source = reportSource(entry, campaignDefault)
  if (source === null || approved === null || ref === null || receivedAt === null) return null
  const { content, sensitivity } = source
  const disclosed = disclosedContent(content, { sensitivity, purpose: 'export', isReadTwice: secondReading(entry)?.state === 'agreed' })
  if (disclosed === null) return null
  // What its words may not do, their translation may not either.
  const hasWords = disclosed['description'] !== undefined
  const translation = hasWords ? translationIn(approved.corrections['descriptionEn']?.value) : null
  return {
    ref, author, subject: subjectOf(content), disclosed, sensitivity,
    translation: translation === null ? null : withoutContacts(translation.text), translator: translation?.translator ?? null, transcript: hasWords ? transcriptMethod(approved) : null,
    receivedOn: receivedAt, contentHash: isHashSafe(approved.content, disclosed) ? approved.contentHash : null, revision: approved.revision,
  }
}

export function subjectOf(content: EntryContent): Subject {
  const { kind, topic } = content
  const all: Readonly<Record<string, unknown>> = content
  return { ...Object.fromEntries(subjectFields.flatMap((field) => (all[field] === undefined ? [] : [[field, all[field]] as const]))), kind, topic }
}

/** How many things an action says were given: each has columns of its own in a table. */
export function outputsOf({ kind, output }: DisclosedContent): number {
  return kind === 'action' && Array.isArray(output) ? output.length : 0
}
