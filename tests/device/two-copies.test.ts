import { afterAll, beforeAll, expect, it } from 'vitest'
import { DeviceDatabase } from '#device/store/database.ts'
import { savedSecret } from '../support/carried-phones.ts'
import { until } from '../support/phone.ts'
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

it('[SY502] of two copies with other bytes both are taken along, and the server takes the one that is whole, whichever came first', async () => {
  for (const order of ['damaged first', 'whole first'] as const) {
    const [author, courier] = [await realPhone(server), await realPhone(server)]
    author.ground.setOnline(false)
    await savedSecret(author, 520, 350_000)
    const bytes = await bytesOf(await author.device.exportUnsent())
    const damaged = Buffer.from(bytes)
    damaged[damaged.length - 5] = (damaged[damaged.length - 5] ?? 0) ^ 1
    const [first, second] = order === 'damaged first' ? [damaged, bytes] : [bytes, damaged]
    courier.ground.setOnline(false)
    const outcomes: string[] = []
    for (const copy of [first, first, second, second]) outcomes.push(await courier.device.carry(chosen(copy)))
    expect(outcomes).toEqual(['taken', 'known', 'taken', 'known'])
    courier.ground.setOnline(true)
    expect(await courier.device.flush()).toMatchObject({ problem: null })
    expect(await until(courier.device.carried, ([one]) => one?.state !== 'waiting')).toMatchObject([{ state: 'delivered', problem: null, answer: { refused: 0 } }])
    expect(await chunksOf(courier)).toBe(0)
    expect(await courier.device.carry(chosen(second))).toBe('delivered')
    for (const phone of [author, courier]) phone.device.close()
  }
})

it('[SY502] two damaged ones are refused, and a person drops all of it', async () => {
  const [author, courier] = [await realPhone(server), await realPhone(server)]
  author.ground.setOnline(false)
  await savedSecret(author, 530, 350_000)
  const bytes = await bytesOf(await author.device.exportUnsent())
  const [one, other] = [5, 9].map((place) => Buffer.from(bytes.map((byte, at) => (at === bytes.length - place ? byte ^ 1 : byte))))
  courier.ground.setOnline(false)
  for (const copy of [one, other]) expect(await courier.device.carry(chosen(copy ?? bytes))).toBe('taken')
  courier.ground.setOnline(true)
  await courier.device.flush()
  const [refused] = await until(courier.device.carried, ([first]) => first?.state === 'refused')
  expect(refused?.problem).toBe('bundle-broken')
  expect(await courier.device.carry(chosen(bytes))).toBe('taken')
  if (refused !== undefined) await courier.device.dropCarried(refused.id)
  expect(await chunksOf(courier)).toBe(0)
  for (const phone of [author, courier]) phone.device.close()
})

async function chunksOf({ ground }: RealPhone): Promise<number> {
  const db = new DeviceDatabase(ground.databaseName)
  const count = await db.carriedChunks.count()
  db.shut()
  return count
}
