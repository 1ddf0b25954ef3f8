import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sha256 } from '#domain/ids.ts'
import { createEntryId } from '#domain/new-ids.ts'
import { shelfOf } from '#server/backup/folder.ts'
import { keepFile } from '#server/files/keep-file.ts'
import { sha256OfBytes, verifyFiles } from '#server/files/verify-files.ts'
import { heldAbout } from '#server/transfer/held-about.ts'
import { BackupServer } from '../../support/backup-server.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'

describe.each(databasesWhenDeep)('what a restore into %s goes on without', (database) => {
  let server: BackupServer
  let on: CampaignOnStore
  let volunteer: SealingDevice
  beforeEach(async () => {
    server = await BackupServer.start({ clock: steppedClock(), chance: seededChance('loss') }, database)
    on = await CampaignOnStore.create(server.context.store)
    volunteer = await on.join('volunteer')
    await volunteer.push(volunteer.record())
  })
  afterEach(() => server.close())

  const place = (sha256: Sha256) => ({ campaignId: on.campaign.id, sha256 })
  const uploadedBy = () => volunteer.person.member.id

  /** A file as it came, or a picture of which the copy that is shown alone is left. */
  async function aFile(text: string, left: 'received' | 'shown'): Promise<Sha256> {
    const bytes = Buffer.from(text)
    const file = { ...place(sha256OfBytes(bytes)), entryId: createEntryId(server.ground.clock, server.ground.chance), type: 'image/jpeg', bytes: bytes.length, uploadedBy: uploadedBy(), storedAt: '2026-03-01T08:00:00.000Z' as never }
    await server.context.shelf.keepBytes(left, file, bytes)
    await server.context.store.files.put({ ...file, shownSha256: left === 'shown' ? file.sha256 : null, original: left === 'shown' ? 'gone' : 'kept' })
    return file.sha256
  }

  it('[BA710] no later backup looks for: it verifies and promises, and no empty file is handed out in its place', async () => {
    const [kept, gone, notShown] = [await aFile('kept', 'received'), await aFile('gone', 'received'), await aFile('shown', 'shown')]
    await server.backUp()
    await server.lose()
    await shelfOf(server.root).remove('received', place(gone))
    await shelfOf(server.root).remove('shown', place(notShown))
    expect(await server.restore(server.root, { acceptLoss: true })).toMatchObject({ kind: 'restored', faults: [gone, notShown].toSorted().map((sha256) => expect.stringContaining(sha256) as string) })
    expect(await server.backUp()).toMatchObject({ kind: 'made' })
    expect(await verifyFiles(server.context, on.campaign.id)).toEqual({ files: 3, faults: [] })
    const held = Buffer.concat(await Array.fromAsync(heldAbout(server.context, on.campaign, volunteer.person.member))).toString('latin1')
    expect([kept, gone, notShown].map((sha256) => held.includes(`files/${sha256}`))).toEqual([true, false, false])
  })

  it('[BA710] is kept again when somebody sends it once more', async () => {
    const gone = await aFile('gone', 'received')
    await server.backUp()
    await server.lose()
    await shelfOf(server.root).remove('received', place(gone))
    await server.restore(server.root, { acceptLoss: true })
    const { entryId = createEntryId(server.ground.clock, server.ground.chance) } = (await server.context.store.files.get(on.campaign.id, gone)) ?? {}
    await keepFile(server.context, { keepOriginals: true }, { ...place(gone), entryId, type: 'image/jpeg', uploadedBy: uploadedBy() }, Buffer.from('gone'))
    expect(await server.context.store.files.get(on.campaign.id, gone)).toMatchObject({ original: 'kept' })
    expect(await server.backUp()).toMatchObject({ kind: 'made' })
  })

  it('[BA710] may be what was lost before any backup had it: one that did not verify for it, named by its name, is restored with all words', async () => {
    const gone = await aFile('gone', 'received')
    await server.context.shelf.remove('received', place(gone))
    expect(await server.backUp()).toMatchObject({ kind: 'unverified', faults: [expect.stringContaining(gone)] })
    await server.lose()
    const [name = ''] = (await readdir(server.root)).filter((one) => one.endsWith('.unverified'))
    expect(await server.restore(join(server.root, name), { acceptLoss: true })).toMatchObject({ kind: 'restored' })
    expect(await server.context.store.changes.headSeq(on.campaign.id)).toBe(1)
    expect(await server.backUp()).toMatchObject({ kind: 'made' })
  })
})
