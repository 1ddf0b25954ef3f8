import { resolve } from 'node:path'
import process from 'node:process'
import { backUp } from '#server/backup/back-up.ts'
import { backupDirIn } from '#server/backup/backup-config.ts'
import { backupGround } from '#server/cli/backup-ground.ts'
import type { Command } from '#server/cli/command.ts'

/** `terrain backup`: beside a running server too. What it made has been loaded and verified before it says so. */
export const backupCommand: Command = {
  usage: '[--to DIR]',
  about: 'writes a verified backup to BACKUP_DIR or DIR; what is in it is safe for phones to let go',
  options: { to: { type: 'string' } },
  run: async ({ context, values, print, complain }) => {
    const { config } = context
    const root = typeof values['to'] === 'string' ? resolve(process.cwd(), values['to']) : (config.backup?.dir ?? backupDirIn(config.dataDir))
    const outcome = await backUp(backupGround(context), root)
    if (outcome.kind === 'busy') {
      complain('Another backup of this database is being made, or was ended a moment ago. Try again in a minute.')
      return 1
    }
    if (outcome.kind === 'unverified') {
      for (const fault of outcome.faults) complain(fault)
      complain(`The backup did not verify, and phones are promised nothing. It was put aside for you to look at: ${outcome.path}`)
      return 1
    }
    if (values['to'] === undefined && outcome.isAlone === true) complain(`No other backup stands in ${root}, though there were some before. If the disk that holds them is not mounted, mount it, and look into the folder beneath: what was made meanwhile stands there.`)
    const changes = outcome.manifest.rows['changes'] ?? 0
    print(outcome.kind === 'made' ? `Verified: ${changes} changes and ${outcome.manifest.rows['files'] ?? 0} files are in ${outcome.path}` : `Nothing has changed since ${outcome.path}`)
    return 0
  },
}
