import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { Sha256 } from '#domain/ids.ts'
import { backUp } from '#server/backup/back-up.ts'
import { listBackups } from '#server/backup/folder.ts'
import { restore } from '#server/backup/restore.ts'
import { backupGround } from '#server/cli/backup-ground.ts'
import { restoreCommand } from '#server/cli/restore-command.ts'
import { eraseCampaign } from '#server/files/erased-files.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import { createUploads } from '#server/files/uploads.ts'
import { eraseMember } from '#server/jobs/erase-member.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import type { ScriptDevice } from '../../demo/script-device.ts'
import { aChallenge } from '../support/contents.ts'
import { databases } from '../support/databases.ts'
import { residueIn, residueOf } from '../support/residue.ts'
import { startTestServer } from '../support/test-server.ts'
import type { SteppedClock, TestServer } from '../support/test-server.ts'

/** Each stands somewhere else, so that what is left of one tells where. */
const words = { description: 'OasisMarkerWords', caption: 'OasisMarkerCaption', comment: 'OasisMarkerComment', altered: 'OasisMarkerAltered', opaque: 'OasisMarkerOpaque', alarm: 'OasisMarkerAlarm', photo: 'OasisMarkerPhotoBytes', half: 'OasisMarkerHalfAPhoto' } as const
const person = { name: 'OasisMarkerName', organisation: 'OasisMarkerOrganisation', language: 'en' } as const
const dayMs = 24 * 3_600_000
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex') as Sha256
const meta = (fields: Readonly<Record<string, string>>) => Object.entries(fields).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')

