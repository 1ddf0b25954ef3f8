import { expect, it } from 'vitest'
import { chainAnew } from '#device/store/chain-anew.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'
import { ownChangeTables } from '#device/store/own-change.ts'
import { applyItems } from '#device/store/pulled.ts'
import { refold } from '#device/store/refold.ts'
import type { ChangeId, DeviceId, EntryId, Instant } from '#domain/ids.ts'
import type { ChangeItem } from '#protocol/sync.ts'
import { joinedPhone, savedChallenge } from '../support/phone.ts'

const copyOfIt = '019cad8f-ac04-775b-a2f1-79aaaaaaaaaa' as DeviceId
const later = '019cad90-be0b-751d-bfa0-98b0a8e3b6e4' as ChangeId

// Seed 11000234: a copy of the phone had sent what both held, and wrote on; then this one took another name and chained all of it anew.
it('[DS117] what a copy has sent first counts as the server has it, under whatever name this phone sends it again', async () => {
  const { device, ground } = await joinedPhone()
  ground.setOnline(false)
  const entry: EntryId = await savedChallenge(device)
  await device.revise(entry, { set: { placeName: 'Kisumu' }, unset: [], answers: [] })
  const db = new DeviceDatabase(ground.databaseName)
  const own = await readMeta(db, 'membership')
  if (own === undefined) throw new Error('nobody has joined')
  const rows = await db.changes.orderBy('ownSeq').toArray()
  const at = '2026-03-01T08:00:00.000Z' as Instant
  const asSent = rows.flatMap(({ change }, index): readonly ChangeItem[] => (change === null ? [] : [{ seq: index + 1, deviceId: copyOfIt, memberId: own.membership.member.id, receivedAt: at, change: { ...change, deviceSeq: index + 4 } }]))
  const [record] = asSent
  if (record === undefined) throw new Error('nothing was saved')
  const written: ChangeItem = { ...record, seq: 3, change: { ...record.change, id: later, deviceSeq: 6, type: 'revise', base: record.change.id, body: { set: { placeName: 'Kajulu' }, unset: [], answers: [] } } }
  await db.write([...ownChangeTables(db), db.receipts, db.begun, db.files, db.fileChunks, db.digests, db.members], async () => {
    await applyItems(db, [...asSent, written], new Set())
    await chainAnew(db, { ...own, identity: { ...own.identity, deviceId: '019cad90-d1eb-7f48-8b1d-24ee097e8f1e' as DeviceId } })
    await refold(db, new Set([entry]))
  })
  const state = (await db.entries.get(entry))?.state
  // Whoever wrote the second place had written the first: it was one phone then.
  expect([state?.content['placeName'], state?.conflicts]).toEqual(['Kajulu', []])
  db.shut()
  device.close()
})
