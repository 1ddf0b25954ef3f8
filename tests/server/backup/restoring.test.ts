import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import { createEntryId } from '#domain/new-ids.ts'
import { changeText, linkText } from '#protocol/chain.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { backUp } from '#server/backup/back-up.ts'
import { withErasureLog } from '#server/backup/erasure-log.ts'
import { writePromises } from '#server/backup/promises.ts'
import { restore } from '#server/backup/restore.ts'
import { sha256OfBytes, verifyFiles } from '#server/files/verify-files.ts'
import { quarantineBytes } from '#server/sync/quarantine-bytes.ts'
import { receiveRun } from '#server/sync/receive-run.ts'
import { answerSync } from '#server/sync/sync.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { BackupServer } from '../../support/backup-server.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import type { DatabaseName } from '../../support/databases.ts'
import { aChallenge } from '../../support/contents.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'

let server: BackupServer
let on: CampaignOnStore
let volunteer: SealingDevice
const startOn = async (database: DatabaseName): Promise<void> => {
  server = await BackupServer.start({ clock: steppedClock(), chance: seededChance('restore') }, database)
  on = await CampaignOnStore.create(server.context.store)
  volunteer = await on.join('volunteer')
  await push(volunteer.record(), volunteer.record())
}
afterEach(() => server.close())

