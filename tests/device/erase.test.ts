import { expect, it } from 'vitest'
import { DeviceDatabase } from '#device/store/database.ts'
import type { ChangeId, EntryId } from '#domain/ids.ts'
import { aChallenge } from '../support/contents.ts'
import { onePixelPhoto, reopened, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { phonesOfTests } from '../support/phones-of-tests.ts'

const { closeLater, join } = phonesOfTests()

const marker = 'ErasedMarker: the teacher lives behind the mosque'

/** An entry with a photo, a change and a comment that were begun, and nothing sent unless somebody flushes. */
async function spread({ device }: Phone) {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...aChallenge(), description: marker, consentPhoto: true } })
  const photo = await device.addPhoto(draft.id, onePixelPhoto())
  const saved = await device.saveDraft(draft.id)
  if (!photo.ok || !saved.ok) throw new Error('not saved')
  await device.comment(saved.value, `${marker}, commented`, 'en')
  return { entry: saved.value, sha256: photo.value }
}
const begin = ({ device }: Phone, entry: EntryId) => device.writeBegun(entry, { fields: { description: `${marker}, begun` }, comment: `${marker}, begun` })
const headOf = async ({ device }: Phone, entry: EntryId): Promise<ChangeId> => (await until(device.watchEntry(entry), (one) => one !== null))?.state.head ?? ('' as ChangeId)

/** Every row of every table of the phone, as text. */
async function all({ ground }: Phone): Promise<string> {
  const raw = new DeviceDatabase(ground.databaseName)
  const rows = await Promise.all(raw.tables.map((table) => table.toArray()))
  raw.shut()
  return JSON.stringify(rows)
}

it('[DS97] an entry that is erased without a connection leaves no word and no file at once, and the erasure goes out with the next one', async () => {
  const phone = await join()
  const { device, server, ground } = phone
  const { entry, sha256 } = await spread(phone)
  await device.flush()
  ground.setOnline(false)
  await device.comment(entry, `${marker}, and again`, 'en')
  await begin(phone, entry)
  expect(await all(phone)).toContain('ErasedMarker')
  expect(await device.erase(entry, await headOf(phone, entry), 'they asked for it')).toMatchObject({ ok: true })
  expect(await until(device.entries, (entries) => entries.length === 0)).toEqual([])
  expect(await until(device.begun, (begun) => begun.length === 0)).toEqual([])
  expect(await device.readFile(sha256)).toBeNull()
  expect(await all(phone)).not.toContain('ErasedMarker')
  expect(server.stored().some(({ change }) => change.type === 'erase')).toBe(false)
  // It is here no more, so it is not counted as what is only here; its erasure is.
  expect(await until(device.sync, (sync) => sync?.pendingErasures === 1)).toMatchObject({ pendingEntries: 0, pendingChanges: 1, pendingFiles: 0 })
  ground.setOnline(true)
  expect(await device.flush()).toMatchObject({ pendingChanges: 0, pendingFiles: 0 })
  expect(server.stored().at(-1)?.change).toMatchObject({ type: 'erase', entryId: entry, body: { reason: 'they asked for it' } })
})

it('[DS97] it outlives a killed browser, and the chain goes on behind the places that are empty now', async () => {
  const phone = await join()
  phone.ground.setOnline(false)
  const { entry } = await spread(phone)
  await phone.device.erase(entry, await headOf(phone, entry), '')
  const kept = await savedChallenge(phone.device)
  phone.device.close()
  const again = closeLater(await reopened(phone))
  const before = again.server.syncs().length
  expect(await again.device.flush()).toMatchObject({ pendingChanges: 0 })
  expect(again.server.stored().map(({ change, quarantined }) => [change.type, change.deviceSeq, quarantined])).toEqual([['erase', 3, undefined], ['record', 4, undefined]])
  // In the very chain that was begun: a phone that had lost its place would have taken another name.
  expect(new Set(again.server.syncs().slice(before - 1).map(({ deviceId }) => deviceId)).size).toBe(1)
  expect((await until(again.device.entries, ([first]) => first?.state.id === kept)).length).toBe(1)
})

it('[DS98] of an entry that was never sent no word goes out, and the server is told which places stay empty', async () => {
  const phone = await join()
  const { device, server, ground } = phone
  ground.setOnline(false)
  const { entry } = await spread(phone)
  await device.erase(entry, await headOf(phone, entry), '')
  ground.setOnline(true)
  await device.flush()
  expect(server.syncs().at(-1)?.manifest).toMatchObject({ erasedPlaces: [1, 2], pendingChanges: 0, pendingFiles: 0 })
  expect(JSON.stringify(server.syncs())).not.toContain('ErasedMarker')
})

it('[DS98] a request whose answer was lost may have brought it there, so the erasure follows it', async () => {
  const phone = await join()
  const { device, server } = phone
  server.fault({ after: (path, answer) => (path === '/sync' ? 'no-answer' : answer) })
  const entry = await savedChallenge(device, { description: marker })
  await device.flush()
  expect(server.stored().map(({ change }) => change.type)).toEqual(['record'])
  await device.erase(entry, await headOf(phone, entry), '')
  server.fault({})
  await device.flush()
  expect(server.stored().map(({ change }) => change.type)).toEqual(['record', 'erase'])
  expect(await until(device.entries, (entries) => entries.length === 0)).toEqual([])
})

it('[DS97] a decision on it that was held goes too, and others stay held', async () => {
  const phone = await join()
  const { device } = phone
  const [erased, other] = [await savedChallenge(device), await savedChallenge(device)]
  const decision = (entryId: EntryId, head: ChangeId) => ({ entryId, ref: 'C-000001' as never, base: head, asOf: null, body: { revision: head, contentHash: 'a'.repeat(64) as never, verdict: 'reject' as const, reason: marker, questions: [] } })
  await device.held.hold([decision(erased, await headOf(phone, erased)), decision(other, await headOf(phone, other))], 60_000)
  await device.erase(erased, await headOf(phone, erased), 'asked')
  expect((await until(device.held.list, (held) => held.length === 1)).map(({ entryId }) => entryId)).toEqual([other])
})

it('[SY70] an erasure that comes takes along what was begun on its entry, and leaves what was begun on others', async () => {
  const phone = await join()
  const { device, server } = phone
  const [entry, other] = [await savedChallenge(device), await savedChallenge(device)]
  await device.flush()
  await begin(phone, entry)
  await device.writeBegun(other, { comment: 'Two other villages' })
  const id = server.stored()[0]?.change.id ?? ('' as never)
  server.addItem((seq) => ({ seq, erased: { id, entryId: entry, changeHash: 'a'.repeat(64) as never, erasedAt: '2026-03-01T10:00:00Z' as never } }))
  await device.flush()
  expect((await until(device.begun, (begun) => begun.length === 1)).map(({ entryId }) => entryId)).toEqual([other])
  expect(await all(phone)).not.toContain('ErasedMarker')
})

it('[SY70] so does the change by which somebody erased it', async () => {
  const phone = await join()
  const { device, server } = phone
  const entry = await savedChallenge(device)
  await device.flush()
  await begin(phone, entry)
  server.addChange({ entryId: entry, type: 'erase', body: { reason: 'asked for' } })
  await device.flush()
  expect(await until(device.begun, (begun) => begun.length === 0)).toEqual([])
})
