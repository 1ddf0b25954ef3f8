import { createHash } from 'node:crypto'
import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import { eraseCommand } from '#server/cli/erase-command.ts'
import { eraseCampaign } from '#server/files/erased-files.ts'
import { keepFile } from '#server/files/keep-file.ts'
import { ActorChanged } from '#server/store/actor-changed.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import { createUploads } from '#server/files/uploads.ts'
import { eraseMember } from '#server/jobs/erase-member.ts'
import { eraseWordsOf } from '#server/jobs/retention.ts'
import type { ScriptDevice } from '../../demo/script-device.ts'
import { aChallenge } from '../support/contents.ts'
import { databasesWhenDeep } from '../support/databases.ts'
import { residueOf } from '../support/residue.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

const at = '2026-03-02T08:00:00.000Z' as never
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex') as Sha256
const meta = (fields: Readonly<Record<string, string>>) => Object.entries(fields).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')

describe.each(databasesWhenDeep)('what was begun and what the storage holds on to, on %s', (database) => {
  let server: TestServer
  let awa: ScriptDevice
  let ben: ScriptDevice
  beforeEach(async () => {
    server = await startTestServer({ database })
    ;[awa, ben] = [await server.join('volunteer'), await server.join('volunteer')]
  })
  afterEach(() => server.close())

  const begin = async (device: ScriptDevice, word: string, entryId: EntryId) => {
    const bytes = Buffer.from(word)
    const headers = { authorization: device.headers['authorization'] ?? '', 'x-terrain': '1', 'tus-resumable': '1.0.0' }
    const made = await server.app.inject({ method: 'POST', url: '/api/v1/files', headers: { ...headers, 'upload-length': '5000', 'upload-metadata': meta({ sha256: hashOf(bytes), type: 'image/jpeg', entryId, campaignId: server.campaign.id }) } })
    expect((await server.app.inject({ method: 'PATCH', url: String(made.headers.location), headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, payload: bytes })).statusCode).toBe(204)
  }
  const part = async (device: ScriptDevice, word: string) => {
    const id = '0198c3a0-0000-7000-8000-000000000001'
    const answer = await server.app.inject({ method: 'POST', url: `/api/v1/import/parts/${id}?at=0`, headers: { ...device.headers, 'content-type': 'application/octet-stream' }, payload: Buffer.from(word) })
    expect(answer.json()).toEqual({ size: word.length })
  }
  const tend = () => createUploads(server.context, () => Promise.resolve()).tend()
  const begun = () => readdir(server.context.uploadDir)
  const of = (device: ScriptDevice) => async () => (await begun()).filter((name) => name.includes(device.deviceId)).length
  const entryOf = (device: ScriptDevice) => device.change('record', { content: aChallenge() }).entryId

  it('[SE293] what somebody who is erased had begun to send goes with them, photos of entries that never came and bundles too; of others it stays', async () => {
    await begin(awa, 'OasisMarkerHalf', entryOf(awa))
    await part(awa, 'OasisMarkerBundle')
    await begin(ben, 'half of another', entryOf(ben))
    await part(ben, 'a bundle of another')
    await eraseMember(server.context, server.campaign, awa.joined.member.id, { by: { memberId: null, deviceId: null, at }, reason: 'asked' })
    expect(await residueOf(server.context, ['OasisMarker'])).toEqual([])
    expect([await of(awa)(), await of(ben)()]).toEqual([0, 3])
  })

  it('[SE293] half a photo of an entry goes in the moment in which its author erases it, before anything looks after uploads', async () => {
    const record = awa.change('record', { content: aChallenge() })
    await awa.push([record])
    await begin(awa, 'OasisMarkerHalf', record.entryId)
    await begin(awa, 'half of another', entryOf(awa))
    await awa.push([awa.change('erase', { reason: 'mine' }, { entryId: record.entryId, base: record.id })])
    expect([await residueOf(server.context, ['OasisMarker']), await of(awa)()]).toEqual([[], 2])
  })

  it('[SE293] on the day of SE117 all goes that was begun in that campaign', async () => {
    await begin(awa, 'OasisMarkerHalf', entryOf(awa))
    await part(ben, 'OasisMarkerBundle')
    await server.context.store.campaigns.update(server.campaign.id, { endsOn: '2025-01-01' as never, retentionMonths: 1 })
    await eraseWordsOf(server.context, server.campaign)
    expect([await residueOf(server.context, ['OasisMarker']), await begun()]).toEqual([[], []])
  })

  it('[SE293] a bundle in parts, whose words nobody can see, lies for a day and not for two weeks', async () => {
    await part(ben, 'OasisMarkerBundle')
    const aged = async (hours: number) => {
      const when = new Date(server.context.clock.now() - hours * 3_600_000)
      for (const name of await begun()) await utimes(join(server.context.uploadDir, name), when, when)
      await tend()
      return begun()
    }
    expect((await aged(23)).length).toBe(1)
    expect(await aged(25)).toEqual([])
  })

  /** Three files on the shelf. */
  async function keptFiles(): Promise<readonly Sha256[]> {
    const record = awa.change('record', { content: aChallenge({ description: 'OasisMarkerWords' }) })
    await awa.push([record])
    const kept = ['OasisMarkerOne', 'OasisMarkerTwo', 'OasisMarkerThree'].map((word) => Buffer.from(word))
    for (const bytes of kept) {
      const place = { campaignId: server.campaign.id, sha256: hashOf(bytes) }
      await server.context.shelf.keepBytes('received', place, bytes)
      await server.context.store.files.put({ ...place, entryId: record.entryId, type: 'image/jpeg', bytes: bytes.length, uploadedBy: awa.joined.member.id, storedAt: at, shownSha256: null, original: 'kept' })
    }
    return kept.map(hashOf)
  }
  const refuse = (stuck: Sha256 | null) => {
    const remove = server.context.shelf.remove.bind(server.context.shelf)
    return vi.spyOn(server.context.shelf, 'remove').mockImplementation((kind, place) => (stuck === null || place.sha256 === stuck ? Promise.reject(new ShelfUnavailable('S3: refused: the storage answered 403 AccessDenied')) : remove(kind, place)))
  }
  const onShelf = async (files: readonly Sha256[]) => (await Promise.all(files.map((sha256) => server.context.shelf.has('received', { campaignId: server.campaign.id, sha256 })))).filter(Boolean).length

  it.each([
    ['its entry', async (record: { readonly entryId: EntryId; readonly id: never }) => void (await awa.push([awa.change('erase', { reason: 'mine' }, { entryId: record.entryId, base: record.id })]))],
    ['who sent it', () => eraseMember(server.context, server.campaign, awa.joined.member.id, { by: { memberId: null, deviceId: null, at }, reason: 'asked' })],
    ['the whole campaign', () => eraseCampaign(server.context, server.campaign.id)],
  ] as const)('[SE876] of a photo that was half kept when the storage went away nothing stays on the shelf where %s is erased before it is tried again', async (_, erase) => {
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#864' } }).jpeg().toBuffer()
    const record = awa.change('record', { content: aChallenge({ consentPhoto: true, photos: [{ sha256: hashOf(bytes), bytes: bytes.length, type: 'image/jpeg', width: 40, height: 30, thumb: { sha256: hashOf(Buffer.from('thumb')), bytes: 10 } }] }) })
    await awa.push([record])
    const keep = server.context.shelf.keepBytes.bind(server.context.shelf)
    const away = vi.spyOn(server.context.shelf, 'keepBytes').mockImplementation((kind, place, given) => (kind === 'shown' ? Promise.reject(new ShelfUnavailable('S3: unreachable')) : keep(kind, place, given)))
    const headers = { authorization: awa.headers['authorization'] ?? '', 'x-terrain': '1', 'tus-resumable': '1.0.0' }
    const made = await server.app.inject({ method: 'POST', url: '/api/v1/files', headers: { ...headers, 'upload-length': String(bytes.length), 'upload-metadata': meta({ sha256: hashOf(bytes), type: 'image/jpeg', entryId: record.entryId, campaignId: server.campaign.id }) } })
    const sent = await server.app.inject({ method: 'PATCH', url: String(made.headers.location), headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, payload: bytes })
    away.mockRestore()
    expect([sent.statusCode, await onShelf([hashOf(bytes)])]).toEqual([503, 1])

    const stuck = refuse(null)
    await erase({ entryId: record.entryId, id: record.id as never })
    stuck.mockRestore()
    expect([await begun(), await onShelf([hashOf(bytes)])]).toEqual([[], 1])
    await tend()
    expect([await onShelf([hashOf(bytes)]), await server.context.store.files.get(server.campaign.id, hashOf(bytes)), await server.context.store.erasures.orphans()]).toEqual([0, null, []])
  })

  it('[SE294] a campaign is erased though the storage refuses: its rows at once, what is left is said, and its files with a later round', async () => {
    const files = await keptFiles()
    await begin(awa, 'OasisMarkerHalf', entryOf(awa))
    const removing = refuse(null)
    const [printed, complaints]: [string[], string[]] = [[], []]
    const input = { context: server.context, values: { 'whole-campaign': server.campaign.name, campaign: server.campaign.id }, positionals: [], print: (line: string) => printed.push(line), complain: (line: string) => complaints.push(line) }
    expect([await eraseCommand.run(input), complaints.join(' ')]).toEqual([1, expect.stringContaining('3 files of what was erased are still on the storage')])
    expect([await server.context.store.campaigns.get(server.campaign.id), await residueOf(server.context, ['OasisMarkerWords', 'OasisMarkerHalf']), await onShelf(files)]).toEqual([null, [], 3])
    await tend()
    expect(await onShelf(files)).toBe(3)
    removing.mockRestore()
    await tend()
    expect([await onShelf(files), await server.context.store.erasures.orphans(), await residueOf(server.context, ['OasisMarker'])]).toEqual([0, [], []])
  })

  it('[SE294] one file that the storage does not let go keeps none of the others, of a campaign or of a member', async () => {
    const files = await keptFiles()
    const removing = refuse(files.toSorted()[0] ?? null)
    expect(await eraseMember(server.context, server.campaign, awa.joined.member.id, { by: { memberId: null, deviceId: null, at }, reason: 'asked' })).toMatchObject({ filesLeft: 1 })
    expect(await onShelf(files)).toBe(1)
    expect(await eraseCampaign(server.context, server.campaign.id)).toEqual({ filesLeft: 1 })
    removing.mockRestore()
    await tend()
    expect(await onShelf(files)).toBe(0)
  })

  it('[SE294] [SE793] a file that is finished while its campaign is erased leaves no byte behind, and is told to come again', async () => {
    const { context, campaign } = server
    const { shelf } = context
    const [keep, bytes] = [shelf.keepBytes.bind(shelf), Buffer.from('OasisMarkerLate')]
    vi.spyOn(shelf, 'keepBytes').mockImplementation(async (...file) => {
      await keep(...file)
      await eraseCampaign(context, campaign.id)
    })
    await expect(keepFile(context, {}, { campaignId: campaign.id, entryId: entryOf(awa), sha256: hashOf(bytes), type: 'image/jpeg', uploadedBy: awa.joined.member.id }, bytes)).rejects.toBeInstanceOf(ActorChanged)
    expect(await residueOf(context, ['OasisMarker', hashOf(bytes)])).toEqual([])
  })

  it('[SE258] the command for one entry says it too, and ends with 1', async () => {
    await keptFiles()
    const entries = await server.context.store.entries.ids(server.campaign.id, {})
    const ref = (await server.context.store.entries.row(server.campaign.id, entries[0] ?? ('' as never)))?.ref ?? ''
    refuse(null)
    const complaints: string[] = []
    const code = await eraseCommand.run({ context: server.context, values: { entry: ref, reason: 'asked', campaign: server.campaign.id }, positionals: [], print: () => undefined, complain: (line) => complaints.push(line) })
    expect([code, complaints.join(' ')]).toEqual([1, expect.stringContaining('3 files of what was erased are still on the storage')])
  })
})
