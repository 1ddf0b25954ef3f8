import type { ParseArgsOptionsConfig } from 'node:util'
import type { Config } from '#server/config.ts'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign, StoredMember } from '#server/store/store.ts'

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
  /** How many words it takes beside its options; none, where nothing is said. */
  readonly words?: number
  /** What has to stand before database and folders are opened. */
  readonly begin?: (config: Config) => Promise<void>
  readonly run: (input: CommandInput) => Promise<number>
}

/** Of a file with what people wrote: the handbook has it written below /tmp, where all users of the machine look. */
export const ownerOnly = 0o600

/** The campaign named by `--campaign`, or the only one there is; null after a complaint. */
export async function campaignFor({ context, values, complain }: CommandInput): Promise<StoredCampaign | null> {
  const all = await context.store.campaigns.list()
  const wanted = values['campaign']
  const found = typeof wanted === 'string' ? all.find((campaign) => campaign.id === wanted) : all.length === 1 ? all[0] : undefined
  if (found !== undefined) return found
  complain(all.length === 0 ? `There is no campaign yet in ${context.config.databaseUrl === undefined ? context.config.dataDir : 'the database of DATABASE_URL'}: the server makes the first one when it starts. Start it, and try again as soon as it answers; or name in TERRAIN_DATA or DATABASE_URL where the campaign is.` : `Name one campaign with --campaign:\n${all.map(({ id, name }) => `  ${id}  ${name}`).join('\n')}`)
  return null
}

/** The member named by `--member`, by id or by a name that only one of them has; null after a complaint. */
export async function memberFor({ context, values, complain }: Pick<CommandInput, 'context' | 'values' | 'complain'>, campaign: StoredCampaign): Promise<StoredMember | null> {
  const wanted = values['member']
  const all = (await context.store.members.list(campaign.id)).filter(({ id }) => id !== campaign.serverMemberId)
  const found = all.filter(({ id, name }) => id === wanted || name === wanted)
  const [member] = found
  if (member !== undefined && found.length === 1) return member
  const listed = (found.length > 1 ? found : all).map(({ id, name, organisation, joinedAt }) => `  ${id}  ${name}${organisation === undefined ? '' : `, ${organisation}`}, joined ${joinedAt.slice(0, 10)}`)
  complain(all.length === 0 ? `Nobody has joined "${campaign.name}" yet.` : `${found.length > 1 ? 'Several people have this name.' : 'Nobody has this name or id.'} Name one id with --member:\n${listed.join('\n')}`)
  return null
}