describe.each(databasesWhenDeep)('restoring into %s', (database) => {
  beforeEach(() => startOn(database))

  it('[BA6] begins a new epoch, in which each former one is told up to where it is the same', async () => {
    const first = await server.context.store.epoch()
    await server.backUp()
    await push(volunteer.record())
    await server.lose()
    const restored = await server.restore()
    expect(restored).toMatchObject({ kind: 'restored', faults: [] })
    const second = await server.context.store.epoch()
    expect(second).not.toBe(first)
    // Another change takes number 3, and numbers go on; a phone of the first epoch must not take them for those it knows.
    await push(volunteer.record(), volunteer.record(), volunteer.record())
    expect(await restoredSeq(first)).toBe(2)
    expect([await restoredSeq('never'), await headSeq()]).toEqual([0, 5])
    await server.backUp()
    await server.lose()
    await server.restore()
    expect([await restoredSeq(first), await restoredSeq(second)]).toEqual([2, 5])
    expect(await verifyCampaign(server.context.store, on.campaign.id)).toMatchObject({ changes: 5, faults: [] })
  })

  it('[BA6] a phone of a former epoch is told that seq, not how far the server has come since', async () => {
    const request = await volunteer.request()
    await server.backUp()
    await server.lose()
    await server.restore()
    await push(volunteer.record(), volunteer.record())
    const answer = await answerSync(server.context, { ...volunteer.actor, epoch: await server.context.store.epoch() }, request)
    expect(answer).toEqual({ ok: false, problem: { epoch: await server.context.store.epoch(), restoredSeq: 2 } })
  })

  it('[BA7] a ref that was given before, also after the backup, is not given again', async () => {
    await server.backUp()
    const lost = await push(volunteer.record())
    await server.lose()
    await server.restore()
    const after = await push(volunteer.record())
    expect([lost.results[0]?.ref, after.results[0]?.ref]).toEqual(['C-000003', 'C-001003'])
  })

  it('[BA8] what was erased after the backup is erased in what is restored', async () => {
    const record = volunteer.record(aChallenge({ description: 'Her name must not be read again.' }))
    await push(record)
    await server.backUp()
    await push(volunteer.change('erase', { reason: 'withdrawn' }, { entryId: record.entryId, base: record.id }))
    const log = await readFile(join(server.context.config.dataDir, 'erasures.log'), 'utf8')
    expect([log.includes(record.entryId), log.includes('name')]).toEqual([true, false])
    // The copy beside the backups survives the machine.
    expect((await readFile(join(server.root, 'erasures.log'), 'utf8')).includes(record.entryId)).toBe(true)
    await server.lose()
    expect(await server.restore()).toMatchObject({ kind: 'restored', erased: 1 })
    const rows = await server.context.store.changes.ofEntry(on.campaign.id, record.entryId)
    expect(rows.map(({ text, erasedAt }) => [text, erasedAt !== null])).toEqual([['', true]])
    expect(await server.context.store.entries.row(on.campaign.id, record.entryId)).toBeNull()
    expect(await readFile(join(server.context.config.dataDir, 'erasures.log'), 'utf8')).toContain(record.entryId)
    expect(await push(record)).toMatchObject({ results: [{ status: 'erased' }] })
    expect((await verifyCampaign(server.context.store, on.campaign.id)).faults).toEqual([])
  })

  it('[BA8] an entry that the backup never had and that was erased since does not come back from the phone that wrote it', async () => {
    await server.backUp()
    const [record, other] = [volunteer.record(), volunteer.record()]
    const run = volunteer.seal([record, other])
    await volunteer.send(run, server.context.store)
    await push(volunteer.change('erase', { reason: 'withdrawn' }, { entryId: record.entryId, base: record.id }))
    await server.lose()
    expect(await server.restore()).toMatchObject({ kind: 'restored', erased: 1 })
    // As the process that is started now reads it.
    const store = await withErasureLog(server.context.store, { path: join(server.context.config.dataDir, 'erasures.log'), beside: server.root })
    const sent = await volunteer.send(run, store)
    expect(sent.results.map(({ status }) => status)).toEqual(['erased', 'stored'])
    const rows = await store.changes.ofEntry(on.campaign.id, record.entryId)
    expect(rows.map(({ text, erasedAt }) => [text, erasedAt !== null])).toEqual([['', true]])
    expect(await store.entries.row(on.campaign.id, record.entryId)).toBeNull()
    expect(await verifyCampaign(store, on.campaign.id)).toMatchObject({ faults: [], erased: 1 })
    expect(await store.entries.rebuild(on.campaign.id)).toMatchObject({ differing: [] })
  })

  // Seed 22178: something on the way refused the change, so it was handed over as bytes.
  it('[BA8] nor by the way of what is handed over as bytes; its place is not called missing, and nothing is left to be released', async () => {
    await server.backUp()
    const [record, other] = [volunteer.record(aChallenge({ description: 'Her name must not be read again.' })), volunteer.record()]
    const run = volunteer.seal([record, other])
    await volunteer.send(run, server.context.store)
    await push(volunteer.change('erase', { reason: 'withdrawn' }, { entryId: record.entryId, base: record.id }))
    await server.lose()
    await server.restore()
    const store = await withErasureLog(server.context.store, { path: join(server.context.config.dataDir, 'erasures.log'), beside: server.root })
    const { device } = volunteer.person
    const handOver = async () => quarantineBytes({ store, clock: server.context.clock }, volunteer.actor, { epoch: await store.epoch(), campaignId: on.campaign.id, deviceId: device.id, id: record.id, bytes: Buffer.from(JSON.stringify(record)).toString('base64') })
    for (const told of [await handOver(), await handOver()]) expect(told.results).toMatchObject([{ id: record.id, status: 'erased', seq: 3 }])
    const place = { campaignId: on.campaign.id, deviceId: device.id }
    await volunteer.send({ ...run, prevHash: sha256Of(linkText(place, { deviceSeq: record.deviceSeq, changeHash: sha256Of(changeText(record)), prevHash: run.prevHash })), changes: [other] }, store)
    expect((await store.changes.chain(place.campaignId, place.deviceId)).missing).toEqual([])
    expect((await store.changes.ofEntry(on.campaign.id, record.entryId)).map(({ text, erasedAt }) => [text, erasedAt !== null])).toEqual([['', true]])
    expect(await verifyCampaign(store, on.campaign.id)).toMatchObject({ faults: [], erased: 1 })
    expect(await store.entries.rebuild(on.campaign.id)).toMatchObject({ differing: [] })
  })

  it('[BA8] while the disk of the backups is away an erasure is taken all the same, and the next backup notes it there', async () => {
    const record = volunteer.record()
    await push(record)
    await rename(server.root, `${server.root}-away`).catch(() => undefined)
    expect(await push(volunteer.change('erase', { reason: 'withdrawn' }, { entryId: record.entryId, base: record.id }))).toMatchObject({ results: [{ status: 'stored' }] })
    expect(existsSync(server.root)).toBe(false)
    await server.backUp()
    expect(await readFile(join(server.root, 'erasures.log'), 'utf8')).toContain(record.entryId)
  })

  it('[BA8] what another machine on the same database has erased is known beside the backups from the next one on, also when an older one is restored', async () => {
    const record = volunteer.record(aChallenge({ description: 'Her name must not be read again.' }))
    await push(record)
    const older = await server.backUp()
    await push(volunteer.change('erase', { reason: 'withdrawn' }, { entryId: record.entryId, base: record.id }))
    await rm(join(server.context.config.dataDir, 'erasures.log'))
    await rm(join(server.root, 'erasures.log'))
    await server.backUp()
    await server.lose()
    expect(await server.restore(older.path, { acceptLoss: true })).toMatchObject({ kind: 'restored', erased: 1 })
    expect((await server.context.store.changes.ofEntry(on.campaign.id, record.entryId)).map(({ text }) => text)).toEqual([''])
  })

  it('[BA9] a server that holds a campaign is not overwritten, and a folder without a backup is none', async () => {
    await server.backUp()
    expect(await server.restore()).toEqual({ kind: 'not-empty' })
    await server.lose()
    expect(await server.restore(join(server.root, 'elsewhere'))).toEqual({ kind: 'no-backup' })
  })

  it('[BA9] a damaged dump is refused, with whatever option, and leaves the server empty', async () => {
    const { path } = await server.backUp()
    const dump = join(path, 'dump.ndjson.gz')
    await writeFile(dump, (await readFile(dump)).subarray(0, -20))
    await server.lose()
    expect(await server.restore(path, { acceptLoss: true })).toMatchObject({ kind: 'damaged' })
    expect(await server.context.store.campaigns.list()).toEqual([])
  })

  it('[BA9] a backup that holds less than was promised is refused unless the loss is accepted', async () => {
    const older = await server.backUp()
    await push(volunteer.record())
    await server.backUp()
    await server.lose()
    expect(await server.restore(older.path)).toMatchObject({ kind: 'promise-broken', campaigns: [on.campaign.id] })
    expect(await server.context.store.campaigns.list()).toEqual([])
    expect(await server.restore(older.path, { acceptLoss: true })).toMatchObject({ kind: 'restored' })
    expect(await headSeq()).toBe(2)
  })

  it('[BA760] one of a newer Terrain is refused as that and not as damaged, and the newest that this one can read is named', async () => {
    const ours = await server.backUp()
    await push(volunteer.record())
    const newer = await server.backUp()
    if (ours.kind !== 'made' || newer.kind !== 'made') throw new Error(newer.kind)
    await writeFile(join(newer.path, 'manifest.json'), JSON.stringify({ ...newer.manifest, schema: [...newer.manifest.schema, '9999-newer'] }))
    await server.lose()
    expect(await server.restore()).toEqual({ kind: 'newer', path: newer.path, ours: ours.path })
    expect(await server.restore(newer.path, { acceptLoss: true })).toEqual({ kind: 'newer', path: newer.path, ours: null })
    expect(await server.context.store.campaigns.list()).toEqual([])
    expect(await server.restore(ours.path, { acceptLoss: true })).toMatchObject({ kind: 'restored' })
  })
  it('[BA9] of a folder the newest that holds what was promised is taken, also when a clock that went ahead for a day has called an older one newer', async () => {
    const older = await server.backUp()
    await rename(older.path, join(server.root, '2099-01-01T08-00-00-000Z'))
    await push(volunteer.record())
    const newer = await server.backUp()
    expect(await server.backUp()).toMatchObject({ kind: 'unchanged', path: newer.path })
    await server.lose()
    expect(await server.restore()).toMatchObject({ kind: 'restored', path: newer.path })
    expect(await headSeq()).toBe(3)
  })

  it('[BA35] a disk that is full while a backup is looked at is told as that, and neither a backup that is made nor one that is restored is called damaged for it', async () => {
    const ground = server.backupGround
    const full = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 })
    const openScratch: typeof ground.openScratch = async (path) => {
      const store = await ground.openScratch(path)
      return { ...store, backup: { ...store.backup, load: () => Promise.reject(full) } }
    }
    await expect(backUp({ ...ground, openScratch }, server.root)).rejects.toBe(full)
    expect((await readdir(server.root)).filter((name) => /^\d|^\./.test(name))).toEqual([])
    await server.backUp()
    await server.lose()
    await expect(restore({ ...server.backupGround, openScratch, chance: server.ground.chance }, server.root, { acceptLoss: false })).rejects.toBe(full)
    expect(await server.restore()).toMatchObject({ kind: 'restored' })
  })

  it('[BA9] nothing is written to the backup that is restored, and what a killed restore left in the data folder goes with the next one', async () => {
    const { path } = await server.backUp()
    await server.lose()
    const [{ dataDir }, before] = [server.context.config, await readdir(path)]
    await mkdir(join(dataDir, '.look-killed'))
    const ground = server.backupGround
    const looks: string[] = []
    const openScratch: typeof ground.openScratch = (at) => {
      looks.push(dirname(dirname(at)))
      return ground.openScratch(at)
    }
    expect(await restore({ ...ground, openScratch, chance: server.ground.chance }, server.root, { acceptLoss: false })).toMatchObject({ kind: 'restored' })
    expect([looks, await readdir(path), (await readdir(dataDir)).filter((name) => name.startsWith('.look-'))]).toEqual([[dataDir], before, []])
  })

  it.each(['erasures.log', 'ended.log', 'rights.log', 'safe-seq.json'])('[BA9] %s that is there and cannot be read refuses the restore: nobody knows what it forbids', async (name) => {
    await server.backUp()
    await server.lose()
    // A folder cannot be read as a file by root either.
    await rm(join(server.root, name), { force: true })
    await mkdir(join(server.root, name))
    await expect(server.restore()).rejects.toMatchObject({ code: 'EISDIR' })
    expect(await server.context.store.campaigns.list()).toEqual([])
  })

  it('[BA9] a backup of another history is refused too, although its numbers are higher', async () => {
    await push(volunteer.record(), volunteer.record())
    const longer = await server.backUp()
    if (longer.kind !== 'made') throw new Error(longer.kind)
    await writePromises([server.root], { ...longer.manifest, epoch: 'another', campaigns: longer.manifest.campaigns.map((reach) => ({ ...reach, seq: 3 })) })
    await server.lose()
    expect((await server.restore()).kind).toBe('promise-broken')
  })

  it('[BA9] files come back with their bytes; a missing one is named and refused unless the loss is accepted', async () => {
    const [kept, gone] = [await aFile('kept'), await aFile('gone')]
    await server.backUp()
    await server.lose()
    const path = join(server.root, 'files', 'received', on.campaign.id, gone.slice(0, 2), gone)
    await writeFile(path, 'gonE')
    expect(await server.restore()).toMatchObject({ kind: 'files-missing', faults: [expect.stringContaining(gone)] })
    await rm(path)
    expect(await server.restore(server.root, { acceptLoss: true })).toMatchObject({ kind: 'restored', faults: [expect.stringContaining(gone)] })
    expect(Buffer.from((await server.context.shelf.read('received', { campaignId: on.campaign.id, sha256: kept })) ?? []).toString()).toBe('kept')
  })
})

