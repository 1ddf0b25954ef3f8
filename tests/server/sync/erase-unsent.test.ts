import { afterEach, beforeEach, expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { savedChallenge, until } from '../../support/phone.ts'
import { realPhone } from '../../support/real-phone.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

it('[DS98] on a real server the chain goes on behind an entry that was erased before it was sent, and nobody waits for its places', async () => {
  const { device, ground } = await realPhone(server)
  ground.setOnline(false)
  const erased = await savedChallenge(device, { description: 'ErasedMarker never sent' })
  const head = (await until(device.watchEntry(erased), (one) => one !== null))?.state.head ?? null
  await device.erase(erased, head, '')
  const kept = await savedChallenge(device)
  ground.setOnline(true)
  expect(await device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
  const { store } = server.context
  expect((await store.changes.ofEntry(server.campaign.id, kept)).map(({ type, proven, quarantined }) => [type, proven, quarantined])).toEqual([['record', true, null]])
  expect((await store.changes.ofEntry(server.campaign.id, erased)).map(({ type, text }) => [type, text.includes('ErasedMarker')])).toEqual([['erase', false]])
  await device.flush()
  const devices = await store.members.devices(server.campaign.id)
  // The server's own device and the phone's: the erased place of it is not waited for.
  expect(devices.map(({ highDeviceSeq, missing }) => [highDeviceSeq > 0, missing])).toContainEqual([true, []])
  expect(devices.flatMap(({ missing }) => missing)).toEqual([])
  device.close()
})

it('[DS97] and of one that it has, no word is left there or on the phone', async () => {
  const { device } = await realPhone(server)
  const entry: EntryId = await savedChallenge(device, { description: 'ErasedMarker sent' })
  await device.flush()
  const head = (await until(device.watchEntry(entry), (one) => one?.travel === 'received' || one?.travel === 'safe'))?.state.head ?? null
  await device.erase(entry, head, 'asked')
  expect(await device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
  const stored = await server.context.store.changes.ofEntry(server.campaign.id, entry)
  expect(stored.map(({ type, erasedAt, quarantined }) => [type, erasedAt !== null, quarantined])).toEqual([['record', true, null], ['erase', false, null]])
  expect(JSON.stringify(stored)).not.toContain('ErasedMarker')
  device.close()
})
