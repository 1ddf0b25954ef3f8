import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { mappings } from '#exchange/import-table.ts'
import { fileText, oldEncodings } from '#exchange/file-text.ts'
import { instantOf } from '#domain/new-ids.ts'
import { maxHeadBytes, readBundleHead } from '#protocol/bundle-file.ts'
import type { ImportResponse } from '#protocol/import.ts'
import { adviceOn } from '#server/advice.ts'
import { campaignFor } from '#server/cli/command.ts'
import type { Command, CommandInput } from '#server/cli/command.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { receiptFor } from '#server/sync/receipts.ts'
import { importBundle } from '#server/transfer/import-bundle.ts'
import { importSealed } from '#server/transfer/import-sealed.ts'
import { importRows } from '#server/transfer/import-table.ts'
import type { TableImport } from '#server/transfer/import-table.ts'
import type { StoredCampaign } from '#server/store/store.ts'

const formats = ['csv', 'hxl', 'bundle'] as const

/** `terrain import --format hxl FILE`: says how many rows became entries, and names every refused one and whatever was left out, shortened or filled in. */
export const importCommand: Command = {
  usage: '--format csv|hxl|bundle FILE [--mapping NAME] [--encoding NAME] [--again] [--campaign ID]',
  about: 'brings in a table or a file that a phone saved; the same file twice does no harm',
  words: 1,
  options: { format: { type: 'string' }, mapping: { type: 'string' }, encoding: { type: 'string' }, again: { type: 'boolean' }, campaign: { type: 'string' } },
  run: async (input) => {
    const format = formats.find((known) => known === input.values['format'])
    const [file] = input.positionals
    const encoding = input.values['encoding']
    if (encoding !== undefined && !oldEncodings.some((known) => known === encoding)) {
      input.complain(`--encoding must be one of ${oldEncodings.join(', ')}.`)
      return 2
    }
    const { mapping } = input.values
    if (mapping !== undefined && !mappings.some(({ id }) => id === mapping)) {
      input.complain(`--mapping must be one of ${mappings.map(({ id }) => id).join(', ')}; without it the one that fits is taken.`)
      return 2
    }
    if (format === undefined) input.complain(`--format must be one of ${formats.join(', ')}.`)
    if (file === undefined) input.complain('Name the file to import.')
    if (format === undefined || file === undefined) return 2
    const path = resolve(file)
    try {
      return await imported(input, format, { file: path, isSealed: isSealed(await startOf(path)) })
    } catch (error) {
      // An error of reading an open file names none.
      const told = error instanceof Error && 'syscall' in error && error.syscall === 'read' ? Object.assign(error, { path }) : error
      const advice = told instanceof Error && 'path' in told && told.path === path ? adviceOn(told, input.context.config) : null
      if (advice === null) throw error
      input.complain(`Nothing was imported: ${advice}`)
      return 1
    }
  },
}

async function startOf(file: string): Promise<Uint8Array> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(maxHeadBytes), 0, maxHeadBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** One of a newer Terrain is as well: what reads it says so. */
function isSealed(start: Uint8Array): boolean {
  const head = readBundleHead(start)
  return head.ok || head.problem === 'newer'
}

/** What every XLSX begins with. */
const zipMark = [0x50, 0x4b, 0x03, 0x04]

/**
 * The words of a table; null after a complaint. There is no trial run here and what came in is sealed, so that letters are not guessed as at the
 * desk: whoever has a file in an old encoding sees what the likely one makes of it, and names it.
 */
function textOf(bytes: Uint8Array, { values, print, complain }: CommandInput): string | null {
  const named = oldEncodings.find((known) => known === values['encoding'])
  const read = fileText(bytes, named === undefined ? oldEncodings : [named])
  if (read === null && zipMark.every((byte, index) => bytes[index] === byte)) complain('Nothing was imported: this is a workbook or another archive, and no text. Bring it in at the desk, under Data, or save it as CSV.')
  else if (read?.text.trim() === '') complain('Nothing was imported: the file is empty.')
  else if (read === null) complain('Nothing was imported: the letters of the file cannot be read. Save it as UTF-8.')
  else if (read.guessed !== undefined && named === undefined) complain(`Nothing was imported: the file is not UTF-8. As ${read.guessed.encoding} it says "${read.guessed.sample}": if that is right, add --encoding ${read.guessed.encoding}, else another of ${oldEncodings.join(', ')}.`)
  else {
    if (read.guessed !== undefined) print(`read as ${read.guessed.encoding}: "${read.guessed.sample}"`)
    return read.text
  }
  return null
}

async function imported(input: CommandInput, format: (typeof formats)[number], { file, isSealed }: { readonly file: string; readonly isSealed: boolean }): Promise<number> {
  const campaign = await campaignFor(input)
  if (campaign === null) return 1
  const { context, values, print, complain } = input
  const importer = { campaign, memberId: campaign.serverMemberId }
  const text = format === 'bundle' ? '' : textOf(await readFile(file), input)
  if (text === null) return 1
  try {
    if (format !== 'bundle') {
      const table = await importRows(context, importer, { text, how: typeof values['mapping'] === 'string' ? values['mapping'] : undefined, again: values['again'] === true })
      await tellLog(context, campaign, { format, count: table.accepted })
      printOutcome(print, table, differenceLines(table))
      if (table.otherwise !== undefined) print(`${table.otherwise} of the refused rows are here already, read otherwise (another language, severity or code); --again brings them in as further entries`)
      return 0
    }
    const receipt = receiptFor(context)
    const done = await (isSealed ? importSealed(context, importer, createReadStream(file), receipt) : importBundle(context, importer, await readFile(file, 'utf8'), receipt))
    await tellLog(context, campaign, { format, count: done.accepted })
    printOutcome(print, done)
    return 0
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    complain(`Nothing was imported: ${format === 'bundle' && !isSealed && error.problem.code.startsWith('malformed-') ? 'this is no file that a phone handed over, or it was cut off on its way' : error.problem.title}.`)
    return 1
  }
}

/** Nobody signed in for it: whoever may run commands on the server is nobody of the campaign. */
async function tellLog({ store, clock }: CommandInput['context'], campaign: StoredCampaign, detail: { readonly format: string; readonly count: number }): Promise<void> {
  await store.audit.add(campaign.id, { act: 'file.imported', by: { memberId: null, deviceId: null, at: instantOf(clock) }, detail })
}

function printOutcome(print: CommandInput['print'], { accepted, duplicates, refused }: ImportResponse, differences: readonly string[] = []): void {
  for (const { row, reason, field } of refused) print(`row ${row}: refused, ${reason}${field === undefined ? '' : ` (${field})`}`)
  for (const line of differences) print(line)
  print(`${accepted} accepted, ${duplicates} there already, ${refused.length} refused`)
}

function differenceLines({ leftOut, shortened, assumed }: TableImport): readonly string[] {
  const filled = assumed.map(({ field, rows }) => `${field} (${rows})`).join(', ')
  return [
    ...leftOut.map(({ row, field, reason }) => `row ${row}: ${field} left out, ${reason}`), ...shortened.map(({ row, field }) => `row ${row}: ${field} shortened`),
    ...(filled === '' ? [] : [`filled in because the file does not say it: ${filled}`]),
  ]
}
