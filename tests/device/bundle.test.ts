import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DeviceDatabase } from '#device/store/database.ts'
import { changeEpoch } from '#device/store/epoch.ts'
import { bundleType } from '#protocol/bundle-file.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { photoOf, savedSecret, secretWords, storedBytes } from '../support/carried-phones.ts'
import { until } from '../support/phone.ts'
import { phoneOn, realPhone } from '../support/real-phone.ts'
import type { RealPhone } from '../support/real-phone.ts'
import { createLocks } from '../support/test-ground.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'
import { bytesOf, chosen } from '../support/unsent.ts'

const isDeep = process.env['TERRAIN_TEST'] === 'deep'
const entries = 200
const photoBytes = isDeep ? 300_000 : 12_000

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('weeks without a connection', () => {
  it('[SY40] 200 entries with photos go by another phone, twice, and by the desk: each change and photo is there once, and is its author’s', async () => {
    const [author, courier] = [await realPhone(server), await realPhone(server)]
    author.ground.setOnline(false)
    for (let n = 0; n < entries; n += 1) await savedSecret(author, n, photoBytes)
    const file = await author.device.exportUnsent()
    expect([file.isSealed, file.entries, file.photos, file.type]).toEqual([true, entries, entries, bundleType])
    const bytes = await bytesOf(file)

    courier.ground.setOnline(false)
    expect(await courier.device.carry(chosen(bytes))).toBe('taken')
    expect(await courier.device.carry(chosen(bytes))).toBe('known')
    expect(await until(courier.device.carried, (all) => all.length === 1)).toMatchObject([{ state: 'waiting', entries, photos: entries, bytes: bytes.length }])
    expect(foundIn(bytes.toString('latin1'), author)).toEqual([])
    expect(foundIn(await storedBytes(courier.ground.databaseName), author)).toEqual([])
    // The scan finds them where they are.
    expect(foundIn(await storedBytes(author.ground.databaseName), author)).toHaveLength(secretWords.length + 6)

    courier.ground.setOnline(true)
    expect(await courier.device.flush()).toMatchObject({ problem: null })
    expect(await until(courier.device.carried, ([one]) => one?.state === 'delivered')).toMatchObject([{ answer: { accepted: entries, duplicates: 0, refused: 0, files: 2 * entries } }])
    expect(await chunksOf(courier)).toBe(0)
    expect(await courier.device.carry(chosen(bytes))).toBe('delivered')

    // By the hand of a third, and at the desk: nothing is there twice.
    const third = await realPhone(server)
    expect(await third.device.carry(chosen(bytes))).toBe('taken')
    await third.device.flush()
    expect(await until(third.device.carried, ([one]) => one?.state === 'delivered')).toMatchObject([{ answer: { accepted: 0, duplicates: entries } }])
    expect(await third.device.api.importSealed(chosen(bytes), () => undefined)).toMatchObject({ ok: true, value: { accepted: 0, duplicates: entries, refused: [] } })
    // What mail has made of it: longer it says the same once more, with other ends of lines it is damaged, and the server answers.
    expect(await third.device.api.importSealed(chosen(Buffer.concat([bytes, Buffer.from('-- sent from a phone')])), () => undefined)).toMatchObject({ ok: true, value: { duplicates: entries } })
    expect(await third.device.api.importSealed(chosen(Buffer.from(bytes.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')), () => undefined)).toMatchObject({ ok: false, problem: { code: 'bundle-broken' } })

    const hashes = await changeHashes(author)
    const stored = (await server.context.store.changes.scan(server.campaign.id, 0, 10_000)).filter(({ type }) => type === 'record')
    expect(stored.map(({ changeHash }) => changeHash).sort()).toEqual([...hashes].sort())
    expect(new Set(stored.map(({ memberId }) => memberId))).toEqual(new Set([author.device.membership.get()?.member.id]))
    expect(new Set(stored.map(({ carriedBy }) => carriedBy))).toEqual(new Set([courier.device.membership.get()?.member.id]))

    // The author learns it from the server, and sends nothing of it again.
    author.ground.setOnline(true)
    expect(await author.device.flush()).toMatchObject({ pendingChanges: 0, pendingFiles: 0, problem: null })
    expect(await verifyCampaign(server.context.store, server.campaign.id)).toMatchObject({ faults: [] })
    for (const { device } of [author, courier, third]) device.close()
  }, isDeep ? 600_000 : 120_000)

  it('[SY41] a file that this very phone has made is known again, and nothing is done', async () => {
    const phone = await realPhone(server)
    phone.ground.setOnline(false)
    await savedSecret(phone, 1, 1000)
    const bytes = await bytesOf(await phone.device.exportUnsent())
    expect(await phone.device.carry(chosen(bytes))).toBe('own')
    expect(await until(phone.device.carried, () => true)).toEqual([])
    phone.device.close()
  })

  it('[SY42] what is no bundle, was cut off, is for others or from a newer Terrain is said at the handing over, while its author is still there', async () => {
    const [author, courier] = [await realPhone(server), await realPhone(server)]
    author.ground.setOnline(false)
    await savedSecret(author, 2, 100_000)
    const bytes = await bytesOf(await author.device.exportUnsent())
    const { device } = courier
    expect(await device.carry(chosen(bytes.subarray(0, -1)))).toBe('cut-off')
    expect(await device.carry(chosen(Buffer.concat([bytes, Buffer.from('x')])))).toBe('cut-off')
    expect(await device.carry(chosen(Buffer.from('{"format":"terrain-bundle"}')))).toBe('plain')
    expect(await device.carry(chosen(Buffer.from('a holiday photo')))).toBe('no-bundle')
    expect(await device.carry(chosen(Buffer.from('terrain-bundle/3\n{}\n')))).toBe('newer')
    const other = bytes.toString('latin1').replace(server.campaign.id, '0190a0b0-0000-7000-8000-000000000000')
    expect(await device.carry(chosen(Buffer.from(other, 'latin1')))).toBe('other-campaign')
    expect(await until(device.carried, () => true)).toEqual([])
    for (const phone of [author, courier]) phone.device.close()
  })

  it('[SY43] cut anywhere on its way, a carried file goes on where the server stands, and one whose last answer was lost is not sent again', async () => {
    const [author, courier] = [await realPhone(server), await realPhone(server)]
    author.ground.setOnline(false)
    for (let n = 0; n < 3; n += 1) await savedSecret(author, 300 + n, 350_000)
    const bytes = await bytesOf(await author.device.exportUnsent())
    courier.ground.setOnline(false)
    await courier.device.carry(chosen(bytes))
    let [parts, isLost] = [0, true]
    courier.wire.before = (path) => {
      if (path.startsWith('/import/parts/')) parts += 1
      if (path.startsWith('/import/parts/') && parts === 3) throw new TypeError('Failed to fetch')
    }
    courier.wire.after = (path) => {
      // The second part was taken and its answer is lost; so is the first answer of the import.
      const lose = (path.startsWith('/import/parts/') && parts === 2) || (path.startsWith('/import?') && isLost)
      if (path.startsWith('/import?')) isLost = false
      if (lose) throw new TypeError('Failed to fetch')
    }
    courier.ground.setOnline(true)
    for (let round = 0; round < 4; round += 1) await courier.device.flush()
    expect(await until(courier.device.carried, ([one]) => one?.state === 'delivered')).toMatchObject([{ answer: { accepted: 3, duplicates: 0, files: 6 } }])
    // Five parts, one that never left, one that the server had already, and smaller ones behind what got lost.
    expect(parts).toBeLessThanOrEqual(30)
    for (const phone of [author, courier]) phone.device.close()
  })

  it('[SY44] a carried file keeps to the day’s share of mobile data, goes on the next day, and at once when a person wants it', async () => {
    const [author, courier] = [await realPhone(server), await realPhone(server)]
    author.ground.setOnline(false)
    await savedSecret(author, 400, 350_000)
    const bytes = await bytesOf(await author.device.exportUnsent())
    await courier.device.setPreferences({ mobilePhotos: 'small' })
    await courier.device.carry(chosen(bytes))
    await courier.device.flush()
    expect(await until(courier.device.carried, ([one]) => one?.state === 'held')).toMatchObject([{ sentBytes: 0 }])
    await courier.device.flush({ allPhotos: true })
    expect(await until(courier.device.carried, ([one]) => one?.state === 'delivered')).toMatchObject([{ answer: { accepted: 1 } }])
    for (const phone of [author, courier]) phone.device.close()
  })

  it('[SY115] a file that was delivered before the server was restored is not called so any more, and can be taken along again', async () => {
    const [author, courier] = [await realPhone(server), await realPhone(server)]
    author.ground.setOnline(false)
    await savedSecret(author, 450, 1000)
    const bytes = await bytesOf(await author.device.exportUnsent())
    await courier.device.carry(chosen(bytes))
    await courier.device.flush()
    expect(await until(courier.device.carried, ([one]) => one?.state === 'delivered')).toMatchObject([{ problem: null }])
    const db = new DeviceDatabase(courier.ground.databaseName)
    await changeEpoch(db, { epoch: 'of another history', restoredSeq: 0 })
    expect(await until(courier.device.carried, ([one]) => one?.problem === 'restored')).toMatchObject([{ state: 'delivered' }])
    courier.ground.setOnline(false)
    expect(await courier.device.carry(chosen(bytes))).toBe('taken')
    expect(await until(courier.device.carried, ([one]) => one?.state === 'waiting')).toMatchObject([{ problem: null, answer: null }])
    db.shut()
    for (const phone of [author, courier]) phone.device.close()
  })

  it('[SY45] a file that the server can never take is told with why, stands in nobody’s way, and is dropped by a person alone', async () => {
    const [author, courier] = [await realPhone(server), await realPhone(server)]
    author.ground.setOnline(false)
    await savedSecret(author, 500, 1000)
    const bytes = await bytesOf(await author.device.exportUnsent())
    const damaged = Buffer.from(bytes)
    damaged[damaged.length - 5] = (damaged[damaged.length - 5] ?? 0) ^ 1
    courier.ground.setOnline(false)
    await courier.device.carry(chosen(damaged))
    courier.ground.setOnline(true)
    await savedSecret(courier, 501, 1000)
    expect(await courier.device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
    const [refused] = await until(courier.device.carried, ([one]) => one?.state === 'refused')
    expect(refused).toMatchObject({ problem: 'bundle-broken' })
    // A whole copy of the same file takes its place.
    expect(await courier.device.carry(chosen(bytes))).toBe('taken')
    await courier.device.flush()
    expect(await until(courier.device.carried, ([one]) => one?.state === 'delivered')).toMatchObject([{ answer: { refused: 0 } }])
    if (refused !== undefined) await courier.device.dropCarried(refused.id)
    expect(await until(courier.device.carried, (all) => all.length === 0)).toEqual([])
    for (const phone of [author, courier]) phone.device.close()
  })

  it('[SY47] a copy that is no longer whole, or was dropped while it was sent, stands in nobody’s way', async () => {
    const [author, courier] = [await realPhone(server), await realPhone(server)]
    author.ground.setOnline(false)
    await savedSecret(author, 550, 350_000)
    const [first, second] = [await bytesOf(await author.device.exportUnsent()), await bytesOf(await author.device.exportUnsent())]
    courier.ground.setOnline(false)
    await courier.device.carry(chosen(first))
    await courier.device.carry(chosen(second))
    const [torn] = await until(courier.device.carried, (all) => all.length === 2)
    const db = new DeviceDatabase(courier.ground.databaseName)
    await db.carriedChunks.delete([torn?.id as never, 1])
    db.shut()
    courier.ground.setOnline(true)
    expect(await courier.device.flush()).toMatchObject({ problem: null })
    const states = await until(courier.device.carried, (all) => all.every(({ state }) => state !== 'waiting'))
    const known = new Map(states.map(({ id, state, problem }) => [id === torn?.id ? 'torn' : 'whole', `${state} ${problem ?? ''}`]))
    expect([known.get('whole'), known.get('torn')]).toEqual(['delivered ', 'refused incomplete'])
    for (const phone of [author, courier]) phone.device.close()
  })

  it('[SY791] a copy whose bytes the browser says are gone for good holds up none of the others', async () => {
    const [author, courier] = [await realPhone(server), await realPhone(server)]
    author.ground.setOnline(false)
    await savedSecret(author, 560, 350_000)
    const files = [await bytesOf(await author.device.exportUnsent()), await bytesOf(await author.device.exportUnsent())]
    courier.ground.setOnline(false)
    for (const file of files) await courier.device.carry(chosen(file))
    const [gone] = await until(courier.device.carried, (all) => all.length === 2)
    // oxlint-disable-next-line typescript/unbound-method -- it is called on its own store below
    const { get } = IDBObjectStore.prototype
    const reading = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
      if (this.name === 'carriedChunks' && Array.isArray(key) && key[0] === gone?.id) throw new DOMException('missing file', 'NotReadableError')
      return get.call(this, key)
    })
    courier.ground.setOnline(true)
    expect(await courier.device.flush()).toMatchObject({ problem: null })
    reading.mockRestore()
    const states = await until(courier.device.carried, (all) => all.every(({ state }) => state !== 'waiting'))
    const known = new Map(states.map(({ id, state, problem }) => [id === gone?.id ? 'gone' : 'whole', `${state} ${problem ?? ''}`]))
    expect([known.get('whole'), known.get('gone')]).toEqual(['delivered ', 'refused incomplete'])
    for (const phone of [author, courier]) phone.device.close()
  })

  it('[SY46] a phone that has not heard of the campaign’s key hands over the plain file of before, and says that it can be read', async () => {
    const phone = await realPhone(server)
    const db = new DeviceDatabase(phone.ground.databaseName)
    await db.open()
    const own = (await db.meta.get('membership')) as { readonly value: { readonly membership: { readonly campaign: Record<string, unknown> } } } & { readonly sv: 1; readonly key: string }
    const { encryptionKey: _, ...campaign } = own.value.membership.campaign
    await db.meta.put({ ...own, value: { ...own.value, membership: { ...own.value.membership, campaign } } })
    db.shut()
    phone.ground.setOnline(false)
    await savedSecret(phone, 600, 1000)
    const file = await phone.device.exportUnsent()
    expect([file.isSealed, file.type]).toEqual([false, 'application/json'])
    expect(await phone.device.api.importFile('bundle', String(await bytesOf(file)))).toMatchObject({ ok: true, value: { accepted: 1, files: 2 } })
    phone.device.close()
  })
})

describe('a copy that is kept for somebody', () => {
  it('[DS40] comes back byte for byte, and one that was broken off in the middle is none', async () => {
    const [author, courier] = [await realPhone(server), await realPhone(server)]
    author.ground.setOnline(false)
    await savedSecret(author, 700, 350_000)
    const bytes = await bytesOf(await author.device.exportUnsent())
    courier.ground.setOnline(false)
    let reads = 0
    const breaking = { ...chosen(bytes), read: (start: number, end: number) => ((reads += 1) > 2 ? Promise.reject(new Error('the card was taken out')) : chosen(bytes).read(start, end)) }
    await expect(courier.device.carry(breaking)).rejects.toThrow('card')
    expect(await until(courier.device.carried, () => true)).toEqual([])
    expect(await chunksOf(courier)).toBe(0)
    expect(await courier.device.carry(chosen(bytes))).toBe('taken')
    const db = new DeviceDatabase(courier.ground.databaseName)
    const chunks = await db.carriedChunks.toArray()
    expect(Buffer.concat(chunks.map(({ data }) => new Uint8Array(data))).equals(bytes)).toBe(true)
    expect(chunks.every(({ data }) => data instanceof ArrayBuffer && data.byteLength <= 256 * 1024)).toBe(true)
    db.shut()
    for (const phone of [author, courier]) phone.device.close()
  })

  it('[DS940] one that a kill has broken off gives its room back to the next file that is taken along, without a connection', async () => {
    const [author, courier] = [await realPhone(server), await realPhone(server)]
    author.ground.setOnline(false)
    await savedSecret(author, 750, 350_000)
    const first = await bytesOf(await author.device.exportUnsent())
    await savedSecret(author, 751, 1000)
    const second = await bytesOf(await author.device.exportUnsent())
    courier.ground.setOnline(false)
    let reads = 0
    const killed = { ...chosen(first), read: (start: number, end: number) => ((reads += 1) > 2 ? new Promise<never>(() => undefined) : chosen(first).read(start, end)) }
    void courier.device.carry(killed)
    await expect.poll(() => chunksOf(courier)).toBe(1)
    courier.device.close()
    const again = await phoneOn(server, courier.ground.databaseName, { isOnline: false })
    expect(await again.device.carry(chosen(second))).toBe('taken')
    expect((await until(again.device.carried, ({ length }) => length > 0)).map(({ bytes }) => bytes)).toEqual([second.length])
    expect(await chunksOf(again)).toBe(Math.ceil(second.length / (256 * 1024)))
    for (const phone of [author, again]) phone.device.close()
  })

  it('[DS940] one that another window is still taking along stays, and comes whole', async () => {
    const locks = createLocks()
    const [author, courier] = [await realPhone(server), await realPhone(server, { locks })]
    author.ground.setOnline(false)
    await savedSecret(author, 760, 350_000)
    const first = await bytesOf(await author.device.exportUnsent())
    await savedSecret(author, 761, 1000)
    const second = await bytesOf(await author.device.exportUnsent())
    courier.ground.setOnline(false)
    const other = await phoneOn(server, courier.ground.databaseName, { isOnline: false, locks })
    let goOn = (): void => undefined
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const slow = courier.device.carry({ ...chosen(first), read: async (start: number, end: number) => (start > 0 ? held.then(() => chosen(first).read(start, end)) : chosen(first).read(start, end)) })
    await expect.poll(() => chunksOf(courier)).toBe(1)
    expect(await other.device.carry(chosen(second))).toBe('taken')
    goOn()
    expect(await slow).toBe('taken')
    expect(await chunksOf(courier)).toBe([first, second].reduce((sum, { length }) => sum + Math.ceil(length / (256 * 1024)), 0))
    for (const phone of [author, courier, other]) phone.device.close()
  })

  it('[DS41] whoever carries something that has not arrived does not join another campaign over it', async () => {
    const [author, courier] = [await realPhone(server), await realPhone(server)]
    author.ground.setOnline(false)
    await savedSecret(author, 800, 1000)
    courier.ground.setOnline(false)
    await courier.device.carry(chosen(await bytesOf(await author.device.exportUnsent())))
    const { writeMembership } = await import('#device/store/identity.ts')
    const db = new DeviceDatabase(courier.ground.databaseName)
    const own = (await db.meta.get('membership'))?.value as Parameters<typeof writeMembership>[1]
    const elsewhere = { ...own, membership: { ...own.membership, campaign: { ...own.membership.campaign, id: '0190a0b0-0000-7000-8000-000000000000' as never } } }
    expect(await writeMembership(db, elsewhere, 'another')).toMatchObject({ ok: false, problem: 'unsent-here' })
    await courier.device.dropCarried((await db.carried.toCollection().primaryKeys())[0] as never)
    expect(await writeMembership(db, elsewhere, 'another')).toMatchObject({ ok: true })
    db.shut()
    for (const phone of [author, courier]) phone.device.close()
  })
})

/** Of words, pictures and ids of the author: those that a byte scan finds. */
function foundIn(text: string, { device }: RealPhone): readonly string[] {
  const photos = [0, 7, entries - 1].map((n) => Buffer.from(photoOf(n, photoBytes)).subarray(0, 64).toString('latin1'))
  const ids = [String(device.membership.get()?.deviceId), String(device.membership.get()?.member.id)]
  return [...secretWords.map((words) => Buffer.from(words).toString('latin1')), 'Croix-des-Bouquets', ...photos, ...ids].filter((one) => text.includes(one))
}

async function changeHashes({ ground }: RealPhone): Promise<readonly string[]> {
  const { hashChange } = await import('#protocol/chain.ts')
  const db = new DeviceDatabase(ground.databaseName)
  const rows = await db.changes.filter(({ own }) => own).toArray()
  db.shut()
  return Promise.all(rows.flatMap(({ change }) => (change === null ? [] : [hashChange(change, ground.crypto.digestText)])))
}

async function chunksOf({ ground }: RealPhone): Promise<number> {
  const db = new DeviceDatabase(ground.databaseName)
  const count = await db.carriedChunks.count()
  db.shut()
  return count
}
