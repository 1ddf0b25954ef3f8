import { writeFile } from 'node:fs/promises'
import { kinds } from '#domain/entry.ts'
import { campaignFor } from '#server/cli/command.ts'
import type { Command } from '#server/cli/command.ts'
import { exportEntries } from '#server/transfer/export-entries.ts'

const formats = ['csv', 'json'] as const

/** `terrain export --format csv --kind challenge`: the approved entries, to standard output or a file. */
export const exportCommand: Command = {
  usage: '--kind challenge|action [--format csv|json] [--out FILE] [--campaign ID]',
  about: 'writes the approved entries, with an HXL row under the header of a CSV',
  options: { format: { type: 'string' }, kind: { type: 'string' }, out: { type: 'string' }, campaign: { type: 'string' } },
  run: async (input) => {
    const { values, complain, print, context } = input
    const kind = kinds.find((known) => known === values['kind'])
    const format = formats.find((known) => known === (values['format'] ?? 'csv'))
    if (kind === undefined) complain('--kind must be challenge or action.')
    if (format === undefined) complain('--format must be csv or json.')
    if (kind === undefined || format === undefined) return 2
    const campaign = await campaignFor(input)
    if (campaign === null) return 1
    const text = await exportEntries(context, campaign, { format, kind })
    if (typeof values['out'] === 'string') await writeFile(values['out'], text)
    else print(text.trimEnd())
    return 0
  },
}
