import { readFile } from 'node:fs/promises'
import { countryOutlines } from '#chart/country-outlines.ts'
import { areasOf } from '#domain/areas.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { instantOf } from '#domain/ids.ts'
import { nothingWritten } from '#domain/written-report.ts'
import { directionOf } from '#i18n/direction.ts'
import { loadLanguage, loadScreens } from '#i18n/load.ts'
import { loadReport } from '#i18n/load-report.ts'
import type { Locale } from '#i18n/locale.ts'
import { composeReport } from '#report/compose.ts'
import type { Composition } from '#report/compose.ts'
import { reportPage } from '#report/page/report-page.ts'
import type { LayoutGround } from '#report/report-drawings.ts'
import { reportWords } from '#report/say-report.ts'
import type { ReportTree } from '#report/tree.ts'
import { drawnPicture } from '#server/report/drawn-picture.ts'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** Both days included, `YYYY-MM-DD`. */
export interface Period {
  readonly from: string
  readonly to: string
}

/** A report on what is approved at this moment. */
export async function composeWorking(context: Pick<ServerContext, 'store' | 'clock'>, campaign: StoredCampaign, period: Period): Promise<Composition> {
  const { store, clock } = context
  const organisations = new Map((await store.members.list(campaign.id)).map(({ id, organisation }) => [id, organisation ?? null] as const))
  return composeReport({
    campaign: { name: campaign.name, countries: campaign.countries, areas: areasOf(campaign), topics: campaign.topics, defaultSensitivity: campaign.defaultSensitivity },
    period, asOf: instantOf(clock), issue: null, next: null, entries: await statesOf(context, campaign), organisations, written: nothingWritten, before: null,
  })
}

const pageSize = 500

async function statesOf({ store }: Pick<ServerContext, 'store'>, { id }: StoredCampaign): Promise<readonly EntryState[]> {
  const ids = await store.entries.ids(id, {})
  const states: EntryState[] = []
  for (let at = 0; at < ids.length; at += pageSize) states.push(...(await store.near.states(id, ids.slice(at, at + pageSize))).values())
  return states
}

export interface ReportFile {
  readonly html: string
  /** The style sheet that stands in it, for a policy that allows it and nothing else. */
  readonly style: string
}

export interface Asked {
  readonly locale: Locale
  readonly isDraft: boolean
}

/** The whole page, in one language. */
export async function pageOf(tree: ReportTree, campaign: StoredCampaign, { locale, isDraft }: Asked): Promise<ReportFile> {
  const style = await styleSheet()
  return { style, html: reportPage(tree, await layoutOf(campaign, locale), { style, isDraft }) }
}

/** The same report as a document for a word processor. Whoever asks for none does not load what writes it. */
export async function documentOf(tree: ReportTree, campaign: StoredCampaign, { locale, isDraft }: Asked): Promise<Uint8Array> {
  const { reportDocument } = await import('#report/document/report-document.ts')
  return reportDocument(tree, { ...(await layoutOf(campaign, locale)), picture: drawnPicture }, { isDraft })
}

async function layoutOf(campaign: StoredCampaign, locale: Locale): Promise<LayoutGround> {
  const [messages, { labels }] = await Promise.all([loadReport(locale), loadLanguage(locale).then(loadScreens)])
  const areas = areasOf(campaign)
  const words = reportWords({ locale, messages, labels, campaign: { topics: campaign.topics, areas, countries: campaign.countries } })
  return { words, direction: directionOf(locale), countries: campaign.countries, areas, outlines: countryOutlines() }
}

/** Tokens and the page's own rules, without their comments. */
async function styleSheet(): Promise<string> {
  const sheets = await Promise.all(['ui/tokens.css', 'report/page/page.css', 'report/page/tables.css', 'report/page/drawings.css'].map((path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')))
  return sheets.join('\n').replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/\n\s*/g, '\n')
}
