import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sha256 } from '#domain/ids.ts'
import { createEntryId } from '#domain/new-ids.ts'
import { refuseHalfRestored } from '#server/backup/half-restored.ts'
import { restore } from '#server/backup/restore.ts'
import { restoreCommand } from '#server/cli/restore-command.ts'
import { shelfOf } from '#server/backup/folder.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import { sha256OfBytes } from '#server/files/verify-files.ts'
import { BackupServer } from '../../support/backup-server.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'

/** By a power cut, for example: the machine starts again, and its services with it. */
describe.each(databasesWhenDeep)('a restore that was cut off, into %s', (database) => {
  let server: BackupServer
  let photos: readonly Sha256[]

  beforeEach(async () => {
    server = await BackupServer.start({ clock: steppedClock(), chance: seededChance('half') }, database)
    const on = await CampaignOnStore.create(server.context.store)
    const volunteer = await on.join('volunteer')
    await volunteer.push(volunteer.record())
    photos = await Promise.all(['one', 'two'].map(async (text) => {
      const bytes = Buffer.from(text)
      const file = { campaignId: on.campaign.id, sha256: sha256OfBytes(bytes), entryId: createEntryId(server.ground.clock, server.ground.chance), type: 'image/jpeg', bytes: bytes.length, uploadedBy: volunteer.person.member.id, storedAt: '2026-03-01T08:00:00.000Z' as never, shownSha256: null, original: 'kept' as const }
      await server.context.shelf.keepBytes('received', file, bytes)
      await server.context.store.files.put(file)
      return file.sha256
    }))
    await server.backUp()
    await server.lose()
  })
  afterEach(() => server.close())

  const mark = () => join(server.context.config.dataDir, 'restore-unfinished')
  const refused = () => refuseHalfRestored(server.context.store, server.context.config.dataDir)

  it('[BA790] is no empty server: none starts there before the restore is done, and it is begun again as ever', async () => {
    const { backupGround: ground, ground: { chance } } = server
    let kept = 0
    const shelf: typeof ground.shelf = { ...ground.shelf, keepBytes: (...file) => ((kept += 1) > 1 ? Promise.reject(new ShelfUnavailable('gone')) : ground.shelf.keepBytes(...file)) }
    await expect(restore({ ...ground, shelf, chance }, server.root, { acceptLoss: false })).rejects.toThrow('gone')
    const ended = await promisify(execFile)(process.execPath, ['src/server/main.ts'], { env: { ...process.env, ...server.variables, BACKUP_EVERY: '0', PORT: '0' } }).catch((error: unknown) => error)
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^A restore into .* is under way, or ended before it was done\. Run terrain restore there again/) as string })
    expect(await server.context.store.campaigns.list()).toEqual([])
    expect(await server.restore()).toMatchObject({ kind: 'restored', faults: [] })
    expect(existsSync(mark())).toBe(false)
    await expect(refused()).resolves.toBeUndefined()
  })

  it('[BA840] says so before it opens a database: cut off in its first moments it leaves none on which a server begins', async () => {
    const { dataDir } = server.context.config
    await restoreCommand.begin?.(server.context.config)
    await expect(refused()).rejects.toThrow('A restore into')
    const said: string[] = []
    const input = { context: server.context, positionals: [], print: (line: string) => void said.push(line), complain: (line: string) => void said.push(line) }
    // Refused before anything was brought.
    expect([await restoreCommand.run({ ...input, values: { from: join(dataDir, 'nowhere') } }), existsSync(mark())]).toEqual([1, false])
    await writeFile(mark(), 'Files were brought.\n')
    await restoreCommand.begin?.(server.context.config)
    expect([await restoreCommand.run({ ...input, values: {} }), existsSync(mark())]).toEqual([2, true])
    await restoreCommand.begin?.(server.context.config)
    expect([await restoreCommand.run({ ...input, values: { from: server.root } }), existsSync(mark())]).toEqual([0, false])
    expect(said).toHaveLength(4)
  })

  it('[BA840] that is killed as it opens folders and database leaves what it said', async () => {
    const [dataDir, hook] = [join(server.root, 'killed'), join(server.root, 'killed.mjs')]
    // As the power goes in the moment in which the folders are there.
    await writeFile(hook, `import { watch, mkdirSync } from 'node:fs'\nmkdirSync(${JSON.stringify(dataDir)})\nwatch(${JSON.stringify(dataDir)}, (_, name) => name === 'files' && process.kill(process.pid, 'SIGKILL')).unref()\n`)
    const ended = await promisify(execFile)(process.execPath, ['--import', hook, 'src/server/cli/main.ts', 'restore', '--from', server.root], { env: { ...process.env, ...server.variables, TERRAIN_DATA: dataDir } }).catch((error: unknown) => error)
    expect(ended).toMatchObject({ signal: 'SIGKILL' })
    expect(await readdir(dataDir)).toContain('restore-unfinished')
  })

  it('[BA790] nor is one of whose files some are missing', async () => {
    const place = { campaignId: (await readdir(join(server.root, 'files', 'received')))[0] as never, sha256: photos[0] as Sha256 }
    const bytes = await shelfOf(server.root).read('received', place)
    await shelfOf(server.root).remove('received', place)
    expect(await server.restore()).toMatchObject({ kind: 'files-missing' })
    await expect(refused()).rejects.toThrow('A restore into')
    await shelfOf(server.root).keepBytes('received', place, bytes ?? new Uint8Array())
    expect(await server.restore()).toMatchObject({ kind: 'restored' })
    await expect(refused()).resolves.toBeUndefined()
  })

  it('[BA790] that had come to its end but for the tidying is tidied by the next start: no copy of the words stays beside the database', async () => {
    const { dataDir } = server.context.config
    expect(await server.restore()).toMatchObject({ kind: 'restored' })
    await mkdir(join(dataDir, '.look-killed'))
    await writeFile(mark(), '')
    await refused()
    expect((await readdir(dataDir)).filter((name) => name.startsWith('.look-') || name.startsWith('restore'))).toEqual([])
  })
})
