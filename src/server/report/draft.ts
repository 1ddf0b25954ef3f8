import { reportSource } from '#domain/disclosure.ts'
import { citationsOf } from '#domain/written-report.ts'
import type { Citation, WrittenPart } from '#domain/written-report.ts'
import { pickLocale } from '#i18n/locale.ts'
import type { Locale } from '#i18n/locale.ts'
import { isReportPeriod } from '#protocol/report.ts'
import type { DraftEvidence, DraftSettings, FigureEntries, Flag, PartGrounds, Picturable, Quotable } from '#protocol/written-report.ts'
import type { Composition } from '#report/compose.ts'
import { confidenceOf, loweredTo } from '#report/confidence.ts'
import type { CountedEntry } from '#report/counted-entry.ts'
import { changedEvidence } from '#report/faithfulness.ts'
import { citableIn, groundsOf, isWellFounded } from '#report/findings.ts'
import type { Citable } from '#report/findings.ts'
import { foundIn } from '#report/found-in.ts'
import { insertableNumbers } from '#report/insertable.ts'
import { quotationOf } from '#report/quotations.ts'
import type { CitedSentence } from '#report/tree.ts'
import { photosOf } from '#report/photos.ts'
import type { Period } from '#report/weeks.ts'
import { figuresIn } from '#report/written-parts.ts'
import type { ServerContext } from '#server/context.ts'
import { besideIssues } from '#server/report/beside-issues.ts'
import { daysThere } from '#server/report/campaign-day.ts'
import { listedOf } from '#server/report/listed.ts'
import type { Listed } from '#server/report/listed.ts'
import { composeWritten, issueBefore, wordsOf } from '#server/report/working-report.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import type { StoredDraft } from '#server/store/report-store.ts'

type Ground = Pick<ServerContext, 'store' | 'clock'>

/**
 * Before anybody has said otherwise, or of which no report can be made: the two months before this one, and what there is of this one, by the day that it is where
 * the campaign takes place. Of several the last one ends it, so that nothing that was seen today falls out.
 */
export function settingsOf({ settings }: Pick<StoredDraft, 'settings'>, { countries, now }: { readonly countries: readonly string[]; readonly now: number }): DraftSettings {
  if (settings !== null && isReportPeriod(settings)) return settings
  const { first, last } = daysThere(now, countries)
  const [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7))]
  return { from: new Date(Date.UTC(year, month - 3, 1)).toISOString().slice(0, 10), to: last, next: settings?.next ?? null, version: settings?.version ?? 0 }
}

/** What has become of the evidence of what is written, sentence by sentence. */
export async function flagsOf({ store }: Pick<ServerContext, 'store'>, campaign: StoredCampaign, written: readonly WrittenPart[]): Promise<readonly Flag[]> {
  const states = await store.near.states(campaign.id, [...new Set(written.flatMap(citationsOf).map(({ entryId }) => entryId))])
  return changedEvidence(written, (id) => states.get(id) ?? null).map(({ finding, sentence, changed }) => ({
    finding, sentence, changed: changed.map(({ citation, changes }) => ({ citation, ref: states.get(citation.entryId)?.ref ?? null, changes: [...changes] })),
  }))
}

/** The draft composed as it stands: what each part rests on, and what may be put into it. */
export async function draftEvidence(context: Ground, campaign: StoredCampaign, locale: Locale): Promise<DraftEvidence> {
  const { period, ...composition } = await composeDraft(context, campaign)
  const parts = partsOf(composition)
  const [quotes, photos] = [quotables(composition), await picturables(context, campaign, composition)]
  return {
    parts: await withOutside(context, campaign, { parts, written: composition.written }), quotes: [...quotes.listed], photos: [...photos.listed], older: { quotes: quotes.older, photos: photos.older },
    beside: await besideIssues(context, campaign, { counted: composition.counted, period }),
    numbers: insertableNumbers(composition.tree, await wordsOf(campaign, locale)).map((one) => ({ ...one })),
  }
}

const firstWords = 200

