import { afterEach, expect, it, vi } from 'vitest'
import { createEntryId } from '#domain/new-ids.ts'
import { ok } from '#domain/result.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { newChange } from '#device/store/making.ts'
import { appendOwn, ownChangeTables } from '#device/store/own-change.ts'
import { applyItems } from '#device/store/pulled.ts'
import { maxPullItems, maxRunChanges } from '#protocol/sync.ts'
import { aChallenge } from '../support/contents.ts'
import { joinedPhone, reopened, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'

const [entries, photos] = [1_000, 300]
afterEach(() => vi.restoreAllMocks())

it('[DS143] what an answer says of a thousand entries is taken over at once: nothing is asked of each by itself', { timeout: 300_000 }, async () => {
  const phone = await joinedPhone()
  phone.device.close()
  await fill(phone, 0)
  const asked = countRequests()
  const again = await reopened(phone)
  await again.device.flush()
  await until(again.device.entries, (all) => all.length === entries && all.every(({ travel }) => travel === 'received'))
  // Behind each other they would be waited for: a cursor, or a question for a row that was asked for alone.
  expect(asked.cursors()).toBeLessThan(40)
  expect(asked.alone()).toBeLessThan(400)
  again.device.close()
})

it('[DS143] a page that takes the words of two hundred entries away reads each a few times, and not all of them each time', async () => {
  const phone = await joinedPhone()
  phone.device.close()
  await fill(phone, 0)
  const db = new DeviceDatabase(phone.ground.databaseName)
  const rows = await db.changes.limit(200).toArray()
  const asked = countRequests()
  await db.write([db.changes, db.digests, db.files, db.fileChunks, db.begun, db.members, db.meta], () => applyItems(db, rows.map(({ id, entryId }, at) => ({ seq: at + 1, erased: { id, entryId, changeHash: 'a'.repeat(64) as never, erasedAt: '2026-03-01T10:00:00Z' as never } })), new Set()))
  expect(asked.all()).toBeLessThan(200 * 20)
  expect((await db.changes.bulkGet(rows.map(({ id }) => id))).every((row) => row?.change === null)).toBe(true)
  expect(await db.changes.filter(({ change }) => change === null).count()).toBe(200)
  db.close()
})

it('[DS28] a thousand entries and 300 photos go in the fewest requests, one file at a time, each once', { timeout: 300_000 }, async () => {
  const phone = await joinedPhone()
  phone.device.close()
  await fill(phone)
  const before = phone.server.syncs().length
  const sent: string[] = []
  let [inFlight, most] = [0, 0]
  const again = await reopened(phone, {
    upload: async ({ sha256, bytes }) => {
      inFlight += 1
      most = Math.max(most, inFlight)
      await Promise.resolve()
      inFlight -= 1
      sent.push(`${sha256} ${bytes.byteLength}`)
      return ok(null)
    },
  })
  expect(await again.device.flush()).toMatchObject({ pendingChanges: 0, pendingFiles: 0, problem: null })
  const syncs = phone.server.syncs().slice(before)
  const runs = syncs.flatMap(({ run }) => (run === undefined ? [] : [run.changes.length]))
  expect(runs).toEqual([maxRunChanges, maxRunChanges])
  // What was pushed is pulled back with its place, a page to each run; two more looks: nothing left, and the files' receipts.
  expect(syncs.length).toBeLessThanOrEqual(entries / maxRunChanges + Math.ceil(entries / maxPullItems) + 2)
  expect(new Set(phone.server.stored().map(({ change }) => change.id)).size).toBe(entries)
  expect(phone.server.stored()).toHaveLength(entries)
  expect(sent).toHaveLength(2 * photos)
  expect(new Set(sent).size).toBe(2 * photos)
  expect(sent.slice(0, photos).every((file) => file.endsWith(' 3'))).toBe(true)
  expect(most).toBe(1)
  await until(again.device.entries, (all) => all.length === entries && all.every(({ travel }) => travel === 'received'))
  again.device.close()
})

/** In one transaction, because a thousand saves would take a test's minute. */
async function fill({ ground }: Phone, withPhotos = photos): Promise<void> {
  const db = new DeviceDatabase(ground.databaseName)
  const ids = Array.from({ length: entries }, () => createEntryId(ground.clock, ground.chance))
  const changes = ids.map((entryId, at) => newChange(ground, { entryId, type: 'record', base: null, body: { content: aChallenge({ description: `Place ${at} has no water since Monday.` }) } }))
  await db.write([...ownChangeTables(db), db.files, db.fileChunks], async () => {
    await appendOwn(db, changes)
    for (const role of ['original', 'thumb'] as const) {
      const bytes = role === 'thumb' ? 3 : 900
      const names = ids.slice(0, withPhotos).map((entryId, at) => ({ entryId, sha256: `${role === 'thumb' ? 'a' : 'b'}${String(at).padStart(63, '0')}` as never }))
      await db.files.bulkPut(names.map((name) => ({ sv: 1, ...name, role, type: 'image/webp', bytes, chunks: 1, saved: true, sentEpoch: null, stored: false })))
      await db.fileChunks.bulkPut(names.map((name) => ({ sv: 1, ...name, n: 0, data: new ArrayBuffer(bytes) })))
    }
  })
  db.shut()
}

/** Requests to IndexedDB that went while no other of their transaction was on its way. */
function countRequests(): { readonly cursors: () => number; readonly alone: () => number; readonly all: () => number } {
  let [cursors, alone, all] = [0, 0, 0]
  const open = new Map<unknown, number>()
  for (const { prototype } of [IDBObjectStore, IDBIndex]) {
    for (const name of ['get', 'getAll', 'getAllKeys', 'put', 'openCursor'] as const) {
      const ask = Reflect.get(prototype, name) as ((...given: readonly unknown[]) => IDBRequest) | undefined
      if (ask === undefined) continue
      vi.spyOn(prototype as IDBObjectStore, name as 'get').mockImplementation(function counted(this: IDBObjectStore, ...given: readonly unknown[]) {
        const request = ask.apply(this, [...given])
        const { transaction } = request
        all += 1
        if (name === 'openCursor') cursors += 1
        if ((open.get(transaction) ?? 0) === 0) alone += 1
        open.set(transaction, (open.get(transaction) ?? 0) + 1)
        for (const end of ['success', 'error']) request.addEventListener(end, () => open.set(transaction, (open.get(transaction) ?? 1) - 1), { once: true })
        return request
      })
    }
  }
  return { cursors: () => cursors, alone: () => alone, all: () => all }
}
