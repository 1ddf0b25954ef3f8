import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import type { BackupRow } from '#server/store/backup-store.ts'
import { aChallenge, anAction } from '../../support/contents.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import { stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

describe.each(stores)('appending to the store on $name', ({ open }) => {
  let opened: OpenedStore
  let campaign: CampaignOnStore

  beforeEach(async () => {
    opened = await open()
    campaign = await CampaignOnStore.create(opened.store)
  })
  afterEach(() => opened.remove())

  const all = () => opened.store.changes.scan(campaign.campaign.id, 0, 10_000)

  it('[ST1] nothing of another campaign is read, written or counted', async () => {
    const other = await CampaignOnStore.create(opened.store, 'two')
    const [mine, theirs] = [await campaign.join('volunteer'), await other.join('coordinator')]
    const record = mine.record()
    await mine.push(record)
    const { results } = await theirs.push(theirs.record(), theirs.change('comment', { text: 'Hello', lang: 'en' }, { entryId: record.entryId }))
    expect(results).toMatchObject([{ status: 'stored', seq: 1, ref: 'C-000001' }, { status: 'quarantined', problem: 'unknown-entry' }])
    expect(await opened.store.entries.row(other.campaign.id, record.entryId)).toBeNull()
    expect(await opened.store.changes.ofEntry(other.campaign.id, record.entryId)).toHaveLength(1)
    expect((await all()).map(({ id }) => id)).toEqual([record.id])
  })

  it('[ST2] the same change again is a duplicate and gets its first seq and ref', async () => {
    const device = await campaign.join('volunteer')
    const run = device.seal([device.record(), device.record(anAction())])
    const first = await device.send(run)
    const again = await device.send(run)
    expect(first.results).toMatchObject([{ status: 'stored', seq: 1, ref: 'C-000001' }, { status: 'stored', seq: 2, ref: 'A-000001' }])
    expect(again.results).toMatchObject([{ status: 'duplicate', seq: 1, ref: 'C-000001' }, { status: 'duplicate', seq: 2, ref: 'A-000001' }])
    expect(await all()).toHaveLength(2)
  })

  it('[ST2] a duplicate under a new device is a duplicate too, and takes a place in the new chain', async () => {
    const [old, rotated] = [await campaign.join('volunteer'), await campaign.join('volunteer')]
    const [first, second] = [old.record(), old.record()]
    await old.push(first)
    const { results, chain } = await rotated.push({ ...first, deviceSeq: 1 }, { ...second, deviceSeq: 2 })
    expect(results).toMatchObject([{ status: 'duplicate', seq: 1 }, { status: 'stored', seq: 2 }])
    expect(chain).toMatchObject({ highDeviceSeq: 2, missing: [] })
  })

  it('[ST3] the same id with other content is a mismatch: the first stays, the second is kept as an alarm, once', async () => {
    const device = await campaign.join('volunteer')
    const record = device.record()
    await device.push(record)
    const altered = { ...record, deviceSeq: 2, body: { content: aChallenge({ severity: 5 }) } }
    const run = device.seal([altered])
    expect((await device.send(run)).results).toEqual([{ id: record.id, status: 'mismatch' }])
    await device.send(run)
    const alarms = await opened.store.changes.alarms(campaign.campaign.id)
    expect(alarms.map(({ kind, text }) => [kind, JSON.parse(text)])).toEqual([['mismatch', altered]])
    expect(await opened.store.entries.row(campaign.campaign.id, record.entryId)).toMatchObject({ severity: 3 })
  })

  it('[ST4] a run that does not continue the stored chain is forked as a whole and kept as alarms', async () => {
    const device = await campaign.join('volunteer')
    const [first, second, third] = [device.record(), device.record(), device.record()]
    await device.push(first)
    const clone = { ...device.record(), deviceSeq: 2 }
    const afterFirst = device.seal([second], (await opened.store.changes.chain(campaign.campaign.id, device.person.device.id)).hash)
    await device.send(afterFirst)
    const { results, chain } = await device.send(device.seal([clone, third], afterFirst.prevHash))
    expect(results.map(({ status }) => status)).toEqual(['forked', 'forked'])
    expect(chain).toMatchObject({ highDeviceSeq: 2, hash: afterFirst.seal.hash })
    expect(await all()).toHaveLength(2)
    expect(await opened.store.changes.alarms(campaign.campaign.id)).toHaveLength(2)
  })

  it('[ST4] a run at a free place forks when it does not continue the change before it', async () => {
    const device = await campaign.join('volunteer')
    await device.push(device.record())
    const { results } = await device.send(device.seal([device.record()], 'a'.repeat(64) as never))
    expect(results.map(({ status }) => status)).toEqual(['forked'])
    expect(await all()).toHaveLength(1)
  })

  it('[ST4] a run that fills a gap forks when the change behind it does not continue it', async () => {
    const device = await campaign.join('volunteer')
    const [one, two, three] = [device.record(), device.record(), device.record()]
    const [first, filling, last] = [device.seal([one]), device.seal([two]), device.seal([three])]
    await device.send(first)
    await device.send(last)
    const clone = device.seal([{ ...device.record(), deviceSeq: 2 }], filling.prevHash)
    expect((await device.send(clone)).results.map(({ status }) => status)).toEqual(['forked'])
    expect((await device.send(filling)).chain).toMatchObject({ highDeviceSeq: 3, missing: [] })
  })

  it('[ST5] seq is gapless under appends at the same time, quarantined changes included', async () => {
    const devices = await Promise.all(Array.from({ length: 8 }, () => campaign.join('volunteer')))
    const pushes = devices.flatMap((device) => Array.from({ length: 5 }, () => device.seal([device.record(), device.change('withdraw', {}), device.record(anAction())])).map((run) => device.send(run)))
    const answers = await Promise.all(pushes)
    const seqs = answers.flatMap(({ results }) => results.map(({ seq }) => seq ?? 0)).toSorted((a, b) => a - b)
    expect(seqs).toEqual(Array.from({ length: 120 }, (_, index) => index + 1))
    expect((await all()).map(({ seq }) => seq)).toEqual(seqs)
    expect((await opened.store.changes.quarantined(campaign.campaign.id)).length).toBe(40)
    expect(await opened.store.changes.headSeq(campaign.campaign.id)).toBe(120)
    const [, , third] = await all()
    expect(await opened.store.changes.places(campaign.campaign.id, [3, 121])).toEqual([{ seq: 3, changeHash: third?.changeHash, receivedAt: third?.receivedAt }])
  })

  it('[ST6] each kind counts its own refs, and no ref is used twice', async () => {
    const device = await campaign.join('volunteer')
    const { results } = await device.push(device.record(), device.record(anAction()), device.record(), device.record(anAction()))
    expect(results.map(({ ref }) => ref)).toEqual(['C-000001', 'A-000001', 'C-000002', 'A-000002'])
  })

  it('[ST7] a quarantined change has a seq, but neither ref nor effect, and the same answer when it comes again', async () => {
    const [author, stranger] = [await campaign.join('volunteer'), await campaign.join('volunteer')]
    const record = author.record()
    await author.push(record)
    const run = stranger.seal([stranger.change('withdraw', {}, { entryId: record.entryId, base: record.id })])
    const { results } = await stranger.send(run)
    expect(results).toMatchObject([{ status: 'quarantined', seq: 2, problem: 'forbidden' }])
    expect((await stranger.send(run)).results).toEqual(results)
    expect(await opened.store.entries.row(campaign.campaign.id, record.entryId)).toMatchObject({ state: 'received' })
  })

  it('[ST7] a release lets the change count from its own place, and gives a released record its ref', async () => {
    const [author, coordinator] = [await campaign.join('volunteer'), await campaign.join('coordinator')]
    await opened.store.members.revokeDevice(campaign.campaign.id, author.person.device.id, '2026-03-01T08:00:00.000Z' as never)
    const revoked = { ...author.person.device, revokedAt: '2026-03-01T08:00:00.000Z' as never }
    const record = author.record()
    Object.assign(author, { person: { ...author.person, device: revoked } })
    expect((await author.push(record)).results).toMatchObject([{ status: 'quarantined', problem: 'revoked-device' }])
    expect(await opened.store.entries.row(campaign.campaign.id, record.entryId)).toBeNull()
    const { results } = await coordinator.push(coordinator.change('release', { change: record.id }, { entryId: record.entryId }))
    expect(results).toMatchObject([{ status: 'stored' }])
    expect(await opened.store.entries.row(campaign.campaign.id, record.entryId)).toMatchObject({ ref: 'C-000001', state: 'received', author: { id: author.person.member.id } })
    expect(await opened.store.changes.quarantined(campaign.campaign.id)).toEqual([])
    expect((await author.send(author.seal([{ ...record }], null))).results).toMatchObject([{ status: 'duplicate', seq: 1, ref: 'C-000001' }])
  })

  it('[ST8] an unproven change takes neither its id nor its place: the true one still comes', async () => {
    const device = await campaign.join('volunteer')
    const run = device.seal([device.record()])
    const altered = { ...run, changes: run.changes.map((change) => ({ ...(change as object), appVersion: 'altered' })) }
    const bad = await device.send(altered)
    expect(bad.results).toMatchObject([{ status: 'quarantined', problem: 'bad-seal', seq: 1 }])
    expect((await device.send(altered)).results).toEqual(bad.results)
    expect(bad.chain).toEqual({ highDeviceSeq: 0, hash: null, missing: [] })
    expect((await device.send(run)).results).toMatchObject([{ status: 'stored', seq: 2, ref: 'C-000001' }])
  })

  it('[ST14] an erased entry leaves its places and hashes, and no word', async () => {
    const [author, coordinator] = [await campaign.join('volunteer'), await campaign.join('coordinator')]
    const record = author.record(aChallenge({ description: 'A very secret sentence about somebody.' }))
    await author.push(record)
    const run = coordinator.seal([coordinator.change('erase', { reason: 'asked by the person' }, { entryId: record.entryId, base: record.id })])
    await coordinator.send(run)
    expect(JSON.stringify(await all())).not.toContain('secret sentence')
    expect((await all())[0]).toMatchObject({ seq: 1, id: record.id, entryId: record.entryId, text: '' })
    expect((await all())[0]?.erasedAt).not.toBeNull()
    expect(await opened.store.entries.row(campaign.campaign.id, record.entryId)).toBeNull()
    expect((await author.push({ ...record, deviceSeq: 2 })).results).toMatchObject([{ status: 'erased', seq: 1 }])
  })

  it('[ST630] of which changes there is a place is told whatever became of them, and of no other campaign', async () => {
    const [author, coordinator] = [await campaign.join('volunteer'), await campaign.join('coordinator')]
    const [kept, gone, never] = [author.record(), author.record(), author.record()]
    await author.push(kept)
    await author.push(gone)
    await coordinator.send(coordinator.seal([coordinator.change('erase', { reason: 'asked by the person' }, { entryId: gone.entryId, base: gone.id })]))
    const ids = [kept.id, gone.id, never.id, ...Array.from({ length: 600 }, () => author.record().id)]
    expect(await opened.store.changes.held(campaign.campaign.id, ids)).toEqual(new Set([kept.id, gone.id]))
    expect(await opened.store.changes.held('00000000-0000-7000-8000-000000000000' as never, ids)).toEqual(new Set())
    expect(await opened.store.changes.held(campaign.campaign.id, [])).toEqual(new Set())
  })

  it('[ST18] a file is named by the entries whose counting changes name it', async () => {
    const device = await campaign.join('volunteer')
    const [photo, thumb] = ['a'.repeat(64), 'b'.repeat(64)] as never[]
    const record = device.record(aChallenge({ consentPhoto: true, photos: [{ sha256: photo as never, bytes: 300, type: 'image/jpeg', width: 10, height: 10, thumb: { sha256: thumb as never, bytes: 20 } }] }))
    await device.push(record)
    const named = (sha256: never) => opened.store.files.namedBy(campaign.campaign.id, sha256)
    expect([await named(photo as never), await named(thumb as never), await named('c'.repeat(64) as never)]).toEqual([[record.entryId], [record.entryId], []])
    await opened.store.files.put({ sha256: photo as never, campaignId: campaign.campaign.id, entryId: record.entryId, type: 'image/jpeg', bytes: 300, uploadedBy: device.person.member.id, storedAt: record.recordedAt, shownSha256: null, original: 'kept' })
    expect(await opened.store.files.ofEntry(campaign.campaign.id, record.entryId)).toMatchObject([{ sha256: photo, bytes: 300 }])
    expect(await opened.store.entries.row(campaign.campaign.id, record.entryId)).toMatchObject({ photos: 1 })
  })

  it('[ST36] a missing place whose words its phone has erased is not asked for; the others are', async () => {
    const device = await campaign.join('volunteer')
    const runs = Array.from({ length: 4 }, () => device.seal([device.record()]))
    await device.send(runs[0] as never)
    await device.send(runs[3] as never)
    const missing = async () => (await opened.store.members.devices(campaign.campaign.id)).find(({ id }) => id === device.person.device.id)?.missing
    expect(await missing()).toEqual([2, 3])
    const manifest = { highDeviceSeq: 4, pendingChanges: 0, pendingFiles: 0, pendingBytes: 0, erasedPlaces: [2] }
    await opened.store.members.touchDevice(campaign.campaign.id, device.person.device.id, { at: '2026-03-01T10:00:00Z' as never, appVersion: null, manifest })
    expect(await missing()).toEqual([3])
  })

  it('[ST19] a run after a gap is taken, and the missing places are named until they come', async () => {
    const device = await campaign.join('volunteer')
    const [one, two, three, four] = [device.record(), device.record(), device.record(), device.record()]
    const runs = [device.seal([one]), device.seal([two, three]), device.seal([four])]
    await device.send(runs[0] as never)
    expect((await device.send(runs[2] as never)).chain).toMatchObject({ highDeviceSeq: 4, missing: [2, 3] })
    expect((await opened.store.members.devices(campaign.campaign.id)).find(({ id }) => id === device.person.device.id)).toMatchObject({ highDeviceSeq: 4, missing: [2, 3] })
    expect((await device.send(runs[1] as never)).chain).toMatchObject({ highDeviceSeq: 4, missing: [] })
  })

  it('[ST132] up to where a chain is whole is kept with its device: not before a gap is filled, and again when it is restored', async () => {
    const device = await campaign.join('volunteer')
    const runs = [1, 2, 3, 4].map(() => device.seal([device.record()]))
    const wholeTo = async (store = opened.store) => {
      let row: BackupRow['row'] = {}
      await store.backup.dump(async (rows) => {
        for await (const one of rows) if (one.table === 'devices' && one.row['id'] === device.person.device.id) row = one.row
      })
      return Number(row['whole_to'])
    }
    const found: number[] = []
    for (const at of [0, 1, 3, 2]) {
      await device.send(runs[at] as never)
      found.push(await wholeTo())
    }
    expect(found).toEqual([1, 2, 2, 4])
    expect(await opened.store.changes.chain(campaign.campaign.id, device.person.device.id)).toMatchObject({ highDeviceSeq: 4, missing: [] })
    await device.send(runs[3] as never)
    expect(await wholeTo()).toBe(4)
    await device.push(device.record())
    await device.send(device.seal([{ ...device.record(), deviceSeq: 8 }]))
    expect(await opened.store.changes.chain(campaign.campaign.id, device.person.device.id)).toMatchObject({ highDeviceSeq: 8, missing: [6, 7] })
    expect(await wholeTo(await opened.reopen())).toBe(5)
  })

  it('[ST20] an append that fails leaves nothing behind, and the next one is not held up', async () => {
    const device = await campaign.join('volunteer')
    const run = device.seal([device.record()])
    const failing = opened.store.changes.append({
      campaignId: campaign.campaign.id, deviceId: device.person.device.id, memberId: device.person.member.id, carriedBy: device.person.member.id, receivedAt: '2026-03-01T08:00:00Z' as never, seal: null,
      changes: [{ id: null, entryId: 'e' as EntryId, deviceSeq: null, type: null, changeHash: 'd'.repeat(64) as never, link: null, text: '', change: { type: 'record' } as never, refused: null }],
      judge: () => { throw new Error('planted') },
    })
    await expect(failing).rejects.toThrow('planted')
    expect(await all()).toEqual([])
    expect((await device.send(run)).results).toMatchObject([{ status: 'stored', seq: 1 }])
  })

  it('[ST9] the projection made anew from the changes is the same', async () => {
    const [author, coordinator] = [await campaign.join('volunteer'), await campaign.join('coordinator')]
    const records = [author.record(), author.record(anAction()), author.record(aChallenge({ topic: 'PRO' }))]
    await author.push(...records)
    for (const { entryId } of records) await coordinator.push(await coordinator.decide(entryId, { verdict: 'approve' }))
    await author.push(author.change('revise', { set: { severity: 5 }, unset: [], answers: [] }, { entryId: (records[0] as never as { entryId: EntryId }).entryId }))
    expect(await opened.store.entries.rebuild(campaign.campaign.id)).toEqual({ entries: 3, differing: [] })
  })

  it('[ST17] what was answered is there after the store is opened again, in the same epoch', async () => {
    const device = await campaign.join('volunteer')
    await device.push(device.record())
    const [epoch, before] = [await opened.store.epoch(), await all()]
    const reopened = await opened.reopen()
    expect(await reopened.epoch()).toBe(epoch)
    expect(await reopened.changes.scan(campaign.campaign.id, 0, 10)).toEqual(before)
    await reopened.check()
  })
})
