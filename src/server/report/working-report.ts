import { readFile } from 'node:fs/promises'
import { countryOutlines } from '#chart/country-outlines.ts'
import { areasOf } from '#domain/areas.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { directionOf } from '#i18n/direction.ts'
import { loadLanguage, loadScreens } from '#i18n/load.ts'
import { loadReport } from '#i18n/load-report.ts'
import type { Locale } from '#i18n/locale.ts'
import { composeReport } from '#report/compose.ts'
import type { Composition } from '#report/compose.ts'
import { topicsShownIn } from '#report/evolution-block.ts'
import type { DocumentGround } from '#report/document/writing.ts'
import type { PageAbout } from '#report/page/report-page.ts'
import type { LayoutGround } from '#report/report-drawings.ts'
import type { IssueBefore, ReportInput } from '#report/report-input.ts'
import { reportWords } from '#report/say-report.ts'
import type { ReportWords } from '#report/say-report.ts'
import type { ReportTree } from '#report/tree.ts'
import { issueDocument } from '#server/report/issue-document.ts'
import { campaignDay } from '#server/report/campaign-day.ts'
import { drawnPicture } from '#server/report/drawn-picture.ts'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** Both days included, `YYYY-MM-DD`. */
export interface Period {
  readonly from: string
  readonly to: string
}

/** What a report is composed with, besides the entries. */
export interface Composing extends Pick<ReportInput, 'issue' | 'next' | 'written' | 'before'> {
  readonly period: Period
}

/** A report on what is approved at this moment, with what coordinators have written so far. */
export async function composeWorking(context: Pick<ServerContext, 'store' | 'clock'>, campaign: StoredCampaign, period: Period): Promise<Composition> {
  const { parts } = await context.store.reports.draft(campaign.id)
  return composeWritten(context, campaign, { period, issue: null, next: null, written: parts.map(({ part }) => part), before: await issueBefore(context, campaign) })
}

export async function composeWritten(context: Pick<ServerContext, 'store' | 'clock'>, campaign: StoredCampaign, composing: Composing): Promise<Composition> {
  const { store, clock } = context
  const organisations = new Map((await store.members.list(campaign.id)).map(({ id, organisation }) => [id, organisation ?? null] as const))
  return composeReport({
    campaign: { name: campaign.name, countries: campaign.countries, areas: areasOf(campaign), topics: campaign.topics, defaultSensitivity: campaign.defaultSensitivity },
    ...composing, asOf: campaignDay(clock.now(), campaign.countries), entries: await statesOf(context, campaign), organisations,
  })
}

/** What the last issue showed and said: what changed since is told against it. */
export async function issueBefore({ store }: Pick<ServerContext, 'store'>, { id }: StoredCampaign): Promise<IssueBefore | null> {
  const [last] = await store.reports.issues(id)
  const issue = last === undefined ? null : await store.reports.issue(id, last.number)
  return issue === null ? null : { period: { from: issue.from, to: issue.to }, topics: topicsShownIn(issueDocument(issue).tree), written: issue.written }
}

const pageSize = 500

async function statesOf({ store }: Pick<ServerContext, 'store'>, { id }: StoredCampaign): Promise<readonly EntryState[]> {
  const ids = await store.entries.ids(id, {})
  const states: EntryState[] = []
  for (let at = 0; at < ids.length; at += pageSize) states.push(...(await store.near.states(id, ids.slice(at, at + pageSize))).values())
  return states
}

/** How a report calls topics and areas: the campaign's, or those of an issue, which keeps them as they were. */
export type Naming = Pick<StoredCampaign, 'topics' | 'areas' | 'countries'>

export interface ReportFile {
  readonly html: string
  /** The style sheet that stands in it, for a policy that allows it and nothing else. */
  readonly style: string
}

export interface Asked {
  readonly locale: Locale
  readonly isDraft: boolean
}

/** The whole page, in one language; `about` is what a published one says of itself, and where a working one leads. A server that shows none does not load what draws it. */
export async function pageOf(tree: ReportTree, naming: Naming, { locale, isDraft }: Asked, about: Pick<PageAbout, 'issue' | 'figureHref' | 'photo'> = {}): Promise<ReportFile> {
  const [style, { reportPage }] = await Promise.all([styleSheet(), import('#report/page/report-page.ts')])
  return { style, html: reportPage(tree, await layoutOf(naming, locale), { style, isDraft, ...about }) }
}

/** The same report as a document for a word processor. Whoever asks for none does not load what writes it. */
export async function documentOf(tree: ReportTree, naming: Naming, { locale, isDraft, photos, issue }: Asked & Pick<DocumentGround, 'photos'> & Pick<PageAbout, 'issue'>): Promise<Uint8Array> {
  const { reportDocument } = await import('#report/document/report-document.ts')
  return reportDocument(tree, { ...(await layoutOf(naming, locale)), picture: drawnPicture, photos }, { isDraft, ...(issue === undefined ? {} : { issue }) })
}

/** The cover as a picture for where a link to the report is passed on. */
export async function previewOf({ blocks }: ReportTree, naming: Naming, locale: Locale): Promise<Uint8Array> {
  const cover = blocks.find((block) => block.block === 'cover')
  if (cover === undefined) throw new Error('a report without a cover')
  const { previewSize, previewSvg } = await import('#report/page/preview.ts')
  return drawnPicture(previewSvg(cover, await layoutOf(naming, locale)), previewSize.width)
}

async function layoutOf(naming: Naming, locale: Locale): Promise<LayoutGround> {
  return { words: await wordsOf(naming, locale), direction: directionOf(locale), countries: naming.countries, areas: areasOf(naming), outlines: countryOutlines() }
}

export async function wordsOf(naming: Naming, locale: Locale): Promise<ReportWords> {
  const [messages, { labels }] = await Promise.all([loadReport(locale), loadLanguage(locale).then(loadScreens)])
  return reportWords({ locale, messages, labels, campaign: { topics: naming.topics, areas: areasOf(naming), countries: naming.countries } })
}

/** Tokens and the page's own rules, without their comments. */
async function styleSheet(): Promise<string> {
  const sheets = await Promise.all(['ui/tokens.css', 'report/page/page.css', 'report/page/opening.css', 'report/page/tables.css', 'report/page/drawings.css', 'report/page/issue.css'].map((path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')))
  return sheets.join('\n').replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/\n\s*/g, '\n')
}
