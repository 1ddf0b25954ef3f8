import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { DeviceDatabase } from '#device/store/database.ts'
import { savedSecret } from '../support/carried-phones.ts'
import { savedChallenge, until } from '../support/phone.ts'
import { plantQuota } from '../support/planted-quota.ts'
import type { PlantedQuota, QuotaShape } from '../support/planted-quota.ts'
import { realPhone } from '../support/real-phone.ts'
import type { RealPhone } from '../support/real-phone.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'
import { bytesOf, chosen } from '../support/unsent.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
afterEach(() => vi.restoreAllMocks())

/** A phone with no word of its own to send that carries somebody's file, until its storage is full. */
async function carrier(shape: QuotaShape): Promise<{ readonly courier: RealPhone; readonly quota: PlantedQuota }> {
  const quota = plantQuota(shape)
  const [author, courier] = [await realPhone(server), await realPhone(server, { storage: quota.storage })]
  author.ground.setOnline(false)
  await savedSecret(author, 900, 350_000)
  const bytes = await bytesOf(await author.device.exportUnsent())
  author.device.close()
  courier.ground.setOnline(false)
  await courier.device.flush()
  await expect.poll(() => countOf(courier, (db) => db.meta.where('key').equals('reserve').count())).toBe(1)
  expect(await courier.device.carry(chosen(bytes))).toBe('taken')
  return { courier, quota }
}

async function countOf({ ground }: RealPhone, count: (db: DeviceDatabase) => PromiseLike<number>): Promise<number> {
  const db = new DeviceDatabase(ground.databaseName)
  return count(db).then((found) => {
    db.shut()
    return found
  })
}

it.each(['request', 'abort', 'commit'] as const)('[SY940] a full phone brings what it carries for others, and has its room again (%s)', async (shape) => {
  const { courier, quota } = await carrier(shape)
  quota.leave(0)
  courier.ground.setOnline(true, false)
  await courier.device.flush()
  expect(await until(courier.device.sync, ({ phase }) => phase !== 'syncing')).toMatchObject({ phase: 'idle', problem: null })
  expect(await until(courier.device.carried, ([one]) => one !== undefined)).toMatchObject([{ state: 'delivered', answer: { accepted: 1, files: 2 } }])
  expect(await countOf(courier, (db) => db.carriedChunks.count())).toBe(0)
  courier.device.close()
})

it('[SY940] also where not even an answer finds room: what it gives back is room for that', async () => {
  const { courier, quota } = await carrier('request')
  await savedChallenge(courier.device)
  quota.leave(-30_000)
  courier.ground.setOnline(true, false)
  await courier.device.flush()
  expect(await until(courier.device.carried, ([one]) => one?.state === 'delivered')).toHaveLength(1)
  await courier.device.flush()
  // What waits is counted a moment after the walk has come to rest.
  expect(await until(courier.device.sync, ({ phase, pendingChanges }) => phase !== 'syncing' && pendingChanges === 0)).toMatchObject({ phase: 'idle', problem: null })
  courier.device.close()
})
