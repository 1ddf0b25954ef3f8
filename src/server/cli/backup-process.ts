import { randomBytes } from 'node:crypto'
import { setPriority } from 'node:os'
import process from 'node:process'
import { backUp } from '#server/backup/back-up.ts'
import { backupGround } from '#server/cli/backup-ground.ts'
import { readConfig } from '#server/config.ts'
import { createLog } from '#server/log.ts'
import { openContext } from '#server/open-context.ts'
import { parseEarly } from '#server/parse-early.ts'

const lowPriority = 10

parseEarly()

/** What the running server starts for each backup (`backup/apart.ts`), with its own environment. */
async function main(): Promise<void> {
  setPriority(lowPriority)
  const config = readConfig(process.env, process.cwd())
  if (!config.ok || config.value.backup === undefined) throw new Error('the environment is not the one of the server')
  const context = await openContext(config.value, { log: createLog('error'), clock: { now: () => Date.now() }, chance: { bytes: (count) => randomBytes(count) }, appDir: null })
  try {
    const outcome = await backUp(backupGround(context), config.value.backup.dir)
    if (process.connected) process.send?.(outcome)
  } finally {
    await context.store.close()
  }
  // The server may have been killed meanwhile: what was made is good all the same.
  if (process.connected) process.disconnect()
}

try {
  await main()
} catch (error) {
  // The process that started it has the same standard output, and so the same log.
  createLog('error').error({ err: error }, 'the backup process ended')
  process.exit(1)
}
