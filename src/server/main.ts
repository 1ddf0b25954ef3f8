import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { adviceOn } from '#server/advice.ts'
import { createBackupsApart } from '#server/backup/apart.ts'
import { isInside } from '#server/backup/backup-config.ts'
import { refuseHalfRestored } from '#server/backup/half-restored.ts'
import { startBackups } from '#server/backup/schedule.ts'
import type { BackupSchedule, BackupStatus } from '#server/backup/schedule.ts'
import { promisesAtStart, refuseSetBack } from '#server/backup/set-back.ts'
import { openContext } from '#server/open-context.ts'
import type { ServerContext } from '#server/context.ts'
import { readConfig } from '#server/config.ts'
import type { Config } from '#server/config.ts'
import { ensureFirstCampaign } from '#server/first-campaign.ts'
import { createApp } from '#server/http/create-app.ts'
import { startRetention } from '#server/jobs/retention.ts'
import { createLog } from '#server/log.ts'
import { parseEarly } from '#server/parse-early.ts'

parseEarly()

/** The composition root of the server. */
async function main(): Promise<void> {
  const [word] = process.argv.slice(2)
  if (word !== undefined) {
    process.stderr.write(`"${word}" says nothing to the server, and it was not started: its settings are environment variables (PORT=8081 npm start). The README names them under "For operators".\n`)
    process.exitCode = 1
    return
  }
  const config = readConfig(process.env, process.cwd())
  if (!config.ok) {
    for (const sentence of config.problem) process.stderr.write(`${sentence}\n`)
    process.exitCode = 1
    return
  }
  try {
    await serve(config.value)
  } catch (error) {
    const advice = adviceOn(error, config.value)
    if (advice === null) throw error
    process.stderr.write(`${advice}\n`)
    process.exit(1)
  }
}

async function serve(config: Config): Promise<void> {
  const log = createLog(config.logLevel)
  const appDir = join(import.meta.dirname, '../../dist')
  const opened = await openContext(config, { log, clock: { now: () => Date.now() }, chance: { bytes: (count) => randomBytes(count) }, appDir: existsSync(join(appDir, 'index.html')) ? appDir : null })
  await refuseHalfRestored(opened.store, config.dataDir)
  await refuseSetBack(opened.store, await promisesAtStart(config, log))
  let backups: BackupSchedule | null = null
  const backupStatus = () => backups?.status() ?? { verifiedAt: null, failing: false }
  const ending = { begun: false }
  const isStopping = () => ending.begun
  const watched = await watch(opened, { backupStatus, isStopping })
  const context = { ...watched.context, backupStatus, isStopping }
  const { app } = await createApp(context)
  await app.listen({ port: config.port, host: config.host })
  const invite = await ensureFirstCampaign(context)
  backups = startBackupsOf(context)
  const stopRetention = startRetention(context, afterUnheld)
  announce(config, invite)
  // A server runs until somebody ends it, at once perhaps: what it has compiled is kept for the next one now.
  flushCompileCache()
  stopOnSignal(async (signal) => {
    ending.begun = true
    log.info({ signal }, 'it ends: what has come is finished')
    // Nobody stands behind Ctrl-C who would have to notice.
    if (signal === 'SIGTERM') await wait(config.shutdownDelayMs ?? 0)
    await app.close()
    await stopRetention()
    await backups?.stop()
    await watched.close()
    await context.store.close()
  }, config.shutdownDelayMs ?? 0)
}

/** Where somebody may ask how it does, the store is timed; else nothing is counted, nor loaded that would count. */
async function watch(context: ServerContext, told: { readonly backupStatus: () => BackupStatus; readonly isStopping: () => boolean }): Promise<{ readonly context: ServerContext; readonly close: () => Promise<void> }> {
  const { config, store, uploadDir } = context
  if (config.metrics === undefined || config.metrics === null) return { context, close: () => Promise.resolve() }
  const [{ measuredStore }, { serveMetrics }, { createMetrics }] = await Promise.all([import('#server/metrics/measured-store.ts'), import('#server/metrics/metrics-server.ts'), import('#server/metrics/metrics.ts')])
  const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8')) as { readonly version: string }
  const folders = { data: config.dataDir, uploads: uploadDir, ...(config.backup === undefined ? {} : { backups: config.backup.dir }) }
  const metrics = createMetrics({ store, uploadDir, folders, version, ...told, backupEveryMs: config.backup?.everyMs ?? null, database: config.databaseUrl === undefined ? 'sqlite' : 'postgres'})
  const { port, close } = await serveMetrics(config.metrics, metrics)
  context.log.info({ host: config.metrics.host, port }, 'metrics are told here')
  return { context: { ...context, store: measuredStore(store, metrics), metrics }, close }
}

function startBackupsOf(context: ServerContext): BackupSchedule | null {
  const { config: { backup, dataDir }, clock, log } = context
  if (backup === undefined || backup.everyMs === null) {
    log.info({}, 'BACKUP_EVERY is 0: nothing is backed up unless somebody calls "terrain backup", and phones are promised nothing')
    return null
  }
  if (isInside(dataDir, backup.dir)) log.info({ dir: backup.dir }, 'backups lie in the data folder: what destroys one destroys both. Set BACKUP_DIR to another disk.')
  const { run, end } = createBackupsApart(join(import.meta.dirname, 'cli/backup-process.ts'), process.env)
  return startBackups({ after: afterUnheld, everyMs: backup.everyMs, clock, log, run, end })
}

/** A timer that keeps no process alive. */
function afterUnheld(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms).unref()
  return () => clearTimeout(timer)
}

function announce(config: { readonly publicUrl: string; readonly host: string; readonly port: number }, invite: string | null): void {
  const lines = [
    `Terrain answers on ${config.publicUrl}`,
    config.host === '127.0.0.1' ? 'It listens on this machine only. Phones need https: see "For operators" in the README.' : `It listens on ${config.host}, port ${config.port}.`,
    invite === null ? 'A coordinator has joined already. For another link: npm run terrain -- invite --role coordinator' : `Join as the first coordinator: ${invite}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** What lasts longer than this was not going to end. */
const patienceMs = 20_000

/** What is in flight is finished; a second signal ends it at once, and so does the end of our patience. */
function stopOnSignal(stop: (signal: NodeJS.Signals) => Promise<void>, delayMs: number): void {
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      setTimeout(() => process.exit(1), delayMs + patienceMs).unref()
      stop(signal).then(() => process.exit(0), () => process.exit(1))
    })
  }
}

/** What nobody caught is told as an error of the log, which quotes nothing; Node itself would print all that the error holds. */
process.on('uncaughtException', (error) => {
  createLog('error').error({ err: error }, 'the server ended by a fault of its own')
  process.exit(1)
})

await main()
