import { execFile, execFileSync } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { backUp } from '#server/backup/back-up.ts'
import { readPromises, writePromises } from '#server/backup/promises.ts'
import { promisesAtStart, refuseSetBack } from '#server/backup/set-back.ts'
import { backupGround } from '#server/cli/backup-ground.ts'
import { createLog } from '#server/log.ts'
import { ScriptDevice, systemDeps } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { ServerProcess } from '../../support/server-process.ts'
import { startTestServer } from '../../support/test-server.ts'

it.each(databases)('[BA24] a database with less than was promised is refused, one of another epoch or with more is not, on %s', async (database) => {
  const server = await startTestServer({ database })
  const { context, campaign } = server
  const backups = join(context.config.dataDir, 'backups')
  const refused = async () => refuseSetBack(context.store, await promisesAtStart({ ...context.config, backup: { dir: backups, everyMs: null } }, context.log))
  const awa = await server.join('volunteer')
  await awa.push([awa.change('record', { content: aChallenge() })])
  await expect(refused()).resolves.toBeUndefined()

  const outcome = await backUp(backupGround(context), backups)
  if (outcome.kind !== 'made') throw new Error(outcome.kind)
  await expect(refused()).resolves.toBeUndefined()
  await awa.push([awa.change('record', { content: aChallenge() })])
  await expect(refused()).resolves.toBeUndefined()

  const { manifest } = outcome
  const further = { ...manifest, campaigns: manifest.campaigns.map((reach) => ({ ...reach, seq: reach.id === campaign.id ? 7 : reach.seq })) }
  await writePromises([context.config.dataDir], further)
  await expect(refused()).rejects.toThrow('The database of "Solidarity Network" ends at change 2, and phones were told that all up to change 7 are safe')
  await expect(backUp(backupGround(context), backups)).rejects.toThrow('an older copy')
  await writePromises([context.config.dataDir], { ...further, epoch: '0190a0b0-0000-7000-8000-00000000eeee' })
  await expect(refused()).resolves.toBeUndefined()
  await server.close()
})

it('[BA24] a disk of backups that is away, or does not answer, keeps no server from starting, and is told', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'terrain-away-'))
  const away = join(dataDir, 'away')
  // As of a folder that may not be read, also for root.
  await mkdir(join(away, 'safe-seq.json'), { recursive: true })
  const told: string[] = []
  const log = { ...createLog('silent'), error: (_details: unknown, message: string) => void told.push(message) }
  const config = { port: 0, host: '127.0.0.1', dataDir, publicUrl: 'http://localhost', logLevel: 'silent' as const, backup: { dir: away, everyMs: null } }
  expect(await promisesAtStart(config, log)).toEqual([{}, {}])
  await rm(join(away, 'safe-seq.json'), { recursive: true })
  execFileSync('mkfifo', [join(away, 'safe-seq.json')])
  expect(await promisesAtStart(config, log)).toEqual([{}, {}])
  expect(told).toHaveLength(2)
  // Whoever waits for it goes on.
  execFileSync('sh', ['-c', ': > "$1"', 'sh', join(away, 'safe-seq.json')])
  await rm(dataDir, { recursive: true, force: true })
})

it('[BA24] [BA841] a server does not start on a copy of its file from before the last backup, nor on an empty database beside it, and on a restored one it does', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'terrain-set-back-'))
  const [file, older, backups] = [join(dataDir, 'terrain.db'), join(dataDir, 'older.db'), join(dataDir, 'backups')]
  const variables = { BACKUP_DIR: backups }
  const server = await ServerProcess.create(dataDir, variables)
  const run = (program: string, ...args: readonly string[]) => promisify(execFile)(process.execPath, [program, ...args], { env: { ...process.env, ...variables, TERRAIN_DATA: dataDir, BACKUP_EVERY: '0', PORT: '0' } })
  try {
    await server.start()
    const device = await ScriptDevice.join(systemDeps(server.url), server.invite, { name: 'Ruth', language: 'en' })
    await device.push([device.change('record', { content: aChallenge() })])
    await server.kill('SIGTERM')
    await copyFile(file, older)

    await server.start()
    await device.push([device.change('record', { content: aChallenge({ description: 'Written after the copy.' }) })])
    await server.kill('SIGTERM')
    await run('src/server/cli/main.ts', 'backup')
    await copyFile(older, file)
    const refused = await run('src/server/main.ts').catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^The database of ".*" ends at change 1, and phones were told that all up to change 2 are safe: .*\n$/) as string })

    // As a disk that is not mounted leaves the folder in which it should be.
    const elsewhere = join(dataDir, 'elsewhere')
    for (const [program, ...args] of [['src/server/main.ts'], ['src/server/cli/main.ts', 'backup']] as const) {
      const begun = await promisify(execFile)(process.execPath, [program, ...args], { env: { ...process.env, ...variables, TERRAIN_DATA: elsewhere, BACKUP_EVERY: '0', PORT: '0' } }).catch((error: unknown) => error)
      expect(begun).toMatchObject({ stdout: '', stderr: expect.stringMatching(/^The database is empty, and phones were told that what they sent is safe\. .*\n$/) as string })
    }
    expect(Object.values(await readPromises(backups))).toMatchObject([{ safeSeq: 2 }])

    await rm(file)
    await run('src/server/cli/main.ts', 'restore', '--from', backups)
    expect((await run('src/server/cli/main.ts', 'verify')).stdout).toContain('holds')
    await server.start()
    await server.kill('SIGTERM')
  } finally {
    await server.kill()
    await rm(dataDir, { recursive: true, force: true })
  }
})
