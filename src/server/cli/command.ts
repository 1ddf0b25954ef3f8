import type { ParseArgsOptionsConfig } from 'node:util'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign } from '#server/store/store.ts'

export interface CommandInput {
  readonly context: ServerContext
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>
  readonly positionals: readonly string[]
  readonly print: (line: string) => void
  readonly complain: (line: string) => void
}

/** One command of the command line: its exit code is 0 only when everything it was asked for is done. */
export interface Command {
  readonly usage: string
  readonly about: string
  readonly options: ParseArgsOptionsConfig
  readonly run: (input: CommandInput) => Promise<number>
}

/** The campaign named by `--campaign`, or the only one there is; null after a complaint. */
export async function campaignFor({ context, values, complain }: CommandInput): Promise<StoredCampaign | null> {
  const all = await context.store.campaigns.list()
  const wanted = values['campaign']
  const found = typeof wanted === 'string' ? all.find((campaign) => campaign.id === wanted) : all.length === 1 ? all[0] : undefined
  if (found !== undefined) return found
  complain(all.length === 0 ? 'This data folder has no campaign yet: npm start makes the first one.' : `Name one campaign with --campaign:\n${all.map(({ id, name }) => `  ${id}  ${name}`).join('\n')}`)
  return null
}
