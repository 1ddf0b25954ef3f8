import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sha256 } from '#domain/ids.ts'
import { createEntryId } from '#domain/new-ids.ts'
import { createBackupsApart } from '#server/backup/apart.ts'
import { backUp } from '#server/backup/back-up.ts'
import { keptBackups } from '#server/backup/folder.ts'
import { openBackup } from '#server/backup/opened.ts'
import { openedInert } from '#server/files/inert-shelf.ts'
import { sha256OfBytes } from '#server/files/verify-files.ts'
import type { BackupRow } from '#server/store/backup-store.ts'
import type { Store } from '#server/store/store.ts'
import { BackupServer } from '../../support/backup-server.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import type { DatabaseName } from '../../support/databases.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'

let server: BackupServer
let on: CampaignOnStore
let volunteer: SealingDevice
const startOn = async (database: DatabaseName): Promise<void> => {
  server = await BackupServer.start({ clock: steppedClock(), chance: seededChance('backup') }, database)
  on = await CampaignOnStore.create(server.context.store)
  volunteer = await on.join('volunteer')
  await volunteer.push(volunteer.record(), volunteer.record())
}
afterEach(() => server.close())

describe.each(databasesWhenDeep)('backing up from %s', (database) => {
  beforeEach(() => startOn(database))

  it('[BA3] what a verified backup holds is promised to be safe, by campaign, and nothing before', async () => {
    expect(await safeSeq()).toBe(0)
    expect(await server.backUp()).toMatchObject({ kind: 'made', manifest: { campaigns: [{ id: on.campaign.id, seq: 2, challengeRef: 2 }] } })
    expect(await safeSeq()).toBe(2)
    await volunteer.push(volunteer.record())
    expect(await safeSeq()).toBe(2)
    expect(JSON.parse(await readFile(join(server.root, 'safe-seq.json'), 'utf8'))).toMatchObject({ [on.campaign.id]: { safeSeq: 2 } })
    await server.backUp()
    expect(await safeSeq()).toBe(3)
    // An older answer, or one of another epoch, lowers and raises nothing.
    await server.context.store.backup.raiseSafeSeq(await server.context.store.epoch(), new Map([[on.campaign.id, 1]]))
    await server.context.store.backup.raiseSafeSeq('another', new Map([[on.campaign.id, 3]]))
    expect(await safeSeq()).toBe(3)
  })

  it('[BA4] a backup in which nothing is new is not made; one that was killed before its promise is promised then', async () => {
    const { upkeep } = server.context.store
    const times = [await upkeep.verifiedAt()]
    const first = await server.backUp()
    times.push(await upkeep.verifiedAt())
    const again = await server.backUp()
    times.push(await upkeep.verifiedAt())
    expect([again.kind, again.path]).toEqual(['unchanged', first.path])
    // Every process is told so, whichever made it.
    expect([times[0], times.map(String).toSorted(), new Set(times).size]).toEqual([null, [...times.slice(1), 'null'], 3])
    expect(await readdir(server.root)).toEqual([expect.stringMatching(/^20/), 'safe-seq.json'])
    const unpromised: Store = { ...server.context.store, backup: { ...server.context.store.backup, raiseSafeSeq: () => Promise.reject(new Error('killed')) } }
    await volunteer.push(volunteer.record())
    await expect(backUp({ ...server.backupGround, store: unpromised }, server.root)).rejects.toThrow('killed')
    expect(await safeSeq()).toBe(2)
    expect([(await server.backUp()).kind, await safeSeq()]).toEqual(['unchanged', 3])
  })

  it('[BA4] a file is copied once; one that has gone wrong in the backup is mended from the server', async () => {
    const sha256 = await aFile('photo')
    await server.backUp()
    const path = join(server.root, 'files', 'received', on.campaign.id, sha256.slice(0, 2), sha256)
    const { ino } = await stat(path)
    await volunteer.push(volunteer.record())
    await server.backUp()
    expect((await stat(path)).ino).toBe(ino)
    await writeFile(path, 'Photo')
    await volunteer.push(volunteer.record())
    expect([(await server.backUp()).kind, Buffer.from(openedInert('received', { sha256 }, await readFile(path))).toString()]).toEqual(['made', 'photo'])
  })

  it('[BA5] a torn or altered dump does not verify', async () => {
    const { path } = await server.backUp()
    const dump = join(path, 'dump.ndjson.gz')
    const whole = await readFile(dump)
    const lines = gunzipSync(whole).toString('utf8')
    const altered = [
      whole.subarray(0, whole.length - 30), Buffer.from(whole.map((byte, at) => (at === Math.floor(whole.length / 2) ? byte ^ 1 : byte))), gzipSync(lines.replace('"seq":2', '"seq":3')),
      gzipSync(lines.replace('recordedAt', 'recordedat')), gzipSync(lines.split('\n').filter((line) => !line.includes('"table":"links"')).join('\n')), gzipSync(''),
    ]
    for (const bytes of altered) {
      await writeFile(dump, bytes)
      const { faults, value } = await openBackup(path, server.backupGround.openScratch, () => Promise.resolve('used'))
      expect([faults.length > 0, value]).toEqual([true, null])
    }
    await writeFile(dump, whole)
    expect(await openBackup(path, server.backupGround.openScratch, () => Promise.resolve('used'))).toEqual({ faults: [], value: 'used' })
  })

  it.each<{ readonly name: string; readonly spoil: (row: BackupRow) => BackupRow | null }>([
    { name: 'a letter of a change', spoil: (row) => (row.table === 'changes' ? { ...row, row: { ...row.row, text: String(row.row['text']).replace('description', 'descriptian') } } : row) },
    { name: 'a change that is missing', spoil: (row) => (row.table === 'changes' && row.row['seq'] === 3 ? null : row) },
    { name: 'a link that is missing', spoil: (row) => (row.table === 'links' && row.row['device_seq'] === 2 ? null : row) },
    { name: 'a seal that is wrong', spoil: (row) => (row.table === 'seals' ? { ...row, row: { ...row.row, sig: 'A'.repeat(86) } } : row) },
  ])('[BA5] $name on its way into the backup: it is put aside, and nothing is promised', async ({ spoil }) => {
    await server.backUp()
    await volunteer.push(volunteer.record())
    const { store } = server.context
    async function* spoiled(rows: AsyncIterable<BackupRow>): AsyncGenerator<BackupRow> {
      for await (const row of rows) {
        const other = spoil(row)
        if (other !== null) yield other
      }
    }
    const leaky: Store = { ...store, backup: { ...store.backup, dump: (take) => store.backup.dump((rows) => take(spoiled(rows))) } }
    for (let time = 0; time < 2; time += 1) expect((await backUp({ ...server.backupGround, store: leaky }, server.root)).kind).toBe('unverified')
    expect([await safeSeq(), (await readdir(server.root)).filter((name) => name.endsWith('.unverified')).length]).toEqual([2, 1])
    expect([(await server.backUp()).kind, await safeSeq()]).toEqual(['made', 3])
  })

  it('[BA5] a file that the server itself has lost or altered stops the promise and names the file', async () => {
    const sha256 = await aFile('photo')
    const path = join(server.context.config.dataDir, 'files', 'received', on.campaign.id, sha256.slice(0, 2), sha256)
    await writeFile(path, 'Photo')
    expect(await server.backUp()).toMatchObject({ kind: 'unverified', faults: [expect.stringContaining(sha256)] })
    await rm(path)
    expect(await server.backUp()).toMatchObject({ kind: 'unverified', faults: [expect.stringContaining(sha256)] })
    expect(await safeSeq()).toBe(0)
    await writeFile(path, 'photo')
    expect([(await server.backUp()).kind, await safeSeq()]).toEqual(['made', 2])
  })

  it('[BA10] it is made in a process of its own beside the running server, and can be ended there', async () => {
    const entry = join(import.meta.dirname, '../../../src/server/cli/backup-process.ts')
    const apart = createBackupsApart(entry, { ...process.env, ...server.variables })
    expect(await apart.run()).toMatchObject({ kind: 'made', manifest: { campaigns: [{ seq: 2 }] } })
    expect(await safeSeq()).toBe(2)
    const ended = apart.run()
    apart.end()
    await expect(ended).rejects.toThrow('SIGTERM')
  })

  it('[BA36] the first one in a folder is told when others were made before, since the disk that has them may not be mounted', async () => {
    const isAlone = async () => {
      await volunteer.push(volunteer.record())
      const outcome = await server.backUp()
      return outcome.kind === 'made' ? (outcome.isAlone ?? false) : outcome.kind
    }
    expect([await isAlone(), await isAlone()]).toEqual([false, false])
    await rename(server.root, `${server.root}-elsewhere`)
    expect([await isAlone(), await isAlone()]).toEqual([true, false])
  })

  it('[BA11] of old backups one an hour is kept for a day, one a day for two weeks, and the last four in any case', () => {
    const now = Date.UTC(2026, 10, 24, 12, 5)
    const names = Array.from({ length: 40 * 24 * 4 }, (_, back) => new Date(now - back * 900_000).toISOString().replaceAll(/[:.]/g, '-')).toReversed()
    const kept = [...keptBackups(names, now)].toSorted()
    expect(kept).toHaveLength(24 + 12 + 2)
    expect([kept.at(-1), kept[0]]).toEqual([names.at(-1), '2026-11-11T23-50-00-000Z'])
    expect([...keptBackups(names.slice(0, 10), now)]).toHaveLength(4)
  })
})

async function safeSeq(): Promise<number> {
  return (await server.context.store.changes.pull({ campaignId: on.campaign.id, memberId: volunteer.person.member.id, see: 'own', after: 0, limit: 1 })).safeSeq
}

async function aFile(text: string): Promise<Sha256> {
  const bytes = Buffer.from(text)
  const place = { campaignId: on.campaign.id, sha256: sha256OfBytes(bytes) }
  await server.context.shelf.keepBytes('received', place, bytes)
  await server.context.store.files.put({ ...place, entryId: createEntryId(server.ground.clock, server.ground.chance), type: 'image/jpeg', bytes: bytes.length, uploadedBy: volunteer.person.member.id, storedAt: '2026-03-01T08:00:00.000Z' as never, shownSha256: null, original: 'kept' })
  return place.sha256
}
