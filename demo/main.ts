import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { adviceOn } from '#server/advice.ts'
import { createInvite } from '#server/auth/invites.ts'
import { readConfig } from '#server/config.ts'
import type { Config } from '#server/config.ts'
import { createCampaign } from '#server/first-campaign.ts'
import { locales } from '#i18n/locale.ts'
import { createApp } from '#server/http/create-app.ts'
import { createLog } from '#server/log.ts'
import { openContext } from '#server/open-context.ts'
import { fillCampaign } from './fill-campaign.ts'

/** `npm run demo`: the server on a scratch database, filled from the excerpts by script devices over the protocol. */
async function main(): Promise<void> {
  const dataDir = process.env['TERRAIN_DATA'] ?? (await mkdtemp(join(tmpdir(), 'terrain-demo-')))
  const config = readConfig({ ...process.env, TERRAIN_DATA: dataDir, LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error' }, process.cwd())
  if (!config.ok) return giveUp(config.problem.join('\n'))
  try {
    await serve(config.value)
  } catch (error) {
    const advice = adviceOn(error, config.value)
    if (advice === null) throw error
    giveUp(advice)
  }
}

function giveUp(sentences: string): never {
  process.stderr.write(`${sentences}\n`)
  process.exit(1)
}

async function serve(config: Config): Promise<void> {
  const appDir = join(import.meta.dirname, '../dist')
  const context = await openContext(config, { log: createLog(config.logLevel), clock: { now: () => Date.now() }, chance: { bytes: (count) => randomBytes(count) }, appDir: existsSync(join(appDir, 'index.html')) ? appDir : null })
  const campaign = await createCampaign(context, { name: 'Solidarity Network', countries: ['HTI', 'LBN', 'JOR', 'ETH'], languages: [...locales] })
  const { app } = await createApp(context)
  await app.listen({ port: config.port, host: config.host })
  const invite = async (role: 'volunteer' | 'coordinator', uses: number) => (await createInvite(context, { campaignId: campaign.id, role, uses, days: 30, note: 'demonstration', createdBy: null })).url
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  const counts = await fillCampaign(`http://127.0.0.1:${port}`, invite)
  process.stdout.write([
    `The demonstration is filled: ${counts.challenges} challenges, ${counts.actions} actions, ${counts.approved} approved, ${counts.asked} with a question.`,
    'Rows: R. Munro (2012), disaster_response_messages, CC BY 4.0; UNHCR 3W 2014, HXLStandard/hxl-showcase, Unlicense.',
    `Data folder, yours to delete: ${config.dataDir}`,
    `Terrain answers on ${config.publicUrl}`,
    `The report on it: ${config.publicUrl}${new URL(counts.report).pathname}`,
    `Join as a volunteer: ${await invite('volunteer', 100)}`,
    `Join as a coordinator: ${await invite('coordinator', 20)}`,
    '',
  ].join('\n'))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void app.close().then(() => context.store.close()).then(() => process.exit(0)))
}

await main()