describe.each(databases)('what was erased, on %s', (database) => {
  let server: TestServer
  let root = ''
  let author: ScriptDevice
  let photo: Buffer
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'terrain-erased-'))
    server = await startTestServer({ database, config: { backup: { dir: root, everyMs: null } } })
    author = await server.join('volunteer', person)
    // With the originals there is more that has to go.
    await server.context.store.campaigns.update(server.campaign.id, { keepOriginals: true })
    photo = Buffer.concat([await sharp({ create: { width: 64, height: 48, channels: 3, background: '#7a9' } }).jpeg().toBuffer(), Buffer.from(words.photo)])
  })
  afterEach(async () => {
    await server.close()
    await rm(root, { recursive: true, force: true })
  })

  const all = () => [...Object.values(words), hashOf(photo)]
  const back = () => backUp(backupGround(server.context), root)
  const upload = async (bytes: Buffer, entryId: string, length = bytes.length, by = author) => {
    const headers = { authorization: by.headers['authorization'] ?? '', 'x-terrain': '1', 'tus-resumable': '1.0.0' }
    const sha256 = hashOf(bytes)
    const made = await server.app.inject({ method: 'POST', url: '/api/v1/files', headers: { ...headers, 'upload-length': String(length), 'upload-metadata': meta({ sha256, type: 'image/jpeg', entryId, campaignId: server.campaign.id }) } })
    return server.app.inject({ method: 'PATCH', url: String(made.headers.location), headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, payload: bytes })
  }

  /** One entry that has left its words wherever words can go. */
  async function spread(): Promise<ChangeEnvelope> {
    const shot = { sha256: hashOf(photo), bytes: photo.length, type: 'image/jpeg' as const, width: 64, height: 48, thumb: { sha256: hashOf(Buffer.from('t')), bytes: 10 }, caption: words.caption }
    const record = author.change('record', { content: aChallenge({ description: words.description, photos: [shot], consentPhoto: true }) })
    await author.push([record, author.change('comment', { text: words.comment, lang: 'en' }, { entryId: record.entryId, base: record.id })])
    expect((await upload(photo, record.entryId)).statusCode).toBe(204)
    await upload(Buffer.from(words.half), record.entryId, 5000)
    const altered = author.change('revise', { set: { description: words.altered }, unset: [], answers: [] }, { entryId: record.entryId, base: record.id })
    const request = await author.requestFor([altered])
    await author.post({ ...request, run: { ...request.run, seal: { ...request.run?.seal, sig: 'x'.repeat(86) } } } as never)
    await server.app.inject({ method: 'POST', url: '/api/v1/sync/quarantine', headers: author.headers, payload: { epoch: author.joined.epoch, campaignId: server.campaign.id, deviceId: author.deviceId, id: null, bytes: Buffer.from(`{"entryId":"${record.entryId}","torn":"${words.opaque}`).toString('base64') } })
    // The same number again with other words: kept as an alarm.
    const forked = { ...altered, deviceSeq: 2, id: record.id.replace(/.$/, 'f'), body: { set: { description: words.alarm }, unset: [], answers: [] } } as ChangeEnvelope
    await author.post(await author.requestFor([forked]))
    return record
  }
  const erase = async (record: ChangeEnvelope) => {
    const coordinator = await server.join('coordinator')
    await coordinator.push([coordinator.change('erase', { reason: 'asked by the person' }, { entryId: record.entryId, base: record.id })])
    // What looks after uploads does so every five minutes.
    await createUploads(server.context, () => Promise.resolve()).tend()
  }
  const days = async (count: number) => {
    ;(server.context.clock as SteppedClock).advance(count * dayMs)
    return back()
  }

  it('[SE220] an entry leaves no byte of its words and files in database, log of the database, shelf, unfinished uploads and exports; in backups until they are two weeks old', async () => {
    const record = await spread()
    await back()
    const before = [...(await residueOf(server.context, all())), ...residueIn(root, all())].join(' ')
    expect(all().filter((word) => !before.includes(word))).toEqual([])
    await erase(record)
    expect(await residueOf(server.context, all())).toEqual([])
    expect(await server.context.store.erasures.erasedOf(server.campaign.id, author.joined.member.id)).toEqual([record.entryId])
    const coordinator = await server.join('coordinator')
    for (const query of ['csv&kind=challenge', 'json', 'geojson']) expect((await server.app.inject({ method: 'GET', url: `/api/v1/export?format=${query}`, headers: { ...coordinator.headers, ...(await coordinator.proof('GET', `/export?format=${query}`)) } })).body).not.toContain('OasisMarker')
    expect(await verifyCampaign(server.context.store, server.campaign.id)).toMatchObject({ faults: [] })
    expect((await days(0)).kind).toBe('made')
    expect(residueIn(root, all())).not.toEqual([])
    // Nothing new comes, and the old ones go all the same.
    expect((await days(15)).kind).toBe('unchanged')
    expect(residueIn(root, all())).toEqual([])
    expect((await listBackups(root)).length).toBe(1)
  })

  it('[SE220] a phone that has not heard of it brings nothing back: no words, no photo, no half of one', async () => {
    const record = await spread()
    await erase(record)
    expect((await upload(photo, record.entryId)).statusCode).toBe(410)
    await upload(Buffer.from(words.half), record.entryId, 5000)
    await createUploads(server.context, () => Promise.resolve()).tend()
    expect(await residueOf(server.context, all())).toEqual([])
  })

  it('[SE220] what another request is writing meanwhile fails nobody: the log of the database is emptied the next time', async () => {
    const record = await spread()
    const { shelf, store } = server.context
    const remove = shelf.remove.bind(shelf)
    const removing = vi.spyOn(shelf, 'remove').mockImplementation(async (...file) => {
      // A file is taken out inside of a transaction; here somebody else's erasure ends at the same moment.
      await store.erasures.settle()
      return remove(...file)
    })
    await erase(record)
    expect(removing).toHaveBeenCalled()
    expect(await residueOf(server.context, all())).toEqual([])
  })

  it('[SE413] who names a photo of another in an entry of their own, and never had it, gets no receipt and no sight of it, and does not keep it', async () => {
    const [record, thief, coordinator] = [await spread(), await server.join('volunteer'), await server.join('coordinator')]
    const shot = { sha256: hashOf(photo), bytes: photo.length, type: 'image/jpeg' as const, width: 64, height: 48, thumb: { sha256: hashOf(Buffer.from('t')), bytes: 10 } }
    const second = thief.change('record', { content: aChallenge({ photos: [shot], consentPhoto: true }) })
    await thief.push([second])
    const see = async (who: ScriptDevice) => (await server.app.inject({ method: 'GET', url: `/api/v1/files/${hashOf(photo)}`, headers: { authorization: who.headers['authorization'] ?? '' } })).statusCode
    const receipts = async () => (await server.context.store.entries.state(server.campaign.id, second.entryId))?.storedFiles.length
    // Whoever has sent it asks how far it is: that is no receipt for the other either.
    const name = `${server.campaign.id}.${author.deviceId}.${hashOf(photo)}`
    expect((await server.app.inject({ method: 'HEAD', url: `/api/v1/files/${name}`, headers: { authorization: author.headers['authorization'] ?? '', 'tus-resumable': '1.0.0' } })).statusCode).toBe(200)
    expect([await see(thief), await see(author), await see(coordinator), await receipts()]).toEqual([404, 200, 200, 0])
    await erase(record)
    expect(await server.context.shelf.has('shown', { campaignId: server.campaign.id, sha256: hashOf(photo) })).toBe(false)
    // With the bytes it is theirs.
    expect((await upload(photo, second.entryId, photo.length, thief)).statusCode).toBe(204)
    expect([await see(thief), await receipts()]).toEqual([200, 1])
  })

  it('[SE221] a photo that stands in two entries stays as long as one of them', async () => {
    const record = await spread()
    const shot = { sha256: hashOf(photo), bytes: photo.length, type: 'image/jpeg' as const, width: 64, height: 48, thumb: { sha256: hashOf(Buffer.from('t')), bytes: 10 } }
    const other = await server.join('volunteer')
    const second = other.change('record', { content: aChallenge({ photos: [shot], consentPhoto: true }) })
    await other.push([second])
    await upload(photo, second.entryId, photo.length, other)
    await erase(record)
    const place = { campaignId: server.campaign.id, sha256: hashOf(photo) }
    expect(await server.context.shelf.has('received', place)).toBe(true)
    await erase(second)
    expect([await server.context.shelf.has('received', place), await server.context.shelf.has('shown', place)]).toEqual([false, false])
  })

  it('[SE222] a member leaves neither words nor name anywhere, comes back by no backup and no bundle, and the log still proves itself', async () => {
    const other = await server.join('volunteer', { name: 'Marie' })
    await other.push([other.change('record', { content: aChallenge({ description: 'The bridge is gone.' }) })])
    await spread()
    await back()
    const coordinator = await server.join('coordinator')
    const by = { memberId: coordinator.joined.member.id, deviceId: coordinator.deviceId, at: '2026-03-02T08:00:00.000Z' as never }
    expect(await eraseMember(server.context, server.campaign, author.joined.member.id, { by, reason: 'asked for it' })).toEqual({ entries: 1, filesLeft: 0 })
    await createUploads(server.context, () => Promise.resolve()).tend()
    const whole = [...all(), ...Object.values(person).slice(0, 2)]
    expect(await residueOf(server.context, whole)).toEqual([])
    expect((await server.context.store.entries.ids(server.campaign.id, {})).length).toBe(1)
    expect(await verifyCampaign(server.context.store, server.campaign.id)).toMatchObject({ faults: [] })
    await restoredFrom(async (restored) => {
      expect(await residueOf(restored, whole)).toEqual([])
    })
    expect((await server.app.inject({ method: 'GET', url: '/api/v1/me', headers: author.headers })).statusCode).toBe(401)
  })

  it('[SE223] a campaign leaves nothing at all, and does not come back by an older backup', async () => {
    await spread()
    const stranger = await server.joinOther('volunteer')
    await stranger.push([stranger.change('record', { content: aChallenge({ description: 'Of another campaign.' }) })])
    await back()
    await eraseCampaign(server.context, server.campaign.id)
    expect(await residueOf(server.context, [...all(), ...Object.values(person).slice(0, 2), 'Solidarity Network'])).toEqual([])
    expect((await server.context.store.campaigns.list()).map(({ name }) => name)).toEqual(['Another campaign'])
    await restoredFrom(async (restored) => {
      expect((await restored.store.campaigns.list()).map(({ name }) => name)).toEqual(['Another campaign'])
      // The older backup has its files, and a restore brings files before it knows whose they are.
      expect(await residueOf(restored, all())).toEqual([])
    })
    await back()
    await restoredFrom(async (restored) => {
      expect((await restored.store.campaigns.list()).map(({ name }) => name)).toEqual(['Another campaign'])
    })
  })

  it('[SE294] a restore is made though the storage refuses to let go of what was erased since, says how many files that are, and the server goes on with them', async () => {
    await spread()
    await back()
    await eraseCampaign(server.context, server.campaign.id)
    const fresh = await startTestServer({ isEmpty: true })
    const removing = vi.spyOn(fresh.context.shelf, 'remove').mockRejectedValue(new ShelfUnavailable('S3: refused: the storage answered 403 AccessDenied'))
    const complaints: string[] = []
    const code = await restoreCommand.run({ context: fresh.context, values: { from: root }, positionals: [], print: () => undefined, complain: (line) => complaints.push(line) })
    expect([code, complaints.join(' '), (await fresh.context.store.erasures.orphans()).length]).toEqual([1, expect.stringContaining('1 files of what was erased are still on the storage'), 1])
    removing.mockRestore()
    await createUploads(fresh.context, () => Promise.resolve()).tend()
    expect(await residueOf(fresh.context, all())).toEqual([])
    await fresh.close()
  })

  /** Another machine, from the oldest backup and then the newest; both know what was erased since. */
  async function restoredFrom(look: (restored: TestServer['context']) => Promise<void>): Promise<void> {
    const [oldest = ''] = await listBackups(root)
    for (const from of [join(root, oldest), root]) {
      const fresh = await startTestServer({ isEmpty: true })
      expect(await restore({ ...backupGround(fresh.context), chance: fresh.context.chance }, from, { acceptLoss: false })).toMatchObject({ kind: 'restored' })
      await look(fresh.context)
      await fresh.close()
    }
  }
})
