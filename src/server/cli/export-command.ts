import { kinds } from '#domain/kinds.ts'
import { instantOf } from '#domain/new-ids.ts'
import { isLocale, locales } from '#i18n/locale.ts'
import { exportFormats, formatsOfAnyKind, formatsOfOneKind } from '#protocol/export-order.ts'
import type { ExportOrder } from '#protocol/export-order.ts'
import { campaignFor } from '#server/cli/command.ts'
import type { Command, CommandInput } from '#server/cli/command.ts'
import { writeWhole } from '#server/cli/whole-file.ts'
import { exportFile } from '#server/transfer/export-file.ts'
import type { ExportedFile } from '#server/transfer/export-file.ts'

/** `terrain export --format xlsx --kind challenge --out FILE`: what was approved, in any format that the desk offers. */
export const exportCommand: Command = {
  usage: `[--format ${exportFormats.join('|')}] [--kind challenge|action] [--lang ${locales.join('|')}] [--out FILE] [--campaign ID]`,
  about: 'writes the approved entries: tables with an HXL row under the header, points, hashes, or what the codes mean',
  options: { format: { type: 'string' }, kind: { type: 'string' }, lang: { type: 'string' }, out: { type: 'string' }, campaign: { type: 'string' } },
  run: async (input) => {
    const order = orderIn(input)
    if (order === null) return 2
    const campaign = await campaignFor(input)
    if (campaign === null) return 1
    const { context, values } = input
    const file = await exportFile(context, campaign, order)
    // Nobody signed in for it: whoever may run commands on the server may read its database too.
    const tell = () => context.store.audit.add(campaign.id, { act: 'file.exported', by: { memberId: null, deviceId: null, at: instantOf(context.clock) }, detail: { format: order.format, ...(order.kind === undefined ? {} : { kind: order.kind }) } })
    if (typeof values['out'] === 'string') await writeWhole(values['out'], file.body, { tell })
    else input.print(await textOf(file, tell))
    return 0
  },
}

/** Null after a sentence that says what is wrong. */
function orderIn({ values, complain }: Pick<CommandInput, 'values' | 'complain'>): ExportOrder | null {
  const format = exportFormats.find((known) => known === (values['format'] ?? 'csv'))
  const kind = kinds.find((known) => known === values['kind'])
  const { lang } = values
  if (format === undefined) return refuse(`--format must be one of ${exportFormats.join(', ')}.`)
  if (kind === undefined && (values['kind'] !== undefined || formatsOfOneKind.includes(format))) return refuse('--kind must be challenge or action.')
  if (lang !== undefined && !isLocale(lang)) return refuse(`--lang must be one of ${locales.join(', ')}.`)
  if (format.endsWith('xlsx') && typeof values['out'] !== 'string') return refuse(`--format ${format} needs --out FILE: it is no text.`)
  return { format, lang, kind: formatsOfOneKind.includes(format) || formatsOfAnyKind.includes(format) ? kind : undefined }

  function refuse(sentence: string): null {
    complain(sentence)
    return null
  }
}

/** All of it, before any of it leaves: whoever reads the beginning and goes ends the command there. */
async function textOf({ body }: ExportedFile, tell: () => Promise<unknown>): Promise<string> {
  const pieces: string[] = []
  for await (const piece of body) pieces.push(String(piece))
  await tell()
  return pieces.join('').trimEnd()
}
