import { readdir, rename, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sha256 } from '#domain/ids.ts'
import { createEntryId } from '#domain/new-ids.ts'
import { listBackups, listHolding } from '#server/backup/folder.ts'
import { sha256OfBytes } from '#server/files/verify-files.ts'
import { BackupServer } from '../../support/backup-server.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { seededChance, steppedClock } from '../../support/test-server.ts'
import type { SteppedClock } from '../../support/test-server.ts'

const dayMs = 24 * 3_600_000

describe('files of backups that are taken away', () => {
  let server: BackupServer
  let on: CampaignOnStore
  let volunteer: SealingDevice
  let clock: SteppedClock
  let [gone, stays]: Sha256[] = []
  beforeEach(async () => {
    clock = steppedClock()
    server = await BackupServer.start({ clock, chance: seededChance('thin') })
    on = await CampaignOnStore.create(server.context.store)
    volunteer = await on.join('volunteer')
    await volunteer.push(volunteer.record());
    [gone, stays] = [await aFile('gone'), await aFile('stays')]
    await server.backUp()
  })
  afterEach(() => server.close())

  it('[BA16] a file stays as long as a kept backup names it, and goes with the last one', async () => {
    await forget(gone)
    await days(10)
    expect(await files()).toEqual([gone, stays].map(String).toSorted())
    await days(5)
    expect(await files()).toEqual([stays])
    expect((await readdir(server.root)).filter((name) => name.startsWith('.'))).toEqual([])
    await server.lose()
    expect(await server.restore()).toMatchObject({ kind: 'restored', faults: [] })
  })

  it('[BA16] while a kept backup cannot be read no file goes, since nobody knows what it needs', async () => {
    await forget(gone)
    await days(10)
    const [, , third = ''] = await listBackups(server.root)
    await writeFile(join(server.root, third, 'dump.ndjson.gz'), 'torn')
    await days(4)
    expect(await files()).toEqual([gone, stays].map(String).toSorted())
  })

  it('[BA16] what a killed process had begun to take away is taken away by the next one', async () => {
    await forget(gone)
    await days(3)
    const [first = ''] = await listBackups(server.root)
    await rename(join(server.root, first), join(server.root, `.old-${first}`))
    await days(1)
    expect(await files()).toEqual([stays])
    expect((await readdir(server.root)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('[BA750] a file that a killed backup had half copied goes with the first backup of a day', async () => {
    const half = join(server.root, 'files', 'received', on.campaign.id, String(gone).slice(0, 2), `${gone}.d5c6e846-8bdb-46e3-b32a-f9f5bdbb591d.part`)
    await writeFile(half, 'half a photo')
    const at = clock.now() / 1000
    await utimes(half, at, at)
    await days(2)
    expect(await readdir(join(half, '..'))).toEqual([String(gone)])
  })

  it('[BA16] an original that was dropped goes from the backups with the last one that still names it, and what is shown stays', async () => {
    if (gone === undefined) throw new Error('no file')
    await server.context.shelf.keepBytes('shown', { campaignId: on.campaign.id, sha256: gone }, Buffer.from('shown'))
    await server.damage(`update files set shown_sha256 = '${sha256OfBytes(Buffer.from('shown'))}' where sha256 = '${gone}'`)
    await days(1)
    await server.damage(`update files set original = 'gone' where sha256 = '${gone}'`)
    await days(1)
    expect(await files()).toEqual([gone, stays].map(String).toSorted())
    await days(17)
    expect([await files(), await files('shown')]).toEqual([[stays], [gone]])
  })

  it('[BA34] what a clock that went ahead has named goes two weeks after it was put right, and a clock that is behind for a moment lets none go', async () => {
    const [first = ''] = await listBackups(server.root)
    clock.advance(400 * dayMs)
    await days(2)
    const ahead = (await listBackups(server.root)).filter((name) => name !== first)
    clock.advance(-402 * dayMs)
    await days(1)
    expect((await listHolding(server.root, clock.now())).filter(({ name }) => ahead.includes(name)).map(({ until }) => until.slice(0, 10))).toEqual(ahead.map(() => new Date(clock.now() + 14 * dayMs).toISOString().slice(0, 10)))
    await days(13)
    const before = await listBackups(server.root)
    expect(before).toEqual(expect.arrayContaining([...ahead]))
    // As a machine without a battery does when it starts.
    clock.advance(-10_000 * dayMs)
    await volunteer.push(volunteer.record())
    expect((await server.backUp()).kind).toBe('made')
    clock.advance(10_000 * dayMs)
    expect(await listBackups(server.root)).toEqual(expect.arrayContaining([...before]))
    await days(2)
    expect((await listBackups(server.root)).filter((name) => ahead.includes(name))).toEqual([])
    await server.lose()
    expect(await server.restore()).toMatchObject({ kind: 'restored', manifest: { campaigns: [{ seq: 20 }] } })
  })

  async function days(count: number): Promise<void> {
    for (let day = 0; day < count; day += 1) {
      clock.advance(dayMs)
      await volunteer.push(volunteer.record())
      expect((await server.backUp()).kind).toBe('made')
    }
  }

  async function files(kind: 'received' | 'shown' = 'received'): Promise<readonly string[]> {
    const all = await readdir(join(server.root, 'files', kind), { recursive: true, withFileTypes: true })
    return all.filter((each) => each.isFile()).map(({ name }) => name).toSorted()
  }

  /** As retention will do it. */
  function forget(sha256: string | undefined): Promise<void> {
    return server.damage(`delete from files where sha256 = '${sha256 ?? ''}'`)
  }

  async function aFile(text: string): Promise<Sha256> {
    const bytes = Buffer.from(text)
    const place = { campaignId: on.campaign.id, sha256: sha256OfBytes(bytes) }
    await server.context.shelf.keepBytes('received', place, bytes)
    await server.context.store.files.put({ ...place, entryId: createEntryId(server.ground.clock, server.ground.chance), type: 'image/jpeg', bytes: bytes.length, uploadedBy: volunteer.person.member.id, storedAt: '2026-03-01T08:00:00.000Z' as never, shownSha256: null, original: 'kept' })
    return place.sha256
  }
})
