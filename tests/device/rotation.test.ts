import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { CookieJar } from '../support/cookie-jar.ts'
import { savedChallenge } from '../support/phone.ts'
import { copyDatabase, phoneOn, quietWire, realPhone } from '../support/real-phone.ts'
import type { Jar, RealPhone } from '../support/real-phone.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'
import { verifyCampaign } from '#server/sync/verify.ts'

let server: TestServer
beforeAll(async () => void (server = await startTestServer()))
afterAll(() => server.close())
afterEach(() => vi.restoreAllMocks())

const arrived = { pendingChanges: 0, problem: null, attention: null }

describe('rotation', () => {
  it('[SY24] a phone that was set back becomes another device, and what it wrote since arrives once', async () => {
    const phone = await realPhone(server)
    const first = await saveAndFlush(phone)
    const older = await copyDatabase(phone.ground.databaseName)
    const lost = [await saveAndFlush(phone), await saveAndFlush(phone)]
    phone.device.close()
    const back = await phoneOn(server, older, { isOnline: false })
    const since = [await savedChallenge(back.device), await savedChallenge(back.device)]
    back.ground.setOnline(true)
    expect(await back.device.flush()).toMatchObject(arrived)
    expect(await countsOf([first, ...lost, ...since])).toEqual([1, 1, 1, 1, 1])
    expect(await deviceCount(phone)).toBe(2)
    expect(await entryIdsOn(back)).toEqual(new Set([first, ...lost, ...since]))
    await saveAndFlush(back)
    expect(await deviceCount(phone)).toBe(2)
    back.device.close()
  })

  it('[SY24] it takes the new name as soon as it is told of a place that it does not know, before it writes anything', async () => {
    const phone = await realPhone(server)
    const older = await copyDatabase(phone.ground.databaseName)
    await saveAndFlush(phone)
    phone.device.close()
    const back = await phoneOn(server, older)
    expect(await back.device.flush()).toMatchObject(arrived)
    expect(await deviceCount(phone)).toBe(2)
    const alarms = await server.context.store.changes.alarms(server.campaign.id)
    const id = await saveAndFlush(back)
    expect(await countsOf([id])).toEqual([1])
    expect(await server.context.store.changes.alarms(server.campaign.id)).toHaveLength(alarms.length)
    back.device.close()
  })

  it('[SY25] two phones with one copied database are two devices in the end; both keep everything, nothing is doubled', async () => {
    const phone = await realPhone(server)
    phone.ground.setOnline(false)
    const shared = await savedChallenge(phone.device)
    const twin = await phoneOn(server, await copyDatabase(phone.ground.databaseName), { isOnline: false })
    const [mine, theirs]: [EntryId[], EntryId[]] = [[], []]
    for (let i = 0; i < 3; i += 1) {
      mine.push(await savedChallenge(phone.device))
      theirs.push(await savedChallenge(twin.device))
    }
    for (const one of [phone, twin, phone]) {
      one.ground.setOnline(true)
      expect(await one.device.flush()).toMatchObject(arrived)
    }
    const all = [shared, ...mine, ...theirs]
    expect(await countsOf(all)).toEqual(all.map(() => 1))
    expect(await deviceCount(phone)).toBe(2)
    expect([await entryIdsOn(phone), await entryIdsOn(twin)]).toEqual([new Set(all), new Set(all)])
    expect((await verifyCampaign(server.context.store, server.campaign.id)).faults).toEqual([])
    phone.device.close()
    twin.device.close()
  })

  it('[SY25] the twins go on side by side afterwards without another rotation', async () => {
    const phone = await realPhone(server)
    const twin = await phoneOn(server, await copyDatabase(phone.ground.databaseName))
    const ids: EntryId[] = []
    for (let i = 0; i < 4; i += 1) ids.push(await saveAndFlush(phone), await saveAndFlush(twin))
    expect(await countsOf(ids)).toEqual(ids.map(() => 1))
    expect(await deviceCount(phone)).toBe(2)
    phone.device.close()
    twin.device.close()
  })

  it('[SY26] a key that no longer signs is replaced in the session that is still open', async () => {
    const phone = await realPhone(server)
    await saveAndFlush(phone)
    const db = new DeviceDatabase(phone.ground.databaseName)
    const own = await readMeta(db, 'membership')
    if (own === undefined) throw new Error('nobody has joined')
    await writeMeta(db, 'membership', { ...own, identity: { ...own.identity, keyPair: null } })
    db.shut()
    const id = await saveAndFlush(phone)
    expect(await countsOf([id])).toEqual([1])
    expect(await deviceCount(phone)).toBe(2)
    phone.device.close()
  })

  it('[SY27] killed at any request or write of a rotation, it goes on with the same name and ends with everything there once', async () => {
    const base = await realPhone(server)
    const older = await copyDatabase(base.ground.databaseName)
    await saveAndFlush(base)
    const prepared = await phoneOn(server, older, { isOnline: false })
    await savedChallenge(prepared.device)
    prepared.device.close()
    let kills = 0
    const kinds = ['before', 'after', 'write'] as const
    for (const kind of kinds) {
      for (let n = 1; n < 40; n += 1) {
        const name = await copyDatabase(older)
        const jar = { cookies: new CookieJar(), address: `10.0.${kinds.indexOf(kind)}.${n}` }
        const devicesBefore = await deviceCount(base)
        const wasKilled = await walkUntilKilled(name, { kind, n, jar })
        const again = await phoneOn(server, name, { jar })
        const id = await saveAndFlush(again)
        expect([kind, n, ...(await countsOf([id]))]).toEqual([kind, n, 1])
        const names = (await deviceCount(base)) - devicesBefore
        expect([kind, n, names]).toEqual([kind, n, 1])
        again.device.close()
        if (!wasKilled) break
        kills += 1
      }
    }
    expect(kills).toBeGreaterThan(20)
    const stored = await server.context.store.changes.scan(server.campaign.id, 0, 10_000)
    expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length)
    expect(stored.some(({ quarantined }) => quarantined !== null)).toBe(false)
    expect((await verifyCampaign(server.context.store, server.campaign.id)).faults).toEqual([])
    base.device.close()
  }, 60_000)

  it('[SY19] a server that does not know rotation leaves the alarm to a person, and the rest goes on', async () => {
    const phone = await realPhone(server)
    const older = await copyDatabase(phone.ground.databaseName)
    await saveAndFlush(phone)
    phone.device.close()
    const back = await phoneOn(server, older, { isOnline: false })
    await savedChallenge(back.device)
    const refusing = refusingRotation(server)
    vi.spyOn(server.app, 'inject').mockImplementation(refusing)
    back.ground.setOnline(true)
    expect(await back.device.flush()).toMatchObject({ pendingChanges: 1, attention: 'alarm' })
    vi.restoreAllMocks()
    expect(await back.device.flush()).toMatchObject(arrived)
    back.device.close()
  })
})

