import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { locales } from '#i18n/locale.ts'
import type { Locale } from '#i18n/locale.ts'
import { campaignFor } from '#server/cli/command.ts'
import type { Command, CommandInput } from '#server/cli/command.ts'
import { printPdf } from '#server/report/print-pdf.ts'
import { composeWorking, documentOf, pageOf } from '#server/report/working-report.ts'
import type { Period } from '#server/report/working-report.ts'

const day = v.pipe(v.string(), v.isoDate())

/** `terrain report --from 2026-01-01 --to 2026-03-31`: what is approved as a page that needs nothing else, in the languages asked for. */
export const reportCommand: Command = {
  usage: '--from YYYY-MM-DD --to YYYY-MM-DD [--language en,fr] [--pdf] [--docx] [--out FOLDER] [--campaign ID]',
  about: 'writes the report on the approved entries of a period, one page for each language; with --pdf also on paper, by Chromium, with --docx for a word processor',
  options: { from: { type: 'string' }, to: { type: 'string' }, language: { type: 'string' }, pdf: { type: 'boolean' }, docx: { type: 'boolean' }, out: { type: 'string' }, campaign: { type: 'string' } },
  run: async (input) => {
    const period = periodOf(input)
    const languages = languagesOf(input)
    if (period === null || languages === null) return 2
    const campaign = await campaignFor(input)
    if (campaign === null) return 1
    const { tree } = await composeWorking(input.context, campaign, period)
    const folder = typeof input.values['out'] === 'string' ? input.values['out'] : '.'
    await mkdir(folder, { recursive: true })
    for (const locale of languages) {
      const path = join(folder, `report-${period.from}-${period.to}.${locale}.html`)
      await writeFile(path, (await pageOf(tree, campaign, { locale, isDraft: true })).html)
      input.print(path)
      if (input.values['docx'] === true) {
        const docx = path.replace(/\.html$/, '.docx')
        await writeFile(docx, await documentOf(tree, campaign, { locale, isDraft: true }))
        input.print(docx)
      }
      if (input.values['pdf'] === true && !(await onPaper(input, path))) return 1
    }
    return 0
  },
}

async function onPaper({ print, complain }: CommandInput, page: string): Promise<boolean> {
  const pdf = page.replace(/\.html$/, '.pdf')
  const isPrinted = await printPdf(page, pdf)
  if (isPrinted) print(pdf)
  else complain('A PDF needs Chromium: install it, or name its program in the environment variable CHROMIUM. The page is written; any browser prints it.')
  return isPrinted
}

function periodOf({ values, complain }: CommandInput): Period | null {
  const [from, to] = [v.safeParse(day, values['from']), v.safeParse(day, values['to'])]
  if (from.success && to.success && from.output <= to.output) return { from: from.output, to: to.output }
  complain('--from and --to are days like 2026-03-31, the first not after the last.')
  return null
}

function languagesOf({ values, complain }: CommandInput): readonly Locale[] | null {
  const asked = typeof values['language'] === 'string' ? values['language'].split(',') : ['en']
  const known = locales.filter((locale) => asked.includes(locale))
  if (known.length === asked.length) return known
  complain(`--language takes of ${locales.join(', ')}, with commas between them.`)
  return null
}
