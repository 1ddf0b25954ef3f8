import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Instant } from '#domain/ids.ts'
import { writtenSinceIn } from '#server/store/sql/written-since.ts'
import { openPostgres } from '#server/store/postgres/open-postgres-store.ts'
import { CampaignOnStore, SealingDevice } from '../../support/campaign-on-store.ts'
import { openPostgresDatabase, stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'
import { seededChance } from '../../support/seeded.ts'

describe.each(stores)('what an append tells on $name', ({ open }) => {
  let opened: OpenedStore
  let campaign: CampaignOnStore
  beforeEach(async () => {
    opened = await open()
    campaign = await CampaignOnStore.create(opened.store)
  })
  afterEach(() => opened.remove())

  /** Sends a run and asks afterwards. */
  const compared = async (device: SealingDevice, run: Parameters<SealingDevice['send']>[0]) => {
    const { chain, reach } = await device.send(run)
    const { changes } = opened.store
    expect(chain).toEqual(await changes.chain(campaign.campaign.id, device.person.device.id))
    expect(reach).toEqual({ head: await changes.headSeq(campaign.campaign.id), safeSeq: 0, epoch: await opened.store.epoch() })
    return chain
  }

  it('[ST206] is what a question says: for the first run, the next, one that comes twice, one behind a gap, what fills it, and a fork', async () => {
    const device = await campaign.join('volunteer')
    const [first, second, third, fourth] = Array.from({ length: 4 }, () => device.seal([device.record(), device.record()]))
    if (first === undefined || second === undefined || third === undefined || fourth === undefined) throw new Error('no runs')
    expect((await compared(device, first)).highDeviceSeq).toBe(2)
    expect((await compared(device, first)).highDeviceSeq).toBe(2)
    expect((await compared(device, third)).missing).toEqual([3, 4])
    expect((await compared(device, fourth)).missing).toEqual([3, 4])
    expect(await compared(device, second)).toMatchObject({ highDeviceSeq: 8, missing: [] })
    const last = device.seal([device.record()])
    expect((await compared(device, last)).highDeviceSeq).toBe(9)
    const copy = new SealingDevice(campaign, device.person)
    expect((await compared(device, copy.seal([copy.record()]))).highDeviceSeq).toBe(9)
    device.seal([device.record()])
    expect(await compared(device, device.seal([device.record()]))).toMatchObject({ highDeviceSeq: 11, missing: [10] })
  })

  it('[ST206] is what a question says, whatever comes in whatever order', async () => {
    const bytes = seededChance('told without asking')
    const chance = (below: number) => (bytes.bytes(1)[0] ?? 0) % below
    const devices = await Promise.all([campaign.join('volunteer'), campaign.join('volunteer'), campaign.join('coordinator')])
    const waiting: { readonly device: SealingDevice; readonly run: Parameters<SealingDevice['send']>[0] }[] = []
    for (let n = 0; n < 40; n += 1) {
      const device = devices[chance(devices.length)] as SealingDevice
      waiting.push({ device, run: device.seal(Array.from({ length: 1 + chance(3) }, () => device.record())) })
      const at = chance(waiting.length + 1)
      const one = waiting[at]
      if (one === undefined) continue
      if (chance(4) > 0) waiting.splice(at, 1)
      await compared(one.device, one.run)
    }
    for (const { device, run } of waiting) await compared(device, run)
    expect((await opened.store.members.devices(campaign.campaign.id)).map(({ missing }) => missing)).toEqual([[], [], [], []])
  })

  it('[ST207] how much a member has written is counted on, and anew where it reaches the limit', async () => {
    const [device, other] = [await campaign.join('volunteer'), await campaign.join('volunteer')]
    const written = (most: number, since = '2000-01-01T00:00:00.000Z') => opened.store.persons.writtenSince(campaign.campaign.id, device.person.member.id, { most, since: since as Instant })
    expect(await written(10)).toBe(0)
    await device.push(device.record(), device.record())
    await other.push(other.record())
    expect([await written(10), await written(10)]).toEqual([2, 2])
    await device.push(device.record())
    expect([await written(10), await written(3), await written(2)]).toEqual([3, 3, 2])
    // Nothing since then: what was counted before may still be told, but not at the limit.
    expect([await written(3, '2999-01-01T00:00:00.000Z'), await written(10, '2999-01-01T00:00:00.000Z')]).toEqual([0, 0])
    // A clock that was set back is no reason to know less.
    expect(await written(10, '1999-01-01T00:00:00.000Z')).toBe(3)
  })
})

describe('several processes on one PostgreSQL', () => {
  it('[ST207] what another one takes in is counted too', async () => {
    const opened = await openPostgresDatabase()
    const campaign = await CampaignOnStore.create(opened.store)
    const device = await campaign.join('volunteer')
    const db = openPostgres(opened.url)
    const elsewhere = writtenSinceIn(db)
    const written = () => elsewhere(campaign.campaign.id, device.person.member.id, { most: 100, since: '2000-01-01T00:00:00.000Z' as Instant })
    const counts = [await written()]
    for (let n = 0; n < 3; n += 1) {
      await device.push(device.record(), device.record())
      counts.push(await written())
    }
    expect(counts).toEqual([0, 2, 4, 6])
    await db.destroy()
    await opened.remove()
  })
})
