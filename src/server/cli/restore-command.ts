import { resolve } from 'node:path'
import { sayRestoreBegins, unsayBegun } from '#server/backup/half-restored.ts'
import { restore } from '#server/backup/restore.ts'
import type { RestoreOutcome } from '#server/backup/restore.ts'
import { backupGround } from '#server/cli/backup-ground.ts'
import type { Command, CommandInput } from '#server/cli/command.ts'
import { tellOfFiles } from '#server/cli/erase-told.ts'

/** `terrain restore --from DIR`: into an empty data folder, and only what has proved itself. */
export const restoreCommand: Command = {
  usage: '--from DIR [--accept-loss]',
  about: 'makes an empty data folder from a backup, the newest one when DIR holds several; stop the server first',
  options: { from: { type: 'string' }, 'accept-loss': { type: 'boolean' } },
  begin: ({ dataDir }) => sayRestoreBegins(dataDir),
  run: async (input) => {
    try {
      return await run(input)
    } finally {
      await unsayBegun(input.context.config.dataDir)
    }
  },
}

async function run(input: CommandInput): Promise<number> {
  const { context, values, complain } = input
  if (typeof values['from'] !== 'string') {
    complain('--from must name a backup, or the folder that holds the backups.')
    return 2
  }
  const outcome = await restore({ ...backupGround(context), chance: context.chance }, values['from'], { acceptLoss: values['accept-loss'] === true })
  return tell(outcome, input)
}

function tell(outcome: RestoreOutcome, { context, values, print, complain }: CommandInput): number {
  const from = resolve(String(values['from']))
  switch (outcome.kind) {
    case 'restored':
      for (const fault of outcome.faults) complain(fault)
      print(`Restored: ${outcome.manifest.rows['changes'] ?? 0} changes of ${outcome.manifest.campaigns.length === 1 ? 'one campaign' : `${outcome.manifest.campaigns.length} campaigns`}, as they were on ${outcome.manifest.madeAt}.`)
      print('Phones send again by themselves what they have and this backup has not. Who was erased, ended or revoked after the backup stays so, invites are good no more often than they were, and everybody has the role that they were given last, as far as erasures.log, ended.log and rights.log beside it say. Invites that were made since must be made again.')
      return Math.max(outcome.faults.length === 0 ? 0 : 1, tellOfFiles({ complain }, outcome.filesLeft))
    case 'no-backup':
      complain(`There is no verified backup in ${from}.`)
      return 1
    case 'not-empty':
      // With PostgreSQL an empty folder would not help.
      complain(context.config.databaseUrl === undefined
        ? `Nothing was restored: ${context.config.dataDir} already holds a campaign. Name an empty folder in TERRAIN_DATA, or move this one away.`
        : 'Nothing was restored: the database of DATABASE_URL already holds a campaign. Name an empty database there.')
      return 1
    case 'damaged':
      for (const fault of outcome.faults) complain(fault)
      complain(`Nothing was restored: ${outcome.path} does not hold. Name an earlier backup.`)
      return 1
    case 'newer':
      complain(`Nothing was restored: ${outcome.path} was made by a newer Terrain. Restore it with that one, and nothing is lost.`)
      if (outcome.ours !== null) complain(`The newest that this Terrain can read is ${outcome.ours}: named in --from, with --accept-loss, it is restored without what came since. Of that, phones send again what they have.`)
      return 1
    case 'files-missing':
      for (const fault of outcome.faults) complain(fault)
      complain('Nothing was restored: these files are missing from the backup. With --accept-loss the rest is restored.')
      return 1
    case 'promise-broken':
      complain(`Nothing was restored: phones were told that more is safe than ${outcome.path} holds, and may have let it go. Name a newer backup; with --accept-loss this one is restored all the same.`)
      return 1
  }
}
