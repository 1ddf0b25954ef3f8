import { afterEach, beforeEach, expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { createCampaign } from '#server/first-campaign.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { BackupServer } from '../../support/backup-server.ts'
import { CookieJar } from '../../support/cookie-jar.ts'
import { savedChallenge, until } from '../../support/phone.ts'
import { phoneOn, realPhone } from '../../support/real-phone.ts'
import type { RealPhone } from '../../support/real-phone.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'
import type { TestServer } from '../../support/test-server.ts'

let server: BackupServer
let campaign: StoredCampaign
/** The server as phones reach it: after a loss it is another one under the same address. */
let address: TestServer
beforeEach(async () => {
  server = await BackupServer.start({ clock: steppedClock(), chance: seededChance('erased offline') })
  campaign = await createCampaign(server.context, { name: 'Solidarity Network', countries: ['HTI'], languages: ['en'] })
  address = { get app() { return server.app }, get context() { return server.context }, campaign } as TestServer
})
afterEach(() => server.close())

const eraseOn = async ({ device }: RealPhone, entry: EntryId) => {
  const head = (await until(device.watchEntry(entry), (one) => one !== null))?.state.head ?? null
  expect(await device.erase(entry, head, '')).toMatchObject({ ok: true })
}
const restored = async () => {
  await server.lose()
  expect(await server.restore(server.root, { acceptLoss: true })).toMatchObject({ kind: 'restored', faults: [] })
}

it.each([['after the erasure had arrived', true], ['before the erasure had arrived', false]])('[SE276] erased offline, then a killed browser; and the server restored %s: of nothing a word is left, nothing waits, and all else is there', async (_when, isSynced) => {
  const phone = await realPhone(address)
  const jar = { cookies: new CookieJar() }
  const backedUp = await savedChallenge(phone.device, { description: 'ErasedMarker backed up' })
  await phone.device.flush()
  await server.backUp()
  const after = await savedChallenge(phone.device, { description: 'ErasedMarker after the backup' })
  const kept = await savedChallenge(phone.device)
  await phone.device.flush()
  phone.ground.setOnline(false)
  const neverSent = await savedChallenge(phone.device, { description: 'ErasedMarker never sent' })
  for (const entry of [backedUp, after, neverSent]) await eraseOn(phone, entry)
  await phone.device.comment(kept, 'Two other villages', 'en')
  phone.device.close()
  const again = await phoneOn(address, phone.ground.databaseName, { jar, isOnline: isSynced })
  const arrived = { pendingChanges: 0, problem: null }
  expect(isSynced ? await again.device.flush() : arrived).toMatchObject(arrived)
  again.ground.setOnline(false)
  await restored()
  again.ground.setOnline(true)
  expect(await again.device.flush()).toMatchObject({ pendingChanges: 0, problem: null, attention: null })
  const { store } = server.context
  const log = await store.changes.scan(campaign.id, 0, 500)
  expect(JSON.stringify(log)).not.toContain('ErasedMarker')
  expect(await store.changes.quarantined(campaign.id)).toEqual([])
  expect(log.filter(({ entryId }) => entryId === kept).map(({ type }) => type)).toEqual(['record', 'comment'])
  expect(await store.entries.ids(campaign.id, {})).toEqual([kept])
  expect(await verifyCampaign(store, campaign.id)).toMatchObject({ faults: [] })
  await again.device.flush()
  expect((await store.members.devices(campaign.id)).flatMap(({ missing }) => missing)).toEqual([])
  again.device.close()
})
