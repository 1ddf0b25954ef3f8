import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CampaignId, ChangeId } from '#domain/ids.ts'
import { openDatabase, openSqliteStore } from '#server/store/sqlite/open-sqlite-store.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { ScriptDevice, systemDeps } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { ensureStrace, FailingServer } from '../../support/failing-disk.ts'
import type { DiskFault } from '../../support/failing-disk.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'
import { ServerProcess } from '../../support/server-process.ts'

const isDeep = process.env['TERRAIN_TEST'] === 'deep'
/** Where the disk begins to fail: every place of the first 200 when all are asked for, else places spread over them. */
const places = isDeep ? Array.from({ length: 200 }, (_, index) => index + 1) : [1, 3, 5, 8, 12, 17, 23, 30, 38, 47]
const faults: readonly DiskFault[] = places.flatMap((from): readonly DiskFault[] => [
  { calls: 'fsync,fdatasync', error: 'EIO', from },
  { calls: 'pwrite64', error: 'ENOSPC', from: from * 4 },
])

let healthy: ServerProcess
beforeAll(async () => {
  healthy = await ServerProcess.create(await mkdtemp(join(tmpdir(), 'terrain-disk-')))
})
afterAll(async () => {
  await healthy.kill()
  await rm(healthy.dataDir, { recursive: true, force: true })
})

it(`[SE17] a disk that fails in ${faults.length} different places makes the server refuse, never acknowledge falsely`, { timeout: faults.length * 30_000 }, async () => {
  const strace = await ensureStrace()
  await healthy.start()
  const device = await ScriptDevice.join(systemDeps(healthy.url), healthy.invite, { name: 'Ruth', language: 'en' })
  await healthy.kill('SIGTERM')

  const acknowledged = new Map<ChangeId, number>()
  const outcomes = { failed: 0, notStarted: 0 }
  let waiting = [device.change('record', { content: aChallenge() })]
  for (const fault of faults) {
    const server = await FailingServer.start(strace, { dataDir: healthy.dataDir, port: healthy.port, fault })
    let sent = 0
    // A failed disk fails for good; 300 commits pass every place that is named here.
    for (; sent < 300; sent += 1) {
      const results = await device.post(await device.requestFor(waiting, { after: 1_000_000_000 })).then((answer) => answer.results, () => null)
      if (results === null) break
      for (const { id, status, seq } of results) {
        expect(['stored', 'duplicate']).toContain(status)
        if (id !== null && seq !== undefined) acknowledged.set(id, seq)
      }
      await device.advance(waiting)
      waiting = [device.change('record', { content: aChallenge() })]
    }
    expect(sent, `the fault ${JSON.stringify(fault)} was never felt`).toBeLessThan(300)
    if (sent === 0) outcomes.notStarted += 1
    else outcomes.failed += 1
    await server.kill()
    expect(await lostAmong(acknowledged, device.joined.campaign.id)).toEqual([])
  }

  // The rest was felt at the start, which writes more the longer the log is: of all 400 places, 111 come later.
  expect(outcomes.failed).toBeGreaterThan(faults.length / 10)
  expect(acknowledged.size).toBeGreaterThan(outcomes.failed)
  // On a disk that works again the rest goes through, and the log is whole.
  await healthy.start()
  const last = await device.push(waiting, { after: 1_000_000_000 })
  expect(['stored', 'duplicate']).toContain(last.results[0]?.status)
  await healthy.kill('SIGTERM')
  const store = await openStore()
  expect(await verifyCampaign(store, device.joined.campaign.id)).toMatchObject({ missing: 0, quarantined: 0, faults: [] })
  await store.close()
})

const openStore = () => openSqliteStore({ path: join(healthy.dataDir, 'terrain.db'), clock: steppedClock(), chance: seededChance('after') })

/** What was acknowledged and is not in the log at the seq that was told; the database itself must be whole as well. */
async function lostAmong(acknowledged: ReadonlyMap<ChangeId, number>, campaign: CampaignId): Promise<readonly ChangeId[]> {
  const database = openDatabase(join(healthy.dataDir, 'terrain.db'))
  expect(Object.values(database.prepare('pragma integrity_check').get() ?? {})).toEqual(['ok'])
  database.close()
  const store = await openStore()
  const stored = new Map((await store.changes.scan(campaign, 0, 1_000_000)).map(({ id, seq }) => [id, seq] as const))
  await store.close()
  return [...acknowledged].filter(([id, seq]) => stored.get(id) !== seq).map(([id]) => id)
}
