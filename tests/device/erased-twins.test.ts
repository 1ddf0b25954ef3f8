import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { CookieJar } from '../support/cookie-jar.ts'
import { savedChallenge, until } from '../support/phone.ts'
import { copyDatabase, phoneOn, realPhone } from '../support/real-phone.ts'
import type { RealPhone } from '../support/real-phone.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'
import { verifyCampaign } from '#server/sync/verify.ts'

let server: TestServer
beforeAll(async () => void (server = await startTestServer()))
afterAll(() => server.close())

const eraseOn = async ({ device }: RealPhone, entry: EntryId) => {
  const head = (await until(device.watchEntry(entry), (one) => one !== null))?.state.head ?? null
  expect(await device.erase(entry, head, '')).toMatchObject({ ok: true })
}
const arrived = { pendingChanges: 0, problem: null, attention: null }

it.each([['the copy sends it first', true], ['the erasure comes first', false]])('[SE276] an entry that was copied with its phone before it was erased there is erased, when %s', async (_what, isCopyFirst) => {
  const phone = await realPhone(server)
  const sent = await savedChallenge(phone.device, { description: 'ErasedMarker sent' })
  await phone.device.flush()
  phone.ground.setOnline(false)
  await phone.device.comment(sent, 'ErasedMarker comment', 'en')
  const unsent = await savedChallenge(phone.device, { description: 'ErasedMarker unsent' })
  const twin = await phoneOn(server, await copyDatabase(phone.ground.databaseName), { isOnline: false, jar: { cookies: new CookieJar() } })
  await eraseOn(phone, sent)
  await eraseOn(phone, unsent)
  const mine = await savedChallenge(phone.device)
  await twin.device.comment(unsent, 'ErasedMarker twin', 'en')
  const theirs = await savedChallenge(twin.device)
  const order = isCopyFirst ? [twin, phone, twin, phone] : [phone, twin, phone, twin]
  for (const { device, ground } of order) {
    ground.setOnline(true)
    expect(await device.flush()).toMatchObject(arrived)
  }
  const log = (await server.context.store.changes.scan(server.campaign.id, 0, 5000)).filter(({ entryId }) => [sent, unsent, mine, theirs].some((id) => id === entryId))
  expect(JSON.stringify([log, await server.context.store.changes.alarms(server.campaign.id)])).not.toContain('ErasedMarker')
  expect(await server.context.store.changes.quarantined(server.campaign.id)).toEqual([])
  for (const id of [mine, theirs]) expect(log.filter(({ entryId }) => entryId === id).map(({ type }) => type)).toEqual(['record'])
  for (const { device } of [phone, twin]) expect((await until(device.entries, (all) => all.length === 2)).map(({ state }) => state.id).toSorted()).toEqual([mine, theirs].toSorted())
  expect(await verifyCampaign(server.context.store, server.campaign.id)).toMatchObject({ faults: [] })
  for (const { device } of [phone, twin]) device.close()
})
