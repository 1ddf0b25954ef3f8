import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CampaignId, Sha256 } from '#domain/ids.ts'
import { shelves } from '../../support/contracts/shelves.ts'
import type { OpenedShelf } from '../../support/contracts/shelves.ts'

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex') as Sha256
const campaign = '0190a0b0-0000-7000-8000-000000000001' as CampaignId
const neighbour = '0190a0b0-0000-7000-8000-000000000002' as CampaignId
const everyByte = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7 + (index >> 8)) % 256)

describe.each(shelves)('files on $name', ({ open }) => {
  let opened: OpenedShelf
  beforeEach(async () => {
    opened = await open()
  })
  afterEach(() => opened.remove())

  it('[SE60] what is kept is read back byte for byte, by another process too', async () => {
    const place = { campaignId: campaign, sha256: hashOf(everyByte) }
    await opened.shelf.keepBytes('received', place, everyByte)
    expect(Buffer.from((await opened.other().read('received', place)) ?? []).equals(everyByte)).toBe(true)
    expect(await opened.other().has('received', place)).toBe(true)
  })

  it('[SE60] what was never kept is missing, not an error, and kind and campaign keep files apart', async () => {
    const place = { campaignId: campaign, sha256: hashOf(everyByte) }
    await opened.shelf.keepBytes('received', place, everyByte)
    for (const [kind, at] of [['shown', place], ['received', { ...place, campaignId: neighbour }], ['received', { ...place, sha256: hashOf(Buffer.from('x')) }]] as const) {
      expect([await opened.shelf.read(kind, at), await opened.shelf.has(kind, at)]).toEqual([null, false])
    }
  })

  it('[SE60] the same file kept by many at the same time is there once and whole', async () => {
    const place = { campaignId: campaign, sha256: hashOf(everyByte) }
    await Promise.all(Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? opened.shelf : opened.other()).keepBytes('received', place, everyByte)))
    expect(hashOf((await opened.shelf.read('received', place)) ?? new Uint8Array())).toBe(place.sha256)
  })

  it('[SE60] an empty file is a file', async () => {
    const place = { campaignId: campaign, sha256: hashOf(new Uint8Array()) }
    await opened.shelf.keepBytes('shown', place, new Uint8Array())
    expect([(await opened.shelf.read('shown', place))?.length, await opened.shelf.has('shown', place)]).toEqual([0, true])
  })

  it('[SE226] what is removed is gone for everybody, once or twice, and nothing else is', async () => {
    const place = { campaignId: campaign, sha256: hashOf(everyByte) }
    await opened.shelf.keepBytes('received', place, everyByte)
    await opened.shelf.keepBytes('shown', place, everyByte)
    await opened.shelf.remove('received', place)
    await opened.other().remove('received', place)
    expect([await opened.other().has('received', place), await opened.other().has('shown', place)]).toEqual([false, true])
  })
})
