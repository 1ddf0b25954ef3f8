import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { endedLog } from '#server/backup/ended-log.ts'
import { withErasureLog } from '#server/backup/erasure-log.ts'
import { receiveRun } from '#server/sync/receive-run.ts'
import { BackupServer } from '../../support/backup-server.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'

let server: BackupServer
let on: CampaignOnStore
let volunteer: SealingDevice
beforeEach(async () => {
  server = await BackupServer.start({ clock: steppedClock(), chance: seededChance('damaged logs') })
  on = await CampaignOnStore.create(server.context.store)
  volunteer = await on.join('volunteer')
  await receiveRun(server.context, { campaign: on.campaign, device: volunteer.person.device, carriedBy: volunteer.person.member.id }, volunteer.seal([volunteer.record()]))
  await server.backUp()
})
afterEach(() => server.close())

it('[BA981] a promise that is there and damaged is no promise of nothing: a restore is refused in words, and changes nothing', async () => {
  await server.lose()
  for (const text of ['', '{"', '\0'.repeat(90), '{"a":{"safeSeq":"1"}}']) {
    await writeFile(join(server.root, 'safe-seq.json'), text)
    await expect(server.restore()).rejects.toThrow('safe-seq.json is damaged')
    expect(await server.context.store.campaigns.list()).toEqual([])
  }
  expect(await server.restore(server.root, { acceptLoss: true })).toMatchObject({ kind: 'restored' })
})

it('[BA980] a line of erasures.log or ended.log that names what this Terrain does not know, or of which a letter is damaged, takes no campaign away', async () => {
  const about = { campaignId: on.campaign.id, at: '2026-11-30T08:00:00Z' }
  const lines = ['entryIe', 'memberIe', 'deviceIe'].map((key) => `${JSON.stringify({ ...about, [key]: volunteer.person.member.id })}\n`).join('')
  const [erasures, ended] = [join(server.root, 'erasures.log'), join(server.root, 'ended.log')]
  for (const path of [erasures, ended]) await writeFile(path, lines)
  const store = await withErasureLog(server.context.store, { path: erasures, beside: null })
  expect([await store.erasures.isCampaignErased(on.campaign.id), await endedLog.read(ended)]).toEqual([false, []])
  await server.lose()
  expect(await server.restore()).toMatchObject({ kind: 'restored', erased: 0 })
  expect((await server.context.store.changes.scan(on.campaign.id, 0, 500)).map(({ erasedAt }) => erasedAt)).toEqual([null])
  // One that says nothing else means it.
  for (const path of [erasures, ended]) await writeFile(path, `${JSON.stringify(about)}\n`)
  expect([await store.erasures.isCampaignErased(on.campaign.id), await endedLog.read(ended)]).toEqual([true, [about]])
})