export interface FigureOrder {
  readonly id: string
  readonly language: string
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** The entries behind a figure of the draft; null when it has none of that name. */
export async function figureEntries(context: Ground, campaign: StoredCampaign, { id, from, to, language }: FigureOrder): Promise<FigureEntries | null> {
  const { evidence, tree } = await composeDraft(context, campaign, { from, to })
  const entries = evidence.get(id)
  if (entries === undefined) return null
  const words = await wordsOf(campaign, pickLocale([language]))
  return {
    name: insertableNumbers(tree, words).find((one) => one.id === id)?.say ?? null, count: figuresIn(tree.blocks).get(id)?.count ?? null,
    entries: entries.map(({ entryId, ref, content }) => ({ id: entryId, ref, topic: content.topic, observedOn: content.observedOn, words: (content.description ?? content.quote ?? '').slice(0, firstWords) })),
  }
}

async function composeDraft(context: Ground, campaign: StoredCampaign, days: { readonly from?: string | undefined; readonly to?: string | undefined } = {}): Promise<Composition & { readonly period: Period }> {
  const draft = await context.store.reports.draft(campaign.id)
  const { from, to, next } = settingsOf(draft, { countries: campaign.countries, now: context.clock.now() })
  const period = { from: days.from ?? from, to: days.to ?? to }
  const composition = await composeWritten(context, campaign, { period, issue: null, next, written: draft.parts.map(({ part }) => part), before: await issueBefore(context, campaign) })
  return { ...composition, period }
}

function partsOf({ written, counted, tree }: Composition): PartGrounds[] {
  const citable = citableIn(counted, written)
  const unsupported = new Set(sentencesIn(tree).filter((sentence) => sentence.unsupported).map(({ id }) => id))
  return written.map((part) => partGrounds(part, citable, unsupported))
}

/** Which of the sentences that nothing stands behind cite what would count in other days. What counts in these days stands behind its sentence. */
async function withOutside({ store }: Ground, { id, defaultSensitivity }: StoredCampaign, { parts, written }: { readonly parts: readonly PartGrounds[]; readonly written: readonly WrittenPart[] }): Promise<PartGrounds[]> {
  const bare = new Set(parts.flatMap(({ unsupported }) => unsupported))
  const sentences = written.flatMap((part) => part.sentences).filter((sentence) => bare.has(sentence.id) && sentence.cites.length > 0)
  const states = await store.near.states(id, [...new Set(sentences.flatMap(({ cites }) => cites.map(({ entryId }) => entryId)))])
  const counts = ({ entryId, revision }: Citation) => {
    const state = states.get(entryId)
    return state !== undefined && state.approved?.revision === revision && reportSource(state, defaultSensitivity) !== null
  }
  const outside = new Set(sentences.filter(({ cites }) => cites.every(counts)).map((sentence) => sentence.id))
  return parts.map((part) => ({ ...part, outside: part.unsupported.filter((sentence) => outside.has(sentence)) }))
}

function partGrounds(part: WrittenPart, citable: Citable, unsupported: ReadonlySet<string>): PartGrounds {
  const { isHearsay: _, ...grounds } = groundsOf(part, citable)
  const computed = confidenceOf(groundsOf(part, citable))
  return {
    id: part.id, computed, confidence: loweredTo(computed, part.confidence), ...grounds,
    unsupported: part.sentences.flatMap(({ id }) => (unsupported.has(id) ? [id] : [])), outside: [], founded: part.kind === 'priority' ? isWellFounded(part, citable) : null,
  }
}

/** Every sentence of coordinators that stands somewhere in a tree. */
export function sentencesIn(value: unknown): readonly CitedSentence[] {
  return foundIn(value, isSentence)
}

function isSentence(value: object): value is CitedSentence {
  return 'parts' in value && 'unsupported' in value
}

const mostQuotables = 500

/** The newest first: what people said and agreed to have published. */
function quotables({ counted: { challenges, actions }, areas, written }: Composition): Listed<Quotable> {
  const quoted = [...challenges, ...actions].filter(({ standing, content }) => standing === 'open' && content.quote !== undefined)
  return listedOf(quoted.toSorted((one, other) => (one.content.observedOn < other.content.observedOn ? 1 : -1)).flatMap((entry: CountedEntry): readonly Quotable[] => {
    const quotation = quotationOf(entry, areas)
    return quotation === null ? [] : [{ citation: citationOf(entry), ref: entry.ref, text: quotation.text, lang: quotation.lang, topic: entry.content.topic }]
  }), { most: mostQuotables, written })
}

const mostPicturables = 300

/** The newest first; only those that have arrived. */
async function picturables({ store }: Ground, { id }: StoredCampaign, { counted: { challenges, actions }, areas, written }: Composition): Promise<Listed<Picturable>> {
  const pictured = [...challenges, ...actions].filter(({ standing, content }) => standing === 'open' && content.photos !== undefined)
  const found = pictured.toSorted((one, other) => (one.content.observedOn < other.content.observedOn ? 1 : -1)).flatMap((entry: CountedEntry): readonly Picturable[] =>
    photosOf(entry, areas).flatMap(({ photo, ref, caption, lang, width, height }) => (photo === null ? [] : [{ citation: citationOf(entry), photo, ref, caption, lang, topic: entry.content.topic, width, height }])))
  const { listed, older } = listedOf(found, { most: mostPicturables, written })
  const stored = await Promise.all(listed.map(({ photo }) => store.files.get(id, photo)))
  return { listed: listed.filter((_, at) => typeof stored[at]?.shownSha256 === 'string'), older }
}

function citationOf({ entryId, revision, contentHash }: CountedEntry): Citation {
  return { entryId, revision, contentHash }
}
