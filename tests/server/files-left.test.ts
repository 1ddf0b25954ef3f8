import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Sha256 } from '#domain/ids.ts'
import { eraseCommand } from '#server/cli/erase-command.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import { createUploads } from '#server/files/uploads.ts'
import { createMetrics } from '#server/metrics/metrics.ts'
import type { ScriptDevice } from '../../demo/script-device.ts'
import { aChallenge } from '../support/contents.ts'
import { readMetrics } from '../support/read-metrics.ts'
import { residueOf } from '../support/residue.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

const words = 'OasisMarkerWords'
const bytes = Buffer.from('a photo')
const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256

describe('a storage that does not let go what was erased', () => {
  let server: TestServer
  let awa: ScriptDevice
  beforeEach(async () => {
    server = await startTestServer()
    awa = await server.join('volunteer')
    const record = awa.change('record', { content: aChallenge({ description: words }) })
    await awa.push([record])
    const place = { campaignId: server.campaign.id, sha256 }
    await server.context.shelf.keepBytes('received', place, bytes)
    await server.context.store.files.put({ ...place, entryId: record.entryId, type: 'image/jpeg', bytes: bytes.length, uploadedBy: awa.joined.member.id, storedAt: '2026-03-01T08:00:00.000Z' as never, shownSha256: null, original: 'kept' })
  })
  afterEach(() => server.close())
  const refuse = () => vi.spyOn(server.context.shelf, 'remove').mockRejectedValue(new ShelfUnavailable('S3: refused: the storage answered 403 AccessDenied'))

  it('[SE258] is told with the answer and under People until the next round can take it out, and the words go all the same', async () => {
    const ruth = await server.join('coordinator')
    const removing = refuse()
    const path = `/members/${awa.joined.member.id}/erase`
    const erased = await server.app.inject({ method: 'POST', url: `/api/v1${path}`, headers: { ...ruth.headers, ...(await ruth.proof('POST', path, { reason: 'asked' })) }, payload: { reason: 'asked' } })
    const leftOf = async () => ((await ruth.get('/members')) as { readonly members: readonly { readonly id: string; readonly filesLeft?: number }[] }).members.map(({ id, filesLeft }) => [id === awa.joined.member.id, filesLeft])
    expect([erased.statusCode, erased.json(), await leftOf()]).toEqual([200, { entries: 1, filesLeft: 1 }, [[true, 1], [false, undefined]]])
    expect(await residueOf(server.context, [words])).toEqual([])
    removing.mockRestore()
    await createUploads(server.context, () => Promise.resolve()).tend()
    expect([await leftOf(), await server.context.shelf.has('received', { campaignId: server.campaign.id, sha256 })]).toEqual([[[true, undefined], [false, undefined]], false])
  })

  it('[SE258] ends the command with 1 and a sentence, and stands in the log and a metric until it is gone', async () => {
    const { store, uploadDir } = server.context
    const metrics = createMetrics({ store, uploadDir, folders: { data: tmpdir() }, version: '1', database: 'sqlite', backupStatus: () => null, backupEveryMs: 1, isStopping: () => false })
    const errors: unknown[] = []
    const context = { ...server.context, metrics, log: { ...server.context.log, error: (what: unknown) => void errors.push(what) } as never }
    const value = async () => readMetrics(await metrics.text()).value('terrain_erased_files_left')
    const removing = refuse()
    const complaints: string[] = []
    const run = () => eraseCommand.run({ context, values: { member: awa.joined.member.id, reason: 'asked', campaign: server.campaign.id }, positionals: [], print: () => undefined, complain: (line) => complaints.push(line) })
    expect([await run(), complaints.join(' '), await value()]).toEqual([1, expect.stringContaining('1 files of what was erased are still on the storage'), 1])
    expect(errors).toContainEqual(expect.objectContaining({ files: 1, problem: expect.stringContaining('403') as string }))
    removing.mockRestore()
    complaints.length = 0
    expect([await run(), complaints, await value()]).toEqual([0, [], 0])
  })
})
