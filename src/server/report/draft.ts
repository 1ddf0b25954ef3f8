import type { EntryId } from '#domain/ids.ts'
import type { Citation, WrittenPart } from '#domain/written-report.ts'
import type { Locale } from '#i18n/locale.ts'
import type { DraftEvidence, DraftSettings, Flag, PartGrounds, Quotable } from '#protocol/written-report.ts'
import type { Composition } from '#report/compose.ts'
import { confidenceOf, loweredTo } from '#report/confidence.ts'
import type { CountedEntry } from '#report/counted-entry.ts'
import { changedEvidence } from '#report/faithfulness.ts'
import { citableIn, groundsOf, isWellFounded } from '#report/findings.ts'
import type { Citable } from '#report/findings.ts'
import { insertableNumbers } from '#report/insertable.ts'
import { quotationOf } from '#report/quotations.ts'
import type { CitedSentence } from '#report/tree.ts'
import type { ServerContext } from '#server/context.ts'
import { composeWritten, issueBefore, wordsOf } from '#server/report/working-report.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import type { StoredDraft } from '#server/store/report-store.ts'

type Ground = Pick<ServerContext, 'store' | 'clock'>

/** Before anybody has said otherwise: the two months before this one, and what there is of this one. */
export function settingsOf({ settings }: Pick<StoredDraft, 'settings'>, now: number): DraftSettings {
  if (settings !== null) return settings
  const today = new Date(now)
  return { from: new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 2, 1)).toISOString().slice(0, 10), to: today.toISOString().slice(0, 10), next: null, version: 0 }
}

/** What has become of the evidence of what is written, sentence by sentence. */
export async function flagsOf({ store }: Pick<ServerContext, 'store'>, campaign: StoredCampaign, written: readonly WrittenPart[]): Promise<readonly Flag[]> {
  const states = await store.near.states(campaign.id, citedEntries(written))
  return changedEvidence(written, (id) => states.get(id) ?? null).map(({ finding, sentence, changed }) => ({
    finding, sentence, changed: changed.map(({ citation, changes }) => ({ citation, ref: states.get(citation.entryId)?.ref ?? null, changes: [...changes] })),
  }))
}

export function citedEntries(written: readonly WrittenPart[]): readonly EntryId[] {
  const all: readonly Citation[] = written.flatMap(({ sentences, quotes, against }) => [...sentences.flatMap(({ cites }) => cites), ...quotes, ...against])
  return [...new Set(all.map(({ entryId }) => entryId))]
}

/** The draft composed as it stands: what each part rests on, and what may be put into it. */
export async function draftEvidence(context: Ground, campaign: StoredCampaign, locale: Locale): Promise<DraftEvidence> {
  const draft = await context.store.reports.draft(campaign.id)
  const { from, to, next } = settingsOf(draft, context.clock.now())
  const written = draft.parts.map(({ part }) => part)
  const composition = await composeWritten(context, campaign, { period: { from, to }, issue: null, next, written, before: await issueBefore(context, campaign) })
  return {
    parts: partsOf(written, composition), quotes: [...quotables(composition)],
    numbers: insertableNumbers(composition.tree, await wordsOf(campaign, locale)).map((one) => ({ ...one })),
  }
}

function partsOf(written: readonly WrittenPart[], { counted, tree }: Composition): PartGrounds[] {
  const citable = citableIn(counted, written)
  const unsupported = new Set(sentencesIn(tree).filter((sentence) => sentence.unsupported).map(({ id }) => id))
  return written.map((part) => partGrounds(part, citable, unsupported))
}

function partGrounds(part: WrittenPart, citable: Citable, unsupported: ReadonlySet<string>): PartGrounds {
  const grounds = groundsOf(part, citable)
  const computed = confidenceOf(grounds)
  return {
    id: part.id, computed, confidence: loweredTo(computed, part.confidence), ...grounds,
    unsupported: part.sentences.flatMap(({ id }) => (unsupported.has(id) ? [id] : [])), founded: part.kind === 'priority' ? isWellFounded(part, citable) : null,
  }
}

/** Every sentence of coordinators that stands somewhere in a tree. */
export function sentencesIn(value: unknown): readonly CitedSentence[] {
  if (Array.isArray(value)) return value.flatMap(sentencesIn)
  if (typeof value !== 'object' || value === null) return []
  return [...(isSentence(value) ? [value] : []), ...Object.values(value).flatMap(sentencesIn)]
}

function isSentence(value: object): value is CitedSentence {
  return 'parts' in value && 'unsupported' in value
}

const mostQuotables = 500

/** The newest first: what people said and agreed to have published. */
function quotables({ counted: { challenges, actions }, areas }: Composition): readonly Quotable[] {
  const quoted = [...challenges, ...actions].filter(({ standing, content }) => standing === 'open' && content.quote !== undefined)
  return quoted.toSorted((one, other) => (one.content.observedOn < other.content.observedOn ? 1 : -1)).flatMap((entry: CountedEntry): readonly Quotable[] => {
    const quotation = quotationOf(entry, areas)
    return quotation === null ? [] : [{ citation: { entryId: entry.entryId, revision: entry.revision, contentHash: entry.contentHash }, ref: entry.ref, text: quotation.text, lang: quotation.lang, topic: entry.content.topic }]
  }).slice(0, mostQuotables)
}

