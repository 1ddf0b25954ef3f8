import type { EntryState } from '#domain/entry-state.ts'
import type { ReportInput } from '#report/report-input.ts'
import { nothingWritten } from '#domain/written-report.ts'
import { loadDesk, loadLanguage } from '#i18n/load.ts'
import { loadReport } from '#i18n/load-report.ts'
import type { locales } from '#i18n/locale.ts'
import { reportWords } from '#report/say-report.ts'
import type { Block, Figure, ReportTree, Said } from '#report/tree.ts'
import { memberOf } from './report-campaign.ts'

/** A report on these entries; name only what the test is about. */
export function aReport(entries: readonly EntryState[], about: Partial<ReportInput> = {}): ReportInput {
  return {
    campaign: { name: 'Haiti', countries: ['HTI'], areas: [], defaultSensitivity: 'moderate' }, period: { from: '2026-02-02', to: '2026-03-01' }, asOf: '2026-03-02', issue: 1, next: null,
    entries, organisations: new Map(Array.from({ length: 40 }, (_, n) => [memberOf(n), `Organisation ${n % 4}`] as const)), written: nothingWritten, before: null, ...about,
  }
}

export function blockOf<Name extends Block['block']>(tree: ReportTree, name: Name): Extract<Block, { readonly block: Name }> {
  const found = tree.blocks.find((one) => one.block === name)
  if (found === undefined) throw new Error(`no block ${name}`)
  return found as Extract<Block, { readonly block: Name }>
}

/** Everything in a tree that looks like this. */
export function allIn<Found>(value: unknown, is: (value: object) => boolean): readonly Found[] {
  if (Array.isArray(value)) return value.flatMap((item) => allIn<Found>(item, is))
  if (typeof value !== 'object' || value === null) return []
  return [...(is(value) ? [value as Found] : []), ...Object.values(value).flatMap((item) => allIn<Found>(item, is))]
}

export const figuresIn = (value: unknown): readonly Figure[] => allIn<Figure>(value, (one) => 'count' in one && 'sample' in one)
export const saidIn = (value: unknown): readonly Said[] => allIn<Said>(value, (one) => 'say' in one)

/** The words of a report in one language. */
export async function wordsIn(locale: (typeof locales)[number], topics: readonly { readonly code: string; readonly names: Readonly<Record<string, string>> }[] = []) {
  const [messagesOf, { labels }] = await Promise.all([loadReport(locale), loadDesk(await loadLanguage(locale))])
  return reportWords({ locale, messages: messagesOf, labels, campaign: { areas: [], topics } })
}