async function saveAndFlush({ device }: RealPhone): Promise<EntryId> {
  const id = await savedChallenge(device)
  expect(await device.flush()).toMatchObject(arrived)
  return id
}

/** How many records the server holds of each entry. */
function countsOf(ids: readonly EntryId[]): Promise<readonly number[]> {
  return Promise.all(ids.map(async (id) => (await server.context.store.changes.ofEntry(server.campaign.id, id)).filter(({ quarantined }) => quarantined === null).length))
}

async function deviceCount({ device }: RealPhone): Promise<number> {
  const memberId = device.membership.get()?.member.id
  return (await server.context.store.members.devices(server.campaign.id)).filter((one) => one.memberId === memberId).length
}

async function entryIdsOn({ ground }: RealPhone): Promise<ReadonlySet<EntryId>> {
  const db = new DeviceDatabase(ground.databaseName)
  const ids = await db.entries.toCollection().primaryKeys()
  db.shut()
  return new Set(ids)
}

interface Kill {
  readonly kind: 'before' | 'after' | 'write'
  readonly n: number
  readonly jar: Jar
}

/** Runs one walk in which the nth request or write, and everything behind it, fails as for a browser that is gone. */
async function walkUntilKilled(databaseName: string, { kind, n, jar }: Kill): Promise<boolean> {
  let count = 0
  const tick = (): void => {
    count += 1
    if (count >= n) throw new TypeError('killed')
  }
  const wire = { ...quietWire(), ...(kind === 'write' ? {} : { [kind]: tick }) }
  // oxlint-disable-next-line typescript/unbound-method -- it is called on the database that the spy stands in for
  const { write } = DeviceDatabase.prototype
  if (kind === 'write') {
    vi.spyOn(DeviceDatabase.prototype, 'write').mockImplementation(async function (this: DeviceDatabase, ...given) {
      tick()
      return write.apply(this, given)
    })
  }
  // A browser may be gone while it opens: then there is no phone, and nothing to flush.
  const killed = await phoneOn(server, databaseName, { wire, jar }).catch((error: unknown) => {
    if (count < n) throw error
    return null
  })
  await killed?.device.flush()
  killed?.device.close()
  vi.restoreAllMocks()
  return count >= n
}

function refusingRotation({ app }: TestServer): TestServer['app']['inject'] {
  const inject = app.inject.bind(app) as (options: { url: string }) => Promise<unknown>
  return ((options: { url: string }) => inject(options.url.endsWith('/devices/rotate') ? { ...options, url: '/api/v1/nowhere' } : options)) as TestServer['app']['inject']
}
