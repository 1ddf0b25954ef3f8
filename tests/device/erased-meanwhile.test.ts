import { expect, it } from 'vitest'
import { keepBrought } from '#device/store/brought.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { applyResults } from '#device/store/receipts.ts'
import { handOver } from '#device/sync/push.ts'
import type { ChangeId, EntryId, Instant } from '#domain/ids.ts'
import { ok } from '#domain/result.ts'
import { aChallenge } from '../support/contents.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { onePixelPhoto, reopened, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { phonesOfTests } from '../support/phones-of-tests.ts'

const { closeLater, join } = phonesOfTests()

const marker = 'ErasedMarker: the teacher lives behind the mosque'
const headOf = async ({ device }: Phone, entry: EntryId): Promise<ChangeId> => (await until(device.watchEntry(entry), (one) => one !== null))?.state.head ?? ('' as ChangeId)

async function all({ ground }: Phone): Promise<string> {
  const raw = new DeviceDatabase(ground.databaseName)
  const rows = await Promise.all(raw.tables.map((table) => table.toArray()))
  raw.shut()
  return JSON.stringify(rows)
}

it('[DS115] a page that still stands open on an entry that was erased here keeps nothing of it any more', async () => {
  const phone = await join()
  const { device } = phone
  const entry = await savedChallenge(device, { description: marker })
  await device.erase(entry, await headOf(phone, entry), '')
  expect(await device.writeBegun(entry, { fields: { description: `${marker}, begun` }, comment: marker })).toMatchObject({ ok: false })
  expect(await all(phone)).not.toContain('ErasedMarker')
  const other = await savedChallenge(device)
  expect(await device.writeBegun(other, { comment: 'Two other villages' })).toMatchObject({ ok: true })
})

it('[DS115] nor on one that was erased elsewhere and has come', async () => {
  const phone = await join()
  const { device, server } = phone
  const entry = await savedChallenge(device, { description: marker })
  await device.flush()
  server.addChange({ entryId: entry, type: 'erase', body: { reason: 'asked for' } })
  await device.flush()
  await until(device.entries, (entries) => entries.length === 0)
  expect(await device.writeBegun(entry, { comment: marker })).toMatchObject({ ok: false })
  expect(await all(phone)).not.toContain('ErasedMarker')
})

it('[DS115] and no window makes a change of it: neither a comment, nor a verdict that was held', async () => {
  const phone = await join({ server: createFakeServer({ role: 'coordinator' }) })
  const { device, server } = phone
  const entry = await savedChallenge(device, { description: marker })
  await device.flush()
  const head = await headOf(phone, entry)
  const kept = await savedChallenge(device)
  const decision = (entryId: EntryId) => ({ entryId, ref: 'C-000001' as never, base: head, asOf: null, body: { revision: head, contentHash: 'a'.repeat(64) as never, verdict: 'reject' as const, reason: marker, questions: [] } })
  const held = await device.held.hold([decision(entry), decision(kept)], 60_000)
  if (!held.ok) throw new Error('not held')
  server.addChange({ entryId: entry, type: 'erase', body: { reason: 'asked for' } })
  await device.flush()
  await until(device.entries, (entries) => entries.length === 1)
  expect(await device.commentAs(entry, head, marker, 'en')).toMatchObject({ ok: false })
  expect(await device.held.send(held.value)).toMatchObject({ ok: true, value: [held.value[1]] })
  await device.flush()
  expect(server.stored().filter(({ change: { type } }) => type === 'decide' || type === 'comment').map(({ change: { type, entryId } }) => [type, entryId === kept])).toEqual([['decide', true]])
  expect(await until(device.held.list, (list) => list.length === 0)).toEqual([])
})

it('[DS115] nor is anything begun on it by a code that another browser made before it heard', async () => {
  const phone = await join()
  const { device, ground } = phone
  const [entry, other] = [await savedChallenge(device, { description: marker }), await savedChallenge(device)]
  await device.erase(entry, await headOf(phone, entry), '')
  const db = new DeviceDatabase(ground.databaseName)
  const begun = [entry, other].map((entryId) => ({ sv: 1 as const, entryId, fields: {}, comment: marker, focus: null, updatedAt: '2026-03-02T08:00:00.000Z' as Instant }))
  const kept = await keepBrought(db, { drafts: [], begun })
  expect(kept).toMatchObject({ ok: true, value: { begun: [{ row: { entryId: other } }] } })
  expect((await db.begun.toArray()).map(({ entryId }) => entryId)).toEqual([other])
  db.shut()
})