describe.each<readonly [DatabaseName, DatabaseName]>([['SQLite', 'PostgreSQL'], ['PostgreSQL', 'SQLite'], ['PostgreSQL', 'PostgreSQL']])('from %s to %s', (from, to) => {
  beforeEach(() => startOn(from))

  it('[BA17] what comes out verifies, is rebuilt without a difference, and is the same row by row but for epoch, refs and promises', async () => {
    const record = volunteer.record(aChallenge({ description: 'Le point d’eau\u2028est loin ; 👩🏽‍🌾 نقطة المياه' }))
    await push(record)
    await push(volunteer.change('erase', { reason: 'withdrawn' }, { entryId: record.entryId, base: record.id }), volunteer.record())
    const file = await aFile('photo')
    await server.backUp()
    const before = await rows()
    await server.lose(to)
    expect(await server.restore()).toMatchObject({ kind: 'restored', faults: [], erased: 1 })
    expect(await rows()).toEqual(before)
    expect(await verifyCampaign(server.context.store, on.campaign.id)).toMatchObject({ changes: 5, faults: [] })
    expect(await verifyFiles(server.context, on.campaign.id)).toEqual({ files: 1, faults: [] })
    expect(await server.context.store.entries.rebuild(on.campaign.id)).toEqual({ entries: 3, differing: [] })
    expect(await server.context.shelf.has('received', { campaignId: on.campaign.id, sha256: file })).toBe(true)
    // It is a server like any other: it takes on, and its own backup verifies.
    expect((await push(volunteer.record())).results).toMatchObject([{ status: 'stored', seq: 6 }])
    expect((await server.backUp()).kind).toBe('made')
  })

  const rows = () => server.context.store.backup.dump(async (all) => (await Array.fromAsync(all)).filter(({ table }) => !['meta', 'counters', 'restores'].includes(table)))
})

/** To the server that stands there now, which may be another than the one the campaign was made on. */
function push(...changes: readonly ChangeEnvelope[]): ReturnType<SealingDevice['push']> {
  const { device, member } = volunteer.person
  return receiveRun(server.context, { campaign: on.campaign, device, carriedBy: member.id }, volunteer.seal(changes))
}

function restoredSeq(epoch: string): Promise<number> {
  return server.context.store.backup.restoredSeq(on.campaign.id, epoch)
}

function headSeq(): Promise<number> {
  return server.context.store.changes.headSeq(on.campaign.id)
}

async function aFile(text: string): Promise<Sha256> {
  const bytes = Buffer.from(text)
  const place = { campaignId: on.campaign.id, sha256: sha256OfBytes(bytes) }
  const entryId: EntryId = createEntryId(server.ground.clock, server.ground.chance)
  await server.context.shelf.keepBytes('received', place, bytes)
  await server.context.store.files.put({ ...place, entryId, type: 'image/jpeg', bytes: bytes.length, uploadedBy: volunteer.person.member.id, storedAt: '2026-03-01T08:00:00.000Z' as never, shownSha256: null, original: 'kept' })
  return place.sha256
}
