import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { listBackups } from '#server/backup/folder.ts'
import { ScriptDevice, systemDeps } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { createDatabase } from '../../support/postgres/database.ts'
import { ServerProcess } from '../../support/server-process.ts'

it('[BA10] two server processes on one PostgreSQL back up by themselves, one at a time, and phones learn what is safe', async () => {
  const database = await createDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'terrain-schedule-'))
  const backups = join(dataDir, 'backups')
  const variables = { DATABASE_URL: database.url, BACKUP_DIR: backups, BACKUP_EVERY: '15' }
  const servers = [await ServerProcess.create(dataDir, variables), await ServerProcess.create(dataDir, variables)]
  try {
    // Its invite is read before the second one makes another.
    const [one, two] = servers as [ServerProcess, ServerProcess]
    await one.start()
    const device = await ScriptDevice.join(systemDeps(one.url), one.invite, { name: 'Ruth', language: 'en' })
    const { results, safeSeq } = await device.push([device.change('record', { content: aChallenge() })], { after: 0 })
    expect([results[0]?.status, safeSeq]).toEqual(['stored', 0])
    while ((await listBackups(backups)).length === 0) await wait(20)
    await two.start()
    while ((await device.push([], { after: 0 })).safeSeq < 1) await wait(50)
    expect((await readdir(backups)).filter((name) => name.endsWith('.unverified'))).toEqual([])
    expect(await database.query('select safe_seq from counters')).toEqual([{ safe_seq: '1' }])
  } finally {
    await Promise.all(servers.map((server) => server.kill()))
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
})