it('[DS118] what had to be handed over as bytes goes here too where the server answers that its entry is erased', async () => {
  const phone = await join()
  const { device, ground } = phone
  ground.setOnline(false)
  const entries = [await savedChallenge(device, { description: marker }), await savedChallenge(device)]
  const db = new DeviceDatabase(ground.databaseName)
  const rows = await db.changes.toArray()
  const epoch = 'an epoch'
  for (const [index, status] of (['erased', 'quarantined'] as const).entries()) {
    const row = rows.find(({ entryId }) => entryId === entries[index])
    if (row?.change === null || row?.ownSeq === undefined) throw new Error('nothing saved')
    const http = () => Promise.resolve(ok({ epoch, results: [{ id: row.id, seq: 7 + index, status }] })) as never
    expect(await handOver({ db, http }, { campaignId: 'c' as never, deviceId: row.deviceId, keyPair: null, epoch }, { ...row, change: row.change, ownSeq: row.ownSeq })).toMatchObject({ ok: true })
  }
  // Not by their number alone: the list may still be the one behind the first save.
  expect((await until(device.entries, (all) => all.length > 0 && all.every(({ state }) => state.id !== entries[0]))).map(({ state }) => state.id)).toEqual([entries[1]])
  expect(await all(phone)).not.toContain('ErasedMarker')
  expect((await db.receipts.toArray()).map(({ seq, status }) => [seq, status])).toEqual(expect.arrayContaining([[7, 'handedOver'], [8, 'handedOver']]))
  expect(rows).toHaveLength(2)
  db.shut()
})

it('[SY76] a file that another window erases while files go out is not sent', async () => {
  const sent: EntryId[] = []
  let onUpload = (_entry: EntryId): Promise<void> => Promise.resolve()
  const phone = await join({
    upload: async ({ entryId }) => {
      sent.push(entryId)
      await onUpload(entryId)
      return ok(null)
    },
  })
  phone.ground.setOnline(false)
  const entries = [await withPhoto(phone, 1), await withPhoto(phone, 2)].toSorted()
  const window = closeLater(await reopened(phone, { isOnline: false }))
  const [first, second] = [entries[0] ?? ('' as EntryId), entries[1] ?? ('' as EntryId)]
  const head = await headOf(window, second)
  onUpload = async () => {
    if (sent.length === 1) await window.device.erase(second, head, '')
  }
  phone.ground.setOnline(true)
  await phone.device.flush()
  expect(sent).toEqual([first, first])
})

async function withPhoto({ device }: Phone, byte: number): Promise<EntryId> {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...aChallenge(), consentPhoto: true } })
  await device.addPhoto(draft.id, onePixelPhoto(byte))
  const saved = await device.saveDraft(draft.id)
  if (!saved.ok) throw new Error(JSON.stringify(saved.problem))
  return saved.value
}

// Seed 427180463: of two copies of a phone one had sent a change at the other's place, and its entry was erased before the new name came.
it('[DS116] an alarm about a change goes with its words, and none is raised about what is erased', async () => {
  const phone = await join()
  const { device, server, ground } = phone
  const [entry, other] = [await savedChallenge(device, { description: marker }), await savedChallenge(device)]
  const raw = new DeviceDatabase(ground.databaseName)
  const alarmsOn = async (id: EntryId) => (await raw.changes.where('entryId').equals(id).toArray()).flatMap(({ alarm }) => alarm ?? [])
  const rows = await raw.changes.toArray()
  for (const { id } of rows) await raw.changes.update(id, { alarm: 'mismatch' })
  await device.erase(entry, await headOf(phone, entry), '')
  server.addChange({ entryId: other, type: 'erase', body: { reason: 'asked for' } })
  expect([await alarmsOn(entry), await alarmsOn(other)]).toEqual([[], ['mismatch']])
  const erased = rows.find(({ entryId }) => entryId === entry)?.id
  await raw.write([raw.changes, raw.receipts, raw.meta, raw.files, raw.fileChunks, raw.begun], () => applyResults(raw, {
    response: { results: [{ id: erased ?? null, status: 'mismatch' }], epoch: 'epoch', serverTime: '2026-03-01T08:00:00.000Z' as Instant }, sent: new Set(erased === undefined ? [] : [erased]), touched: new Set(),
  }))
  expect(await alarmsOn(entry)).toEqual([])
  raw.shut()
})
