import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { openContext } from '#server/open-context.ts'
import { readConfig } from '#server/config.ts'
import { ensureFirstCampaign } from '#server/first-campaign.ts'
import { createApp } from '#server/http/create-app.ts'
import { createLog } from '#server/log.ts'

/** The composition root of the server. */
async function main(): Promise<void> {
  const config = readConfig(process.env, process.cwd())
  if (!config.ok) {
    for (const sentence of config.problem) process.stderr.write(`${sentence}\n`)
    process.exitCode = 1
    return
  }
  const log = createLog(config.value.logLevel)
  const appDir = join(import.meta.dirname, '../../dist')
  const context = await openContext(config.value, { log, clock: { now: () => Date.now() }, chance: { bytes: (count) => randomBytes(count) }, appDir: existsSync(join(appDir, 'index.html')) ? appDir : null })
  const { app } = await createApp(context)
  await app.listen({ port: config.value.port, host: config.value.host })
  const invite = await ensureFirstCampaign(context)
  announce(config.value, invite)
  stopOnSignal(async () => {
    await app.close()
    await context.store.close()
  })
}

function announce(config: { readonly publicUrl: string; readonly host: string; readonly port: number }, invite: string | null): void {
  const lines = [
    `Terrain answers on ${config.publicUrl}`,
    config.host === '127.0.0.1' ? 'It listens on this machine only. Phones need https: see "For operators" in the README.' : `It listens on ${config.host}, port ${config.port}.`,
    invite === null ? 'A coordinator has joined already. For another link: npm run terrain -- invite --role coordinator' : `Join as the first coordinator: ${invite}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** What is in flight is finished; a second signal, or ten seconds, ends it at once. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      setTimeout(() => process.exit(1), 10_000).unref()
      stop().then(() => process.exit(0), () => process.exit(1))
    })
  }
}

await main()
