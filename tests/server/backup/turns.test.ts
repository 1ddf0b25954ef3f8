import { spawn } from 'node:child_process'
import { createEntryId } from '#domain/new-ids.ts'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backUp } from '#server/backup/back-up.ts'
import { carryFiles } from '#server/backup/carry-files.ts'
import { listBackups, shelfOf } from '#server/backup/folder.ts'
import { openBackup } from '#server/backup/opened.ts'
import { turnMs } from '#server/backup/turn.ts'
import { sha256OfBytes } from '#server/files/verify-files.ts'
import type { Store } from '#server/store/store.ts'
import { BackupServer } from '../../support/backup-server.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { databases } from '../../support/databases.ts'
import { seededChance } from '../../support/seeded.ts'

const kills = process.env['TERRAIN_TEST'] === 'deep' ? 60 : 4

describe.each(databases)('backups by several processes on %s', (database) => {
  let server: BackupServer
  let on: CampaignOnStore
  let volunteer: SealingDevice
  beforeEach(async () => {
    // Real time: the other processes know no other.
    server = await BackupServer.start({ clock: { now: () => Date.now() }, chance: seededChance('turns') }, database)
    on = await CampaignOnStore.create(server.context.store)
    volunteer = await on.join('volunteer')
    await volunteer.push(volunteer.record(), volunteer.record())
  })
  afterEach(() => server.close())

  it('[BA14] of those that begin at once one makes it, the others are told that it is being made', async () => {
    const { store } = server.context
    const others: string[] = []
    // While it is being made.
    const waitsForOthers: Store = { ...store, backup: { ...store.backup, dump: async (take) => {
      others.push(...(await Promise.all([server.backUp(), server.backUp()])).map(({ kind }) => kind))
      return store.backup.dump(take)
    } } }
    expect([(await backUp({ ...server.backupGround, store: waitsForOthers }, server.root)).kind, others]).toEqual(['made', ['busy', 'busy']])
    expect((await server.backUp()).kind).toBe('unchanged')
    await volunteer.push(volunteer.record())
    // One that comes when it is done finds nothing new.
    const kinds = (await Promise.all([1, 2, 3].map(() => server.backUp()))).map(({ kind }) => kind)
    expect([kinds.filter((kind) => kind === 'made').length, kinds.filter((kind) => kind !== 'made' && kind !== 'busy' && kind !== 'unchanged')]).toEqual([1, []])
  })

  it('[BA14] one that stood still until another had begun neither stays nor promises anything', async () => {
    const { store } = server.context
    const later = { now: () => Date.now() + turnMs + 1000 }
    const standsStill: Store = { ...store, backup: { ...store.backup, dump: async (take) => {
      const taken = await store.backup.dump(take)
      await volunteer.push(volunteer.record())
      expect((await backUp({ ...server.backupGround, clock: later }, server.root)).kind).toBe('made')
      // And a third one is at it now.
      await store.uploadLocks.take({ id: 'backup', owner: 'a third', now: later.now(), expiresAt: later.now() + turnMs, ask: false })
      return taken
    } } }
    await expect(backUp({ ...server.backupGround, store: standsStill }, server.root)).rejects.toThrow('another one has begun')
    expect([(await listBackups(server.root)).length, await safeSeq()]).toEqual([1, 3])
  })

  it('[BA14] a turn that a killed process left while its clock was a day ahead is taken over once that is set back; one of a minute is not', async () => {
    const take = (ahead: number) => server.context.store.uploadLocks.take({ id: 'backup', owner: 'killed', now: Date.now() + ahead, expiresAt: Date.now() + ahead + turnMs, ask: false })
    expect([await take(0), (await server.backUp()).kind]).toEqual([true, 'busy'])
    await server.damage('delete from upload_locks')
    expect([await take(24 * 3_600_000), (await server.backUp()).kind]).toEqual([true, 'made'])
  })

  it(`[BA15] killed ${kills} times at different moments: what has a name is whole with its files, and the next one works`, { timeout: 60_000 + kills * 20_000 }, async () => {
    let [inTheMiddle, made] = [0, 0]
    for (let kill = 0; kill < kills; kill += 1) {
      for (let file = 0; file < 3; file += 1) await aFile(`photo ${kill} ${file}`)
      await volunteer.push(...Array.from({ length: 40 }, () => volunteer.record()))
      // As if the minute were over in which the one before still has its turn.
      await server.damage('delete from upload_locks')
      const [before, namedBefore] = [await parts(), (await listBackups(server.root)).length]
      const hasBegun = async () => (await parts()).some((name) => !before.includes(name))
      const child = spawn(process.execPath, [join(import.meta.dirname, '../../../src/server/cli/backup-process.ts')], { env: { ...process.env, ...server.variables }, stdio: 'ignore' })
      const gone = once(child, 'exit')
      while (child.exitCode === null && !(await hasBegun())) await wait(1)
      await wait((kill * 29) % 170)
      child.kill('SIGKILL')
      await gone
      if (await hasBegun()) inTheMiddle += 1
      made += (await listBackups(server.root)).length - namedBefore
      let promised = 0
      for (const name of await listBackups(server.root)) {
        const { faults, value } = await openBackup(join(server.root, name), server.backupGround.openScratch, async ({ store, manifest }) => {
          promised = Math.max(promised, manifest.campaigns[0]?.seq ?? 0)
          return carryFiles({ store, from: shelfOf(join(server.root, 'nowhere')), to: shelfOf(server.root) }, on.campaign.id)
        })
        expect([faults, value]).toEqual([[], []])
      }
      expect(await safeSeq()).toBeLessThanOrEqual(promised)
    }
    // How many depends on how fast the machine is; that some were is what the rest stands on.
    expect(inTheMiddle).toBeGreaterThan(0)
    expect(made).toBeLessThan(kills)
    // The last one may have been whole before it was killed.
    await volunteer.push(volunteer.record())
    expect((await server.backUp()).kind).toBe('busy')
    const day = { now: () => Date.now() + 25 * 3_600_000 }
    expect((await backUp({ ...server.backupGround, clock: day }, server.root)).kind).toBe('made')
    expect([await safeSeq(), await parts()]).toEqual([await server.context.store.changes.headSeq(on.campaign.id), []])
  })

  it('[BA870] what a killed one has left goes when the next one begins, also where that one cannot be made', async () => {
    const left = join(server.root, '.part-killed', '.look-killed')
    await mkdir(left, { recursive: true })
    await writeFile(join(left, 'look.db'), 'a second copy of everything, on a disk that has no room for a third')
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    const store: Store = { ...server.context.store, backup: { ...server.context.store.backup, dump: () => Promise.reject(full) } }
    await expect(backUp({ ...server.backupGround, store }, server.root)).rejects.toBe(full)
    expect(await parts()).toEqual([])

    // The turn itself is written on a disk.
    await mkdir(left, { recursive: true })
    const uploadLocks: Store['uploadLocks'] = { ...store.uploadLocks, take: () => Promise.reject(full) }
    const [now, later] = [{ now: () => Date.now() }, { now: () => Date.now() + 2 * 3_600_000 }]
    await expect(backUp({ ...server.backupGround, store: { ...store, uploadLocks }, clock: now }, server.root)).rejects.toBe(full)
    expect(await parts()).toEqual(['.part-killed'])
    await expect(backUp({ ...server.backupGround, store: { ...store, uploadLocks }, clock: later }, server.root)).rejects.toBe(full)
    expect(await parts()).toEqual([])
  })

  const parts = async () => (await readdir(server.root).catch(() => [])).filter((name) => name.startsWith('.'))

  async function safeSeq(): Promise<number> {
    return (await server.context.store.changes.pull({ campaignId: on.campaign.id, memberId: volunteer.person.member.id, see: 'own', after: 0, limit: 1 })).safeSeq
  }

  async function aFile(text: string): Promise<void> {
    const bytes = Buffer.from(text)
    const place = { campaignId: on.campaign.id, sha256: sha256OfBytes(bytes) }
    await server.context.shelf.keepBytes('received', place, bytes)
    await server.context.store.files.put({ ...place, entryId: createEntryId(server.ground.clock, server.ground.chance), type: 'image/jpeg', bytes: bytes.length, uploadedBy: volunteer.person.member.id, storedAt: '2026-03-01T08:00:00.000Z' as never, shownSha256: null, original: 'kept' })
  }
})
