import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { isCalendarDay } from '#domain/calendar-day.ts'
import { instantOf } from '#domain/new-ids.ts'
import { locales } from '#i18n/locale.ts'
import type { Locale } from '#i18n/locale.ts'
import { isReportPeriod } from '#protocol/report.ts'
import { campaignFor, ownerOnly } from '#server/cli/command.ts'
import type { Command, CommandInput } from '#server/cli/command.ts'
import { namedWhenWhole, writeWhole } from '#server/cli/whole-file.ts'
import { printPdf } from '#server/report/print-pdf.ts'
import { aboutIssue, publishedIssue } from '#server/report/published.ts'
import { documentPhotos, photosWithin } from '#server/report/report-photos.ts'
import { composeWorking, documentOf, pageOf } from '#server/report/working-report.ts'
import type { Period } from '#server/report/working-report.ts'
import type { StoredCampaign } from '#server/store/store.ts'

const day = v.pipe(v.string(), v.isoDate(), v.check(isCalendarDay))

/** `terrain report --from 2026-01-01 --to 2026-03-31`: what is approved as a page that needs nothing else, in the languages asked for. */
export const reportCommand: Command = {
  usage: '(--from YYYY-MM-DD --to YYYY-MM-DD | --issue N) [--language en,fr] [--pdf] [--docx] [--out FOLDER] [--campaign ID]',
  about: 'writes the report on the approved entries of a period, or a published one, one page for each language; with --pdf also on paper, by Chromium, with --docx for a word processor',
  options: { from: { type: 'string' }, to: { type: 'string' }, issue: { type: 'string' }, language: { type: 'string' }, pdf: { type: 'boolean' }, docx: { type: 'boolean' }, out: { type: 'string' }, campaign: { type: 'string' } },
  run: async (input) => {
    const languages = languagesOf(input)
    const which = whichOf(input)
    if (which === null || languages === null) return 2
    const campaign = await campaignFor(input)
    if (campaign === null) return 1
    const report = 'issue' in which ? await publishedReport(input, campaign, which.issue) : await workingReport(input, campaign, which)
    if (report === null) return 1
    const folder = resolve(typeof input.values['out'] === 'string' ? input.values['out'] : '.')
    await mkdir(folder, { recursive: true })
    for (const locale of languages) {
      // What is published anybody may have; of the working report the log says that it left, by whose hands it does not know.
      const tell = (format: string) => ('issue' in which ? Promise.resolve() : tellLog(input, campaign, { format, ...which, language: locale }))
      if (!(await written(input, report, { locale, path: join(folder, `${report.name}.${locale}`), tell }))) return 1
    }
    return 0
  },
}

function tellLog({ context }: CommandInput, campaign: StoredCampaign, detail: Period & { readonly format: string; readonly language: Locale }): Promise<unknown> {
  return context.store.audit.add(campaign.id, { act: 'report.exported', by: { memberId: null, deviceId: null, at: instantOf(context.clock) }, detail: { ...detail } })
}

/** A report that can be written in any language. */
interface WritableReport {
  readonly name: string
  /** Who may read its files, where somebody is to be kept from it. */
  readonly mode?: number
  readonly page: (locale: Locale) => Promise<string>
  readonly document: (locale: Locale) => Promise<Uint8Array>
}

async function workingReport({ context }: CommandInput, campaign: StoredCampaign, period: Period): Promise<WritableReport> {
  const { tree } = await composeWorking(context, campaign, period)
  return {
    name: `report-${period.from}-${period.to}`,
    mode: ownerOnly,
    page: async (locale) => (await pageOf(tree, campaign, { locale, isDraft: true }, { photo: await photosWithin(context, campaign.id, tree) })).html,
    document: async (locale) => documentOf(tree, campaign, { locale, isDraft: true, photos: await documentPhotos(context, campaign.id, tree) }),
  }
}

/** An issue as anybody may read it today: what had to go since is gone from its files too. */
async function publishedReport({ context, complain }: CommandInput, campaign: StoredCampaign, number: number): Promise<WritableReport | null> {
  const issue = await context.store.reports.issue(campaign.id, number)
  if (issue === null) {
    complain(`Issue ${number} was not published.`)
    return null
  }
  const published = await publishedIssue(context, campaign, issue)
  const { tree, document: { campaign: naming } } = published
  return {
    name: issue.slug,
    page: async (locale) => (await pageOf(tree, naming, { locale, isDraft: false }, { photo: await photosWithin(context, campaign.id, tree), issue: await aboutIssue(published, { publicUrl: context.config.publicUrl, locale }) })).html,
    document: async (locale) => documentOf(tree, naming, { locale, isDraft: false, photos: await documentPhotos(context, campaign.id, tree), issue: await aboutIssue(published, { publicUrl: context.config.publicUrl, locale }) }),
  }
}

interface Writing {
  readonly locale: Locale
  readonly path: string
  readonly tell: (format: string) => Promise<unknown>
}

async function written({ values, print, complain }: CommandInput, report: WritableReport, { locale, path, tell }: Writing): Promise<boolean> {
  const { mode } = report
  // As the user's own settings have it.
  const text = { mode: mode ?? 0o666 }
  const [page, pdf] = [`${path}.html`, `${path}.pdf`]
  await writeWhole(page, [await report.page(locale)], { ...text, tell: () => tell('html') })
  print(page)
  if (values['docx'] === true) {
    await writeWhole(`${path}.docx`, [await report.document(locale)], { ...text, tell: () => tell('docx') })
    print(`${path}.docx`)
  }
  if (values['pdf'] !== true) return true
  // The browser asks nobody who may read what it writes.
  const isPrinted = await namedWhenWhole(pdf, (half) => printPdf(page, half), { mode, tell: () => tell('pdf') })
  if (isPrinted) print(pdf)
  else complain('A PDF needs Chromium: install it, or name its program in the environment variable CHROMIUM. The page is written; any browser prints it.')
  return isPrinted
}

/** A published issue by its number, or the working report of a period. */
function whichOf(input: CommandInput): Period | { readonly issue: number } | null {
  const { issue, from, to } = input.values
  if (issue === undefined) return periodOf(input)
  if (from !== undefined || to !== undefined) {
    input.complain('--issue writes a published report, which has days of its own: leave --from and --to out, or --issue.')
    return null
  }
  if (typeof issue === 'string' && /^[1-9]\d{0,5}$/.test(issue)) return { issue: Number(issue) }
  input.complain('--issue is the number of a published report.')
  return null
}

function periodOf({ values, complain }: CommandInput): Period | null {
  const [from, to] = [v.safeParse(day, values['from']), v.safeParse(day, values['to'])]
  if (from.success && to.success && isReportPeriod({ from: from.output, to: to.output })) return { from: from.output, to: to.output }
  complain('--from and --to are days of the calendar like 2026-03-31 from 1900 on, the first not after the last, and a hundred years apart at most.')
  return null
}

function languagesOf({ values, complain }: CommandInput): readonly Locale[] | null {
  const asked = typeof values['language'] === 'string' ? values['language'].split(',') : ['en']
  const known = locales.filter((locale) => asked.includes(locale))
  if (known.length === new Set(asked).size) return known
  complain(`--language takes of ${locales.join(', ')}, with commas between them.`)
  return null
}
