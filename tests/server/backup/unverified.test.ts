import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import { backUp } from '#server/backup/back-up.ts'
import { listBackups, shelfOf } from '#server/backup/folder.ts'
import { backupGround } from '#server/cli/backup-ground.ts'
import { tellOfBackups } from '#server/cli/erase-told.ts'
import { forgetErased } from '#server/files/erased-files.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { residueIn } from '../../support/residue.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { SteppedClock, TestServer } from '../../support/test-server.ts'

const dayMs = 24 * 3_600_000
const words = 'OasisMarkerWords'
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex') as Sha256

describe('a backup that did not verify', () => {
  let server: TestServer
  let root = ''
  let awa: ScriptDevice
  let record: ChangeEnvelope
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'terrain-unverified-'))
    server = await startTestServer({ config: { backup: { dir: root, everyMs: null } } })
    awa = await server.join('volunteer')
    record = awa.change('record', { content: aChallenge({ description: words }) })
    const other = awa.change('record', { content: aChallenge() })
    await awa.push([record, other])
    await aFile('photo', record.entryId)
    await aFile('spoiled', other.entryId)
  })
  afterEach(async () => {
    await server.close()
    await rm(root, { recursive: true, force: true })
  })

  const back = async () => (await backUp(backupGround(server.context), root)).kind
  const pass = (days: number) => (server.context.clock as SteppedClock).advance(days * dayMs)
  const unverified = async () => (await readdir(root)).filter((name) => name.endsWith('.unverified'))
  const spoil = (text: string) => writeFile(join(server.context.config.dataDir, 'files', 'received', server.campaign.id, hashOf('spoiled').slice(0, 2), hashOf('spoiled')), text)
  async function aFile(text: string, entryId: EntryId): Promise<void> {
    const place = { campaignId: server.campaign.id, sha256: hashOf(text) }
    await server.context.shelf.keepBytes('received', place, Buffer.from(text))
    await server.context.store.files.put({ ...place, entryId, type: 'image/jpeg', bytes: text.length, uploadedBy: awa.joined.member.id, storedAt: '2026-03-01T08:00:00.000Z' as never, shownSha256: null, original: 'kept' })
  }
  async function erase(): Promise<void> {
    await awa.push([awa.change('erase', { reason: 'wish' }, { entryId: record.entryId, base: record.id })])
    await forgetErased(server.context)
  }
  async function failed(): Promise<void> {
    await spoil('x')
    expect(await back()).toBe('unverified')
    expect(residueIn(root, [hashOf('photo')])).not.toEqual([])
  }

  it('[BA23] an erasure that was cut off between the file and its row is finished before: no backup looks for a file that is gone', async () => {
    const { shelf, store } = server.context
    const remove = shelf.remove.bind(shelf)
    const cut = vi.spyOn(shelf, 'remove').mockImplementation(async (kind, place) => {
      await remove(kind, place)
      throw new Error('the process is killed')
    })
    await erase().catch(() => undefined)
    cut.mockRestore()
    const place = { campaignId: server.campaign.id, sha256: hashOf('photo') }
    expect([await shelf.has('received', place), (await store.files.get(place.campaignId, place.sha256))?.sha256]).toEqual([false, place.sha256])
    expect(await back()).toBe('made')
    expect(await store.files.get(place.campaignId, place.sha256)).toBeNull()
  })

  it('[BA21] goes with the next good one, with the erased words in it and the files that only it had copied; until then it stays to be looked at', async () => {
    await failed()
    await erase()
    expect([await back(), (await unverified()).length]).toEqual(['unverified', 1])
    await spoil('spoiled')
    expect([await back(), await unverified(), residueIn(root, [words, hashOf('photo')])]).toEqual(['made', [], []])
    expect(residueIn(root, [hashOf('spoiled')])).not.toEqual([])
  })

  it('[BA21] goes when it is two weeks old, also where no good one comes', async () => {
    await failed()
    pass(13)
    const ground = backupGround(server.context)
    const away = { ...ground, store: { ...ground.store, backup: { ...ground.store.backup, dump: () => Promise.reject(new Error('the database is away')) } } }
    await expect(backUp(away, root)).rejects.toThrow('away')
    expect((await unverified()).length).toBe(1)
    pass(2)
    await expect(backUp(away, root)).rejects.toThrow('away')
    expect([await unverified(), residueIn(root, [words])]).toEqual([[], []])
  })

  it('[BA21] a file that no kept backup names goes with the first backup of a day, and none while a kept one cannot be read', async () => {
    expect(await back()).toBe('made')
    const [first = ''] = await listBackups(root)
    const stray = join(root, 'files', 'received', server.campaign.id, 'ab')
    const name = `ab${'0'.repeat(62)}`
    const keep = () => shelfOf(root).keepBytes('received', { campaignId: server.campaign.id, sha256: name as never }, Buffer.from('stray'))
    await keep()
    const next = async (days: number) => {
      pass(days)
      await server.join('volunteer')
      expect(await back()).toBe('made')
      return (await readdir(stray)).includes(name)
    }
    expect([await next(0), await next(1)]).toEqual([true, false])
    await keep()
    await writeFile(join(root, first, 'dump.ndjson.gz'), 'torn')
    expect(await next(1)).toBe(true)
    expect(residueIn(join(root, 'files'), [hashOf('photo')])).not.toEqual([])
  })

  it('[SE257] who erases is told by name which backups may hold it still, those that did not verify too, and until when', async () => {
    expect(await back()).toBe('made')
    await failedAfter()
    await erase()
    const told: string[] = []
    const input = { context: server.context, values: {}, positionals: [], print: (line: string) => told.push(line), complain: (line: string) => told.push(line) }
    const held = (await readdir(root)).filter((name) => name.startsWith('2026-')).toSorted()
    expect(held.map((name) => name.endsWith('.unverified'))).toEqual([false, true])
    await tellOfBackups(input)
    expect(told.join('\n')).toMatch(new RegExp(`No backup could be made now.*\n.*\n  ${held[0] ?? ''} until 2026-03-15$`))
    await spoil('spoiled')
    told.length = 0
    await tellOfBackups(input)
    expect(told.join('\n')).toContain(`  ${held[0] ?? ''} until 2026-03-15`)
    expect(told.join('\n')).not.toContain('No backup could be made')
  })

  async function failedAfter(): Promise<void> {
    await awa.push([awa.change('record', { content: aChallenge() })])
    // What is in the backup already is not read from the server again: there it has gone wrong too.
    await rm(join(root, 'files'), { recursive: true })
    await failed()
  }
})
